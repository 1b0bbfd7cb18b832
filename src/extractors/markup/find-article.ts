import { fold, foldLabel } from '../../text/fold.js';
import type { Flow, FlowTable, FlowText } from './flow.js';
import type { HtmlFlow } from './html-flow.js';
import { isLayoutTable } from './layout-table.js';
import type { HtmlElement } from './parse-html.js';
import { insideTest } from './places.js';
import { isArticleFurniture, isSiteFurniture } from './site-furniture.js';

/** Words of the official forms' tables; they tell a report's table from a site's, never which form it is. */
const FORM_LABEL = new RegExp(
  '^(?:信息内容|(?:本年)?(?:制发|废止)件数|现行有效件数|(?:行政)?规范性文件|行政(?:许可|处罚|强制|事业性收费)|其他对外管理服务事项|政府集中采购|' +
    '自然人|商业企业|科研机构|社会公益组织|法律服务机构|本年新收.*|上年结转.*|结转下年度.*|予以公开|部分公开.*|不予公开|无法提供|不予处理|其他处理|' +
    '(?:结果)?(?:维持|纠正)|尚未审结|未经复议直接起诉|复议后起诉|主动公开政府信息数.*|收到申请数.*|申请办结数.*|当面申请数|指标名称|统计指标|' +
    '行政复议数量|行政诉讼数量|举报投诉数量|全文电子化主动公开数)$',
);
/** Section headings of reports, and the sentence every report opens with. */
const SECTION_HEADING =
  /^(?:第?[一二三四五六七八九十]{1,2}(?:[、.．,:章]|部分)|#|[1-9][、.．]).{0,14}(?:总体(?:工作|落实)?情况|概述|主动公开|依申请公开|收到和处理|行政复议|问题[及和与]改进|报告的?事项)/;
const OPENING = /统计期限|所列数据|(?:根据|按照|依据).{0,30}政府信息公开条例/;
/** A table with so many different words of the forms is one of the report's. */
export const MIN_FORM_LABELS = 3;
/** The article holds at least this share of all signs of a report. */
const SIGN_SHARE = 0.9;
/** Without signs of a report: one child holds this share of the prose, or the article is found. */
const PROSE_SHARE = 0.8;
/** Lines of so many characters outside links are prose. */
const MIN_PROSE_CHARACTERS = 30;
/** A parent that adds at most this many link characters for one of prose belongs to the article. */
const MAX_LINK_RATIO = 0.5;

/** A line of the page with what is known about its place. */
export interface Line {
  readonly text: FlowText;
  readonly element: HtmlElement;
  readonly linkCharacters: number;
  /** The innermost table that holds the line. */
  readonly table: FlowTable | null;
}

/** Which element holds the report, and how strongly every element looks like one (the page's own count is the root's). */
export interface Article {
  readonly element: HtmlElement;
  readonly signs: number;
  /** A table of the page is one of a report's, by its labels. */
  readonly hasReportTable: boolean;
  readonly weights: ReadonlyMap<HtmlElement, number>;
}

/** Finds the smallest element that holds the report: by the report's own words, or by where the prose is; never by class names. */
export function findArticle(page: HtmlFlow, root: HtmlElement): Article {
  const lines = listLines(page);
  const reportTables = new Set(reportLabels(lines).keys());
  const signs = weigh(lines, (line) => signWeight(line, reportTables));
  const signCount = signs.get(root) ?? 0;
  const byShare =
    signCount > 0 ? descend(root, signs, SIGN_SHARE) : descend(root, weigh(lines, proseWeight), PROSE_SHARE);
  const holding =
    signCount > 0
      ? raiseOver(
          byShare,
          lines.filter((line) => line.table !== null && reportTables.has(line.table)),
        )
      : byShare;
  const outside = liftOutOfTable(holding, page, reportTables);
  return {
    element: addProseAround(outside, lines),
    signs: signCount,
    hasReportTable: reportTables.size > 0,
    weights: signs,
  };
}

/** All lines of the page in document order. */
export function listLines(page: HtmlFlow): Line[] {
  const lines: Line[] = [];
  const add = (flow: readonly Flow[], table: FlowTable | null): void => {
    for (const item of flow) {
      if (item.kind === 'table') {
        for (const row of item.rows) for (const cell of row.cells) add(cell.content, item);
        continue;
      }
      const origin = page.origins.get(item);
      if (origin) lines.push({ text: item, table, ...origin });
    }
  };
  add(page.flow, null);
  return lines;
}

/** True where most of the line stands in links. */
export function isLink(line: Line): boolean {
  return line.linkCharacters * 2 > line.text.text.length;
}

/** Whether a folded label is one of the words of the forms. */
export function isFormWord(label: string): boolean {
  return FORM_LABEL.test(label);
}

/** The words of the forms in each table that has enough of them to be a report's. */
export function reportLabels(lines: readonly Line[]): Map<FlowTable, ReadonlySet<string>> {
  const labels = new Map<FlowTable, Set<string>>();
  for (const { table, text } of lines) {
    if (!table) continue;
    const label = foldLabel(text.text);
    if (!isFormWord(label)) continue;
    const found = labels.get(table) ?? new Set<string>();
    labels.set(table, found.add(label));
  }
  return new Map([...labels].filter(([, found]) => found.size >= MIN_FORM_LABELS));
}

function signWeight(line: Line, reportTables: ReadonlySet<FlowTable>): number {
  if (line.table && reportTables.has(line.table)) return 1;
  if (isLink(line)) return 0;
  const folded = fold(line.text.text);
  return SECTION_HEADING.test(folded) || OPENING.test(folded) ? 1 : 0;
}

/** Characters of prose in the line: none in links, short lines and the site's own lines. */
export function proseWeight(line: Line): number {
  const { text } = line.text;
  return isLink(line) || text.length < MIN_PROSE_CHARACTERS || isArticleFurniture(text) ? 0 : text.length;
}

/** For every element: the weight of all lines in it. */
export function weigh(lines: readonly Line[], weightOf: (line: Line) => number): Map<HtmlElement, number> {
  const weights = new Map<HtmlElement, number>();
  for (const line of lines) {
    const weight = weightOf(line);
    if (weight === 0) continue;
    for (let element: HtmlElement | null = line.element; element; element = element.parent) {
      weights.set(element, (weights.get(element) ?? 0) + weight);
    }
  }
  return weights;
}

/** Goes down as long as one child holds at least `share` of the root's weight. */
function descend(root: HtmlElement, weights: ReadonlyMap<HtmlElement, number>, share: number): HtmlElement {
  const wanted = (weights.get(root) ?? 0) * share;
  if (wanted === 0) return root;
  let element = root;
  for (;;) {
    const next = element.children.find((child) => (weights.get(child as HtmlElement) ?? 0) >= wanted);
    if (!next) return element;
    element = next as HtmlElement;
  }
}

/** The smallest element at or above `element` that holds all `lines`. */
function raiseOver(element: HtmlElement, lines: readonly Line[]): HtmlElement {
  let raised = element;
  let inside = insideTest(raised);
  for (const line of lines) {
    while (!inside(line.element) && raised.parent) {
      raised = raised.parent;
      inside = insideTest(raised);
    }
  }
  return raised;
}

const TABLE_PARTS = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr']);

/** An article is never a part of a data table: then it is what holds the table. */
function liftOutOfTable(
  element: HtmlElement,
  page: HtmlFlow,
  reportTables: ReadonlySet<FlowTable>,
): HtmlElement {
  let lifted = element;
  for (
    let part: HtmlElement | null = element;
    part && (TABLE_PARTS.has(part.name) || isInReportTable(part, page, reportTables));
    part = part.parent
  ) {
    const table = page.tables.get(part);
    if (part.parent && table && (reportTables.has(table) || !isLayoutTable(table))) lifted = part.parent;
  }
  return lifted;
}

function isInReportTable(
  element: HtmlElement,
  page: HtmlFlow,
  reportTables: ReadonlySet<FlowTable>,
): boolean {
  for (let part: HtmlElement | null = element; part; part = part.parent) {
    const table = page.tables.get(part);
    if (table && reportTables.has(table)) return true;
  }
  return false;
}

/** Widens the article to parents that add prose (a preamble, a signature) and hardly any links. */
function addProseAround(article: HtmlElement, lines: readonly Line[]): HtmlElement {
  let widened = article;
  for (let parent = article.parent; parent; parent = parent.parent) {
    const had = insideTest(widened);
    const has = insideTest(parent);
    const added = lines.filter((line) => has(line.element) && !had(line.element));
    if (added.some((line) => isSiteFurniture(line.text.text))) return widened;
    const prose = added.reduce((sum, line) => sum + proseWeight(line), 0);
    const links = added.reduce((sum, line) => sum + line.linkCharacters, 0);
    if (links > prose * MAX_LINK_RATIO) return widened;
    if (prose > 0 && !TABLE_PARTS.has(parent.name)) widened = parent;
  }
  return widened;
}
