import { lostLabels, numbersBelowLabels, shiftedColumns } from './break-tables.mjs';
import * as prose from './prose.mjs';
import { figuresOf, tablesOf } from './report.mjs';
import { meta, sample } from './sample.mjs';
import { breakLabel, cellLines, pipeTable, tabRows } from './write-text.mjs';

/** The five ways in which converters break such reports. */
export function makeTextSamples() {
  return [textLostLabels(), textNumbersBelow(), textWrappedLabels(), textCutMarkdown(), textShiftedColumns()];
}

function textLostLabels() {
  const figures = figuresOf({
    form: '2019',
    numbers: { 'disclosure.penalties.decisions': 316 },
    blank: ['disclosure.licensing.previous', 'disclosure.other_services', 'disclosure.fees', 'disclosure.procurement'],
  });
  const tables = tablesOf('2019', figures, (value) => (value === null ? '　' : `　${value}`));
  const text = plainText(
    prose.sixSections({
      ...prose.WATER,
      tables: {
        disclosure: { raw: cellLines(tables.disclosure) },
        applications: { raw: lostLabels(tables.applications) },
        review: { raw: cellLines(tables.review) },
      },
    }),
  );
  const outcomes = ['granted', 'partially', 'refused', 'unavailable', 'not_processed', 'other.', 'total.'];
  return sample('text/lost-labels.txt', Buffer.from(text), {
    form: '2019',
    figures,
    free: outcomes.map((row) => `applications.${row}`),
    meta: {
      ...meta('青溪县水利局', 2020, prose.WATER.title),
      postcode: '330999',
      phone: '0799-2210456',
      fax: '0799-2210457',
      email: 'qxslj@qingxi-example.gov.cn',
      website: 'www.qingxi-example.gov.cn',
    },
    shows: 'a cell a line behind tabs; the outcome rows of table three have lost their labels, some of them their cells',
  });
}


function textNumbersBelow() {
  const figures = figuresOf({
    form: '2019',
    numbers: {
      'disclosure.licensing.previous_items': 9,
      'disclosure.licensing.decisions': 1590,
      'disclosure.penalties.previous_items': 238,
      'disclosure.penalties.decisions': 6,
    },
  });
  const tables = tablesOf('2019', figures);
  const text = plainText(
    prose.sixSections({
      ...prose.COMMERCE,
      tables: {
        disclosure: { raw: tabRows(tables.disclosure) },
        applications: { raw: numbersBelowLabels(tables.applications) },
        review: { raw: tabRows(tables.review) },
      },
    }),
  );
  return sample('text/numbers-below-labels.txt', Buffer.from(text), {
    form: '2019',
    figures,
    meta: meta('河东新区商务局', 2020, prose.COMMERCE.title),
    shows: 'tab-separated rows; in the first half of table three the numbers stand on the line below their label',
  });
}


function textWrappedLabels() {
  const figures = figuresOf({
    form: '2021',
    numbers: { 'disclosure.penalties.decisions': 173 },
    applications: { new: [2, 0, 0, 0, 0, 0], granted: [2, 0, 0, 0, 0, 0] },
  });
  const tables = tablesOf('2021', figures);
  const raw = (grid) => ({ raw: cellLines(grid, breakLabel) });
  const text = plainText(
    prose.sixSections({
      ...prose.HEALTH,
      tables: { disclosure: raw(tables.disclosure), applications: raw(tables.applications), review: raw(tables.review) },
    }),
  );
  return sample('text/wrapped-labels.txt', Buffer.from(text), {
    form: '2021',
    figures,
    meta: {
      ...meta('南坪区卫生健康局', 2022, prose.HEALTH.title),
      published_on: '2023-01-18',
      postcode: '641200',
      phone: '0832-5519027',
      email: 'npwjj@nanping-example.gov.cn',
      address: '云州市南坪区望江路18号',
    },
    shows: 'a cell a line behind tabs, labels torn by spaces where lines ended, a bookmark of the word processor in the text',
  });
}


function textCutMarkdown() {
  const figures = figuresOf({
    form: '2014',
    numbers: {
      'statistics.disclosed.total': 187,
      'statistics.channel.website': 187,
      'statistics.response.total': 84,
      'statistics.response.website_interviews': 3,
      'statistics.requests.received': 6,
      'statistics.requests.online': 6,
      'statistics.requests.concluded': 6,
      'statistics.requests.concluded_on_time': 6,
      'statistics.replies.total': 6,
      'statistics.replies.granted': 6,
      'statistics.organisation.offices': 1,
      'statistics.organisation.staff': 1,
      'statistics.organisation.staff_part_time': 1,
      'statistics.meetings.held': 2,
    },
  });
  const grid = tablesOf('2014', figures, (value) => value ?? '').statistics;
  const { title, text: body } = prose.STATISTICS_REPORT;
  const text = [title, ...body, '附件', '政府信息公开情况统计表', '（2017年度）', '填报单位（盖章）：平川县卫生和计划生育局', pipeTable(grid, [20, 48]), '联系电话：0953-8087001', '填报日期：2018.1.9'].join('\n\n');
  return sample('text/cut-markdown.txt', Buffer.from(`${text}\n`), {
    form: '2014',
    figures,
    meta: {
      ...meta('平川县卫生和计划生育局', 2017, title, false),
      published_on: '2018-01-09',
      phone: '0953-8087001',
    },
    shows: 'the statistical table of 2014 as Markdown, cut twice by pages with an invented empty head on each piece',
  });
}


function textShiftedColumns() {
  const one = [0, 1, 0, 0, 0, 0];
  const figures = figuresOf({
    form: '2019',
    numbers: {
      'disclosure.licensing.previous_items': 19,
      'disclosure.licensing.change': 41,
      'disclosure.licensing.decisions': 60,
      'disclosure.penalties.previous_items': 235,
      'disclosure.penalties.change': 73,
      'disclosure.penalties.decisions': 73,
    },
    applications: { new: one, carried_over: one, granted: one },
    blank: [
      ...['partially', 'refused', 'unavailable', 'not_processed', 'other.', 'total.'].map((row) => `applications.${row}`),
      'review.',
    ],
  });
  const tables = tablesOf('2019', figures);
  const text = plainText(
    prose.sixSections({
      ...prose.CULTURE,
      tables: {
        disclosure: { raw: tabRows(tables.disclosure) },
        applications: { raw: shiftedColumns(tables.applications) },
        review: { raw: tabRows(tables.review) },
      },
    }),
  );
  return sample('text/shifted-columns.txt', Buffer.from(text), {
    form: '2019',
    figures,
    expectFailed: ['balance'],
    meta: { ...meta('白石州文化和旅游局', 2020, prose.CULTURE.title), published_on: '2021-01-25' },
    shows: 'columns shifted by lost and invented tabs, a row with twelve zeros for seven columns, blanks, and two numbers that contradict the rest',
  });
}


function plainText(blocks) {
  return `${blocks.map((block) => block.raw ?? block.heading ?? block.paragraph).join('\n\n')}\n`;
}
