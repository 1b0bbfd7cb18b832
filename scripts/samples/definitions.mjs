import { writeDocx } from './write-docx.mjs';
import { htmlTable, wordPaste } from './write-html.mjs';
import { writePdf } from './write-pdf.mjs';
import { lostLabels, numbersBelowLabels, shiftedColumns } from './break-tables.mjs';
import * as prose from './prose.mjs';
import { figuresOf, tablesOf, truthOf } from './report.mjs';
import { breakLabel, cellLines, pipeTable, tabRows } from './write-text.mjs';

const APPLICATION_WIDTHS = [3, 5, 13, 6, 6, 6, 6, 6, 6, 6];
const DISCLOSURE_WIDTHS = [6, 5, 5, 5];
const REVIEW_WIDTHS = Array.from({ length: 15 }, () => 1);
const STATISTICS_WIDTHS = [24, 4, 6];

/** Every sample: { file, bytes, truth }. The truth comes from the figures that the sample was made of, never from a run. */
export function makeSamples() {
  return [
    textLostLabels(),
    textNumbersBelow(),
    textWrappedLabels(),
    textCutMarkdown(),
    textShiftedColumns(),
    pdfPageBreak(),
    pdfWithoutRules(),
    docxAutoNumbered(),
    docxTrackedChanges(),
    htmlSitePage(),
    htmlWordPaste(),
    htmlWrongArithmetic(),
    htmlBehindWordName(),
    htmlNotAReport(),
  ];
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

function pdfPageBreak() {
  const { blocks, truth } = transport();
  const bytes = writePdf(blocks, { pageLabel: (page) => `— ${page} —` });
  return sample('pdf/table-over-page-break.pdf', bytes, {
    ...truth,
    shows: 'ruled tables drawn with lines; table three goes over a page break inside its merged cells, a page number between the parts',
  });
}

function transport() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.issued': 4,
      'disclosure.normative_documents.repealed': 1,
      'disclosure.normative_documents.in_force': 37,
      'disclosure.licensing.decisions': 12846,
      'disclosure.penalties.decisions': 2075,
      'disclosure.coercion.decisions': 18,
      'disclosure.fees.amount': 43.788,
      'review.upheld': 2,
      'review.total': 2,
      'litigation_direct.upheld': 1,
      'litigation_direct.pending': 1,
      'litigation_direct.total': 2,
    },
    applications: {
      new: [39, 2, 0, 1, 1, 0],
      carried_over: [3, 0, 0, 0, 0, 0],
      granted: [14, 1, 0, 0, 1, 0],
      partially_granted: [5, 0, 0, 0, 0, 0],
      'refused.internal_affairs': [2, 0, 0, 0, 0, 0],
      'refused.process_information': [1, 1, 0, 0, 0, 0],
      'unavailable.not_held': [13, 0, 0, 1, 0, 0],
      'not_processed.petition': [3, 0, 0, 0, 0, 0],
      'other.not_corrected': [1, 0, 0, 0, 0, 0],
      'other.other': [1, 0, 0, 0, 0, 0],
      carried_forward: [2, 0, 0, 0, 0, 0],
    },
  });
  const tables = tablesOf('2021', figures);
  const blocks = prose.sixSections({
    ...prose.TRANSPORT,
    tables: {
      disclosure: { table: tables.disclosure, widths: DISCLOSURE_WIDTHS },
      applications: { table: tables.applications, widths: APPLICATION_WIDTHS },
      review: { table: tables.review, widths: REVIEW_WIDTHS },
    },
  });
  const truth = {
    form: '2021',
    figures,
    meta: {
      ...meta('云州市交通运输局', 2023, prose.TRANSPORT.title),
      published_on: '2024-01-22',
      postcode: '641000',
      phone: '0832-2280113',
      address: '云州市滨河大道66号',
    },
  };
  return { blocks, truth };
}

