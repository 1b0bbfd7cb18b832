import type { Document } from '../../model/document.js';
import { readHeading } from '../section-headings.js';
import { toPassage, toPlain } from './lines.js';
import { readPeriod } from './read-period.js';
import { chooseTitle, findTitles } from './read-title.js';
import { readZones, type Zones } from './zones.js';

/** What speaks for and against a document's being an annual report. */
export interface ReportEvidence {
  /** Probability that the document is such a report, 0 to 1. */
  readonly score: number;
  /** The marks found, each with its weight in log-odds, as `mark +2`. */
  readonly reasons: readonly string[];
}

/** A mark of a report (positive weight, log-odds) or of something that only looks like one (negative). */
interface Mark {
  readonly name: string;
  readonly weight: number;
  found(page: Page): boolean;
}

interface Page {
  readonly zones: Zones;
  readonly plain: string;
  readonly hasTitle: boolean;
  readonly hasPeriod: boolean;
  readonly titleYears: readonly number[];
  readonly headingKinds: number;
  readonly tableText: string;
}

/** Log-odds of a document that shows no mark at all. */
const PRIOR = -2;

/** How much of a document (lines, characters) is looked at. */
const SEEN_LINES = 1_500;
const TOP_CHARACTERS = 500;

/** A page with fewer Chinese characters holds no report. */
const FEW_CHARACTERS = 100;

/** Years of different reports listed on one page. */
const LISTED_YEARS = 3;

const MARKS: readonly Mark[] = [
  { name: 'title of a report', weight: 2.5, found: (page) => page.hasTitle },
  { name: 'period of the figures', weight: 2.5, found: (page) => page.hasPeriod },
  {
    name: 'preamble under the regulations',
    weight: 1.5,
    found: ({ plain }) =>
      /(?:根据|依据|按照)[^。]{0,12}《中华人民共和国政府信息公开条例》[^。]{0,160}(?:编制|公布|报告|年报)/.test(
        plain,
      ),
  },
  {
    name: 'says that it reports',
    weight: 1.5,
    found: ({ plain }) =>
      /本(?:年度)?(?:报告|年报)|工作(?:开展)?情况(?:汇报|报告|总结)如下|公布[^。]{0,40}(?:年度报告|年报)/.test(
        plain,
      ),
  },
  { name: 'three sections of a report', weight: 2, found: (page) => page.headingKinds >= 3 },
  { name: 'a section of a report', weight: 1.5, found: (page) => page.headingKinds > 0 },
  {
    name: 'speaks for the body and its requests',
    weight: 1,
    found: ({ plain }) =>
      /(?:我|本)(?:局|委|厅|办|镇|乡|街道|市|县|区|省|单位|机关|校|院)[^。]{0,60}(?:政府信息|政务信息|信息公开)|依申请公开/.test(
        plain,
      ),
  },
  {
    name: 'table of an official form',
    weight: 3,
    found: (page) =>
      /本年新收政府信息公开申请|政府信息公开情况统计表|统计指标|第二十条第/.test(page.tableText + page.plain),
  },
  {
    name: 'notice about reports',
    weight: -6,
    found: ({ plain }) =>
      /(?:编制|发布|报送|做好)[^。]{0,60}(?:年度报告|年报)[^。]{0,30}(?:的)?通知(?![》〉要精〕])/.test(
        topOf(plain),
      ) && /各(?:单位|部门)|通知如下|现就/.test(topOf(plain)),
  },
  {
    name: 'explains or sums up a report',
    weight: -5,
    found: ({ plain }) => /(?:年度报告|年报)[^。\n]{0,12}(?:解读|图解|一图读懂|摘要)/.test(topOf(plain)),
  },
  {
    name: 'blank form, to be filled in',
    weight: -8,
    found: ({ plain }) =>
      /(?:年度报告|年报)(?:格式)?(?:模[板版]|样[表式本]|范本)/.test(topOf(plain)) ||
      /[(（]文字描述/.test(plain),
  },
  {
    name: 'mostly not Chinese',
    weight: -6,
    found: ({ plain }) =>
      (plain.match(/[A-Za-z]/g)?.length ?? 0) > (plain.match(/[\u4e00-\u9fff]/g)?.length ?? 0),
  },
  {
    name: 'a page out of a flip book',
    weight: -6,
    found: ({ plain }) => /^(?:Page\d+-|P\.\d+)|\nP\.\d+\n/.test(plain),
  },
  {
    name: 'list of several years',
    weight: -4,
    found: (page) => new Set(page.titleYears).size >= LISTED_YEARS && page.headingKinds === 0,
  },
  {
    name: 'next to no text',
    weight: -3,
    found: ({ plain, tableText }) =>
      ((plain + tableText).match(/[\u4e00-\u9fff]/g)?.length ?? 0) < FEW_CHARACTERS,
  },
];

/**
 * Weighs whether a document is an annual report or a notice, an index, news, an English summary, a page of a flip book
 * (FORMS.md 5.1). Meant to be joined with how well a form's tables were found; it never looks at a file's name.
 */
export function reportEvidence(document: Document): ReportEvidence {
  const page = readPage(document);
  const found = MARKS.filter((mark) => mark.found(page));
  const odds = found.reduce((sum, mark) => sum + mark.weight, PRIOR);
  return {
    score: Math.round((1 / (1 + Math.exp(-odds))) * 1_000) / 1_000,
    reasons: found.map((mark) => `${mark.name} ${mark.weight > 0 ? '+' : ''}${String(mark.weight)}`),
  };
}

/** How much of a document's top (blocks) says what it is. */
const TOP_BLOCKS = 12;

/**
 * Words over reports of two years set side by side, whose numbers are no report's own: at the end of a line or in a name.
 * In a sentence they are a report's own (本年度报告比较全面地…, 年度报告对比上年…).
 */
const COMPARED =
  /(?:年报|年度报告)(?:数据|差异|重复率)?(?:比对|对比|比较|查重)(?=$|[：:（(]|报告|结果|分析|系统|一览|表)/m;

/** Whether a document sets reports of two years against each other: it prints their tables, and is none of them. */
export function comparesReports({ blocks }: Document): boolean {
  const top = blocks.slice(0, TOP_BLOCKS).map((block) => (block.kind === 'table' ? '' : block.text));
  return COMPARED.test(topOf(toPlain(top.join('\n').replace(/[ \t\u3000]/g, ''))));
}

function readPage(document: Document): Page {
  const zones = readZones(document);
  const period = readPeriod(zones);
  const titles = findTitles(zones);
  const kinds = zones.body.flatMap((line, index) => {
    const heading =
      index === 0 && !/^[一1]/.test(line.text) ? null : readHeading(line.text, line.kind === 'heading');
    return heading && heading.kind !== 'unknown' ? [heading.kind] : [];
  });
  return {
    zones,
    plain: toPassage(zones.body.slice(0, SEEN_LINES)).plain,
    hasTitle: chooseTitle(document, zones, titles, period.year) !== null,
    hasPeriod: period.year !== null,
    titleYears: titles.flatMap(({ parts }) => parts.year ?? []),
    headingKinds: new Set(kinds).size,
    tableText: toPlain(
      document.tables.flatMap((table) => table.cells.map((cell) => cell.text.replace(/\s/g, ''))).join('\n'),
    ),
  };
}

function topOf(plain: string): string {
  return plain.slice(0, TOP_CHARACTERS);
}
