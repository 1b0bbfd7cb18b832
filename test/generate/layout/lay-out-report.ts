import type { FormDefinition, FormTable } from '../../../src/forms/form.js';
import type { Contents } from '../contents/draw-report.js';
import { applicationRows, drawContents } from '../contents/draw-report.js';
import { drawStyle } from '../contents/print-value.js';
import { drawWording, wordLabel } from '../contents/wording.js';
import type { Random } from '../random.js';
import type { LayoutSection, LayoutTable, Report } from '../report.js';
import { type ApplicationsLayout, layOutApplications, type Printer } from './lay-out-applications.js';
import { layOutDisclosure, layOutReview, layOutStatistics } from './lay-out-others.js';

const PLACES = ['青川县', '临河市', '云岭区', '白水县', '海东市', '石门县', '清源县'];
const BODIES = [
  '人民政府',
  '教育局',
  '卫生健康委员会',
  '住房和城乡建设局',
  '自然资源局',
  '水务局',
  '城关镇人民政府',
];

/** Draws a whole report of one form, laid out as its author would, nothing broken yet. */
export function drawReport(form: FormDefinition, random: Random): Report {
  const style = drawStyle(random.fork('style'));
  const contents = drawContents(form, style, random.fork('contents'));
  const last = Math.min(form.years.last, 2025);
  const year = random.int(form.years.first, last);
  const agency = random.pick(PLACES) + random.pick(BODIES);
  const title = `${agency}${year}年政府信息公开工作年度报告`;
  return {
    form: form.id,
    year,
    title,
    preamble: [
      `根据《中华人民共和国政府信息公开条例》要求，现公布${agency}${year}年政府信息公开工作年度报告。`,
      `本报告所列数据的统计期限自${year}年1月1日起至${year}年12月31日止。`,
    ],
    sections: layOutSections(form, contents, year, random.fork('layout')),
    signature: [agency, `${year + 1}年1月${random.int(4, 28)}日`],
    truth: contents.truth,
    meta: { agency_name: agency, year, title, period_start: `${year}-01-01`, period_end: `${year}-12-31` },
    slips: contents.slips,
  };
}

function layOutSections(
  form: FormDefinition,
  contents: Contents,
  year: number,
  random: Random,
): LayoutSection[] {
  const wording = drawWording(random);
  const printer: Printer = {
    label: (official) => wordLabel(official, wording, random),
    value: (key) => contents.printed.get(key)?.text ?? '',
  };
  const layout: ApplicationsLayout = {
    labelColumns: random.pick([3, 3, 3, 2, 1] as const),
    hasCorner: random.chance(0.9),
  };
  const rows = applicationRows(form, contents.otherIsOneRow);
  const tables = form.tables.map((table) => layOutTable(table, rows, layout, printer));
  const overview = section('总体情况', [
    `${year}年，本单位认真贯彻落实条例，全年主动公开政府信息${random.int(20, 900)}条。`,
  ]);
  if (form.id === '2014') {
    return numbered([
      overview,
      section('存在的主要问题及改进措施', ['公开的内容有待丰富。']),
      section('附表', [], tables),
    ]);
  }
  const [disclosure, applications, review] = tables;
  return numbered([
    overview,
    section('主动公开政府信息情况', [], disclosure ? [disclosure] : []),
    section('收到和处理政府信息公开申请情况', [], applications ? [applications] : []),
    section('政府信息公开行政复议、行政诉讼情况', [], review ? [review] : []),
    section('存在的主要问题及改进情况', ['公开的内容有待丰富，下一步将加强培训。']),
    section('其他需要报告的事项', ['无其他需要报告的事项。']),
  ]);
}

function layOutTable(
  table: FormTable,
  rows: readonly string[],
  layout: ApplicationsLayout,
  printer: Printer,
): LayoutTable {
  if (table.arrangement === 'across') return layOutReview(table, printer);
  if (table.id === 'applications') return layOutApplications(table, rows, layout, printer);
  return table.id === 'disclosure' ? layOutDisclosure(table, printer) : layOutStatistics(table, printer);
}

function section(
  heading: string,
  paragraphs: readonly string[],
  tables: readonly LayoutTable[] = [],
): LayoutSection {
  return { heading, paragraphs, tables };
}

const ORDINALS = '一二三四五六';

function numbered(sections: readonly LayoutSection[]): LayoutSection[] {
  return sections.map((part, i) => ({ ...part, heading: `${ORDINALS.charAt(i)}、${part.heading}` }));
}