function pdfWithoutRules() {
  const figures = figuresOf({
    form: '2014',
    numbers: {
      'statistics.disclosed.total': 15320,
      'statistics.disclosed.normative_documents': 26,
      'statistics.normative_documents_issued': 26,
      'statistics.channel.gazette': 120,
      'statistics.channel.website': 14866,
      'statistics.channel.wechat': 1034,
      'statistics.response.total': 3,
      'statistics.response.press_conferences': 2,
      'statistics.response.press_conferences_by_head': 1,
      'statistics.response.policy_interpretations': 41,
      'statistics.requests.received': 58,
      'statistics.requests.in_person': 9,
      'statistics.requests.online': 37,
      'statistics.requests.letter': 12,
      'statistics.requests.concluded': 58,
      'statistics.requests.concluded_on_time': 55,
      'statistics.requests.concluded_extended': 3,
      'statistics.replies.total': 58,
      'statistics.replies.already_public': 11,
      'statistics.replies.granted': 30,
      'statistics.replies.partially_granted': 4,
      'statistics.replies.refused': 3,
      'statistics.replies.refused.privacy': 2,
      'statistics.replies.refused.other_law': 1,
      'statistics.replies.not_this_agency': 6,
      'statistics.replies.does_not_exist': 4,
      'statistics.review.total': 1,
      'statistics.review.upheld': 1,
      'statistics.fees.amount': 0.035,
      'statistics.organisation.offices': 24,
      'statistics.organisation.reading_points': 31,
      'statistics.organisation.staff': 96,
      'statistics.organisation.staff_full_time': 12,
      'statistics.organisation.staff_part_time': 84,
      'statistics.organisation.budget': 18.5,
      'statistics.meetings.held': 5,
      'statistics.training.courses': 4,
      'statistics.training.trainees': 310,
    },
  });
  const table = tablesOf('2014', figures, (value) => value ?? '').statistics;
  const { title, text } = prose.CITY;
  const blocks = [
    { heading: title, centred: true },
    ...prose.paragraphs(text),
    { heading: '政府信息公开情况统计表', centred: true },
    { table, widths: STATISTICS_WIDTHS, rules: 'none' },
  ];
  const bytes = writePdf(blocks, { pageLabel: (page, all) => `第 ${page} 页 共 ${all} 页` });
  return sample('pdf/without-rules.pdf', bytes, {
    form: '2014',
    figures,
    meta: meta('安宁市人民政府办公室', 2016, title),
    shows: 'the statistical table of 2014 without a single line: columns by alignment only, over several pages',
  });
}

function docxAutoNumbered() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.issued': 2,
      'disclosure.normative_documents.in_force': 11,
      'disclosure.licensing.decisions': 205,
      'disclosure.penalties.decisions': 3,
      'disclosure.fees.amount': 282.1,
    },
    applications: {
      new: [11, 1, 0, 0, 0, 0],
      carried_over: [1, 0, 0, 0, 0, 0],
      granted: [7, 0, 0, 0, 0, 0],
      'refused.third_party_rights': [1, 0, 0, 0, 0, 0],
      'unavailable.requires_creation': [2, 1, 0, 0, 0, 0],
      'not_processed.duplicate': [1, 0, 0, 0, 0, 0],
      'other.fee_unpaid': [1, 0, 0, 0, 0, 0],
    },
  });
  const bytes = writeDocx(withTables(prose.EDUCATION, tablesOf('2021', figures)), {
    autoNumber: true,
    header: '临河县教育体育局文件',
    footer: '值班电话：0476-6120000',
  });
  return sample('docx/auto-numbered.docx', bytes, {
    form: '2021',
    figures,
    meta: {
      ...meta('临河县教育体育局', 2021, prose.EDUCATION.title),
      published_on: '2022-01-14',
      phone: '0476-6123308',
    },
    shows: 'cells merged both ways, labels whose numbers are list numbering, a header and a footer with a telephone number of its own',
  });
}

function docxTrackedChanges() {
  const figures = figuresOf({
    form: '2019',
    numbers: {
      'disclosure.normative_documents.created': 3,
      'disclosure.normative_documents.newly_disclosed': 3,
      'disclosure.normative_documents.total_disclosed': 21,
      'disclosure.licensing.previous_items': 14,
      'disclosure.licensing.decisions': 968,
      'disclosure.procurement.items': 7,
      'disclosure.procurement.amount': 412.36,
      'review.other': 1,
      'review.total': 1,
    },
    applications: {
      new: [24, 3, 0, 0, 0, 0],
      granted: [17, 2, 0, 0, 0, 0],
      'refused.enforcement_file': [1, 1, 0, 0, 0, 0],
      'unavailable.not_held': [4, 0, 0, 0, 0, 0],
      carried_forward: [2, 0, 0, 0, 0, 0],
    },
  });
  const bytes = writeDocx(withTables(prose.LAND, tablesOf('2019', figures)), { tracked: { 968: '999' } });
  return sample('docx/tracked-changes.docx', bytes, {
    form: '2019',
    figures,
    meta: meta('松山县自然资源局', 2019, prose.LAND.title),
    shows: 'a number that a tracked change replaced: what was deleted is not what the report says',
  });
}

