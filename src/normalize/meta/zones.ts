import type { Document } from '../../model/document.js';
import { readHeading } from '../section-headings.js';
import { readLines, toPassage, toPlain, type Line, type Passage } from './lines.js';

/** The parts of a document in which meta values are sought. Every line of the document is in `all`. */
export interface Zones {
  readonly all: readonly Line[];
  /** What the page or the site says around the report, wherever it stands. */
  readonly furniture: readonly Line[];
  /** From the top to the first heading of a section: titles and the preamble. */
  readonly opening: readonly Line[];
  /** The first section, where some bodies put their preamble. */
  readonly firstSection: readonly Line[];
  /** Both of these run together. */
  readonly preamble: Passage;
  /** All of the report's own lines without tables. */
  readonly body: readonly Line[];
  /** The last lines of the report: signature, date, foot of the 2014 table. */
  readonly ending: readonly Line[];
}

/** A report without recognised headings: this many lines from the top count as its opening. */
const OPENING_LINES_WITHOUT_HEADING = 30;

/** A first section longer than this (lines) holds its preamble, if any, in its first lines. */
const FIRST_SECTION_LINES = 12;

/** How many lines from the end of the report and around its 2014 table may be a signature. */
const ENDING_LINES = 14;

const SITE_FOOTER =
  /主办(?:单位)?[:：]|承办(?:单位)?[:：]|(?:ICP|公网安)备|网站标识码|版权所有|技术支持|网站地图|Copyright|分享到|打印(?:本页)?\s|关闭(?:窗口|本页)|无障碍|浏览次数|点击(?:数|量|率)|访问量|字体[:：]|字号[:：]|当前(?:所在)?位置|您的位置|智能问答|^首页\s*[>/＞|»]/i;

/** Meta data stand at the top and at the end; a document of any length costs no more than this. */
const READ_LIMITS = { head: 1_500, tail: 150, lineLength: 4_000 };

/** Splits a document's lines into the parts that meta readers look at. */
export function readZones(document: Document): Zones {
  const all = readLines(document, READ_LIMITS);
  const isOwn = (line: Line): boolean =>
    line.region === 'body' && line.kind !== 'table' && !SITE_FOOTER.test(line.text);
  const body = all.filter(isOwn);
  const headings = body.flatMap((line, index) => (isSectionStart(line, index) ? [index] : []));
  const first = headings[0] ?? Math.min(body.length, OPENING_LINES_WITHOUT_HEADING);
  const second = headings.find((index) => index > first) ?? body.length;
  const opening = body.slice(0, first);
  const firstSection = body.slice(first, Math.min(second, first + FIRST_SECTION_LINES));
  return {
    all,
    preamble: toPassage([...opening, ...firstSection]),
    furniture: all.filter((line) => line.region === 'furniture' || SITE_FOOTER.test(line.text)),
    opening,
    firstSection,
    body,
    ending: endingLines(all, isOwn),
  };
}

/** The tail of the body and, where a 2014 table follows the signature, the lines in front of it. */
function endingLines(all: readonly Line[], isOwn: (line: Line) => boolean): Line[] {
  const statistics = all.findIndex((line) =>
    /^(?:附件?[:：]?\d?)?.{0,25}政府信息公开情况统计表/.test(line.text.replace(/\s/g, '')),
  );
  const beforeTable =
    statistics > 0 ? all.slice(Math.max(0, statistics - ENDING_LINES), statistics).filter(isOwn) : [];
  const tail = all.filter((line) => isOwn(line) || line.kind === 'table').slice(-ENDING_LINES);
  return [...new Set([...beforeTable, ...tail])];
}

function isSectionStart(line: Line, index: number): boolean {
  const heading = readHeading(line.text, line.kind === 'heading');
  if (!heading || heading.kind === 'statistics') return false;
  // A line of words that merely look like a heading (引言, the title itself) does not end the opening.
  if (/引\s*言/.test(line.text) || /(?:报告|年报)$/.test(toPlain(line.text))) return false;
  return index > 0 || heading.numbered || line.kind === 'heading';
}