function htmlSitePage() {
  const { truth } = transport();
  const tables = tablesOf('2021', truth.figures, (value) => (value === 0 ? '0' : (value ?? '')));
  const article = prose
    .sixSections({ ...prose.TRANSPORT, tables: mapTables(tables, (grid) => htmlTable(grid)) })
    .map((block) => (typeof block === 'string' ? block : `<p>${block.heading ?? `　　${block.paragraph}`}</p>`));
  const page = `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>${prose.TRANSPORT.title}_云州市人民政府</title>
<meta name="ArticleTitle" content="${prose.TRANSPORT.title}"><meta name="PubDate" content="2024-01-23 09:15"><meta name="ContentSource" content="云州市交通运输局">
<script>var total = 43; document.write('<table><tr><td>本年新收</td><td>99</td></tr></table>');</script></head>
<body>
<div class="header"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/bszn">办事服务</a> <form><input value="请输入关键字"></form></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报 &gt; 正文</div>
<table class="layout" width="100%"><tr><td class="left"><ul><li><a href="1.html">云州市2022年政府信息公开工作年度报告</a> 2023-03-30</li><li><a href="2.html">政府信息公开指南</a></li></ul></td>
<td class="main"><h1>${prose.TRANSPORT.title}</h1><div class="info">发布时间：2024-01-23　来源：云州市交通运输局　浏览次数：1288　【字体：大 中 小】</div>
<div id="zoom" class="TRS_Editor">
${article.join('\n')}
</div><div class="share">分享到：微信 微博　打印本页　关闭窗口</div></td></tr></table>
<div class="related"><h3>相关链接</h3><ul><li><a href="3.html">云州市水务局2023年政府信息公开工作年度报告</a> 2024-01-19</li></ul></div>
<div class="footer">主办：云州市人民政府办公室　技术支持电话：0832-2039999　地址：云州市人民路1号　邮编：641001　蜀ICP备00000000号</div>
</body></html>
`;
  return sample('html/site-page-gbk.html', toGbk(page), {
    ...truth,
    // The page says when it was published; the date under the report is when it was signed.
    meta: { ...truth.meta, published_on: '2024-01-23' },
    shows: 'GBK behind a gb2312 declaration; the article sits in a layout table among navigation, other reports, and a footer with its own telephone, address and postcode',
  });
}

function htmlWordPaste() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.in_force': 6,
      'disclosure.licensing.decisions': 31207,
      'disclosure.penalties.decisions': 1442,
      'disclosure.coercion.decisions': 57,
      'review.upheld': 12,
      'review.corrected': 3,
      'review.other': 9,
      'review.pending': 2,
      'review.total': 26,
      'litigation_after_review.upheld': 4,
      'litigation_after_review.total': 4,
    },
    applications: {
      new: [160, 21, 0, 0, 5, 2],
      carried_over: [6, 0, 0, 0, 0, 0],
      granted: [52, 8, 0, 0, 2, 1],
      partially_granted: [31, 2, 0, 0, 1, 0],
      'refused.enforcement_file': [18, 3, 0, 0, 0, 0],
      'unavailable.not_held': [22, 5, 0, 0, 1, 1],
      'unavailable.requires_creation': [9, 0, 0, 0, 0, 0],
      'not_processed.petition': [27, 2, 0, 0, 0, 0],
      'not_processed.duplicate': [3, 0, 0, 0, 0, 0],
      carried_forward: [4, 1, 0, 0, 1, 0],
    },
  });
  const print = (value) => (value === null ? '' : value.toLocaleString('en-US'));
  const tables = tablesOf('2021', figures, print);
  const html = webPage(prose.MARKET, mapTables(tables, (grid) => htmlTable(grid, wordPaste, ' class="MsoTableGrid"')), wordPaste);
  return sample('html/word-paste.html', Buffer.from(html), {
    form: '2021',
    figures,
    meta: {
      ...meta('海城区市场监督管理局', 2024, prose.MARKET.title),
      published_on: '2025-01-17',
      postcode: '536000',
      phone: '0779-3035521',
      address: '海城区解放北路9号',
    },
    shows: 'pasted from Word: a span every two characters, Office paragraphs in every cell, thousands separators',
  });
}

function htmlWrongArithmetic() {
  const figures = figuresOf({
    form: '2021',
    numbers: { 'disclosure.licensing.decisions': 88, 'disclosure.penalties.decisions': 12 },
    applications: { new: [11, 1, 0, 0, 0, 0], carried_over: [1, 0, 0, 0, 0, 0], granted: [10, 1, 0, 0, 0, 0] },
    // The report prints 12 outcomes where it lists 10, and a total of 12 where the columns make 11.
    slips: { 'applications.total.natural_person': 12, 'applications.granted.total': 12 },
  });
  const tables = tablesOf('2021', figures);
  const html = webPage(prose.EDUCATION, mapTables(tables, (grid) => htmlTable(grid)), (text) => text);
  return sample('html/wrong-arithmetic.html', Buffer.from(html), {
    form: '2021',
    figures,
    expectFailed: ['sum'],
    meta: {
      ...meta('临河县教育体育局', 2021, prose.EDUCATION.title),
      published_on: '2022-01-14',
      phone: '0476-6123308',
    },
    shows: 'sums that the report itself got wrong: kept as printed, and flagged',
  });
}

function htmlBehindWordName() {
  const figures = figuresOf({
    form: '2019',
    numbers: { 'disclosure.penalties.previous_items': 12, 'disclosure.penalties.change': -3, 'disclosure.penalties.decisions': 40 },
    applications: { new: [24, 3, 0, 0, 0, 0], granted: [18, 2, 0, 0, 0, 0], carried_forward: [6, 1, 0, 0, 0, 0] },
    blank: ['review.', 'litigation_'],
  });
  const marks = (value, key) => (value === null ? '/' : key.endsWith('.change') && value < 0 ? `减${-value}` : value);
  const tables = tablesOf('2019', figures, marks);
  const html = webPage(prose.LAND, mapTables(tables, (grid) => htmlTable(grid)), (text) => text);
  return sample('html/named-as-word.doc', Buffer.from(`\uFEFF${html}`, 'utf16le'), {
    form: '2019',
    figures,
    meta: meta('松山县自然资源局', 2019, prose.LAND.title),
    shows: 'a page in UTF-16 behind the name of a Word file; a decrease printed as 减3, marks for what does not apply',
  });
}

function htmlNotAReport() {
  const { title, text } = prose.NOTICE;
  const rows = [
    ['单位', '报送时限', '联系人'],
    ['各乡镇', '1月10日', '办公室'],
    ['县直部门', '1月15日', '办公室'],
  ];
  const body = [...text.map((line) => `<p>${line}</p>`), htmlTable(rows.map((row) => row.map((one) => ({ text: one, columns: 1, rows: 1 })))), '<p>2023年12月20日</p>'];
  return sample('html/not-a-report.html', Buffer.from(page(title, body)), {
    form: 'none',
    figures: {},
    meta: null,
    shows: 'a notice about writing such reports: it names every section and is none',
  });
}

function sample(path, bytes, { form, figures, meta: known, free, expectFailed, shows }) {
  const [format, file] = path.split('/');
  const family = `sample:${file.replace(/\.[^.]+$/, '')}`;
  return { path, bytes, truth: truthOf({ file, format, family, form, meta: known, figures, free, expectFailed, shows }) };
}

function meta(agency, year, title, hasPeriod = true) {
  return {
    agency_name: agency,
    year,
    title: title.replace(/\s+/g, ''),
    ...(hasPeriod && { period_start: `${year}-01-01`, period_end: `${year}-12-31` }),
  };
}

function plainText(blocks) {
  return `${blocks.map((block) => block.raw ?? block.heading ?? block.paragraph).join('\n\n')}\n`;
}

function withTables(report, tables) {
  return prose.sixSections({ ...report, tables: mapTables(tables, (table) => ({ table })) });
}

function mapTables(tables, convert) {
  return Object.fromEntries(Object.entries(tables).map(([name, grid]) => [name, convert(grid)]));
}

function webPage(report, tables, wrapText) {
  const blocks = prose.sixSections({ ...report, tables });
  const body = blocks.map((block) => (typeof block === 'string' ? block : `<p>${wrapText(block.heading ?? block.paragraph)}</p>`));
  return page(report.title, body);
}

function page(title, body) {
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${title}</title></head><body>\n<h2>${title}</h2>\n${body.join('\n')}\n</body></html>\n`;
}

/** Node decodes GBK but does not write it: the table is turned round once. */
function toGbk(text) {
  const decoder = new TextDecoder('gbk');
  const codes = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== '\uFFFD' && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  const bytes = [...text].flatMap((character) => {
    if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
    const code = codes.get(character);
    if (!code) throw new Error(`${character} is not in GBK`);
    return code;
  });
  return Buffer.from(bytes);
}
