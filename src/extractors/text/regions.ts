import { fold } from '../../text/fold.js';
import { isProse, isReportTitle, isSectionTitle, isValue } from './cell-kinds.js';
import { isMenuEntry, isSiteLine } from './furniture.js';
import { isBlankLine, type Line } from './lines.js';
import { itemsOf, type Item } from './words.js';

/** Lines from `from` to `to` (exclusive) that hold a table without written syntax. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

const FEWEST_VALUES = 4;
const FEWEST_VALUE_LINES_SHARE = 0.1;
const MANY_VALUES = 12;

/**
 * Stretches of lines between prose, section titles and titles of reports that hold enough values to be a table. `isTaken`
 * tells lines of other tables, which end a stretch, `isSkipped` page furniture, which is passed over.
 */
export function findRegions(
  lines: readonly Line[],
  isTaken: (at: number) => boolean,
  isSkipped: (at: number) => boolean,
): Region[] {
  const regions: Region[] = [];
  const titles = reportTitles(lines);
  let from = 0;
  for (let at = 0; at <= lines.length; at++) {
    const line = lines[at];
    if (
      line !== undefined &&
      !isTaken(at) &&
      (isSkipped(at) || isBlankLine(line) || !endsRegion(line, titles))
    )
      continue;
    const region = trim(lines, { from, to: at }, isSkipped);
    if (region !== null && holdsTable(lines, region, isSkipped)) regions.push(region);
    from = at + 1;
  }
  return regions;
}

/** Lines that are the title of a report and stand once: where another report begins. A page's header stands on each page. */
function reportTitles(lines: readonly Line[]): Set<Line> {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const text = fold(line.text);
    if (!isReportTitle(text)) continue;
    found.set(text, [...(found.get(text) ?? []), line]);
  }
  return new Set([...found.values()].flatMap((same) => (same.length === 1 ? same : [])));
}

/**
 * Prose, the title of a section or of another report, a line of the site. Cells of a line with wide gaps are looked at one
 * by one.
 */
function endsRegion(line: Line, titles: ReadonlySet<Line>): boolean {
  if (titles.has(line)) return true;
  const text = line.text.trim();
  if (text.includes('勾稽')) return false;
  if (isSectionTitle(text) || isSiteLine(text)) return true;
  return text.split(/\s{2,}/).some((part) => isProse(part));
}

const TITLE_LINE = /报告|统计表$|^附件|年度[)）]$|盖章|^填报|^[（(]?此件|^\d{4}\s*年|^发布|^来源|^#|^\*\*/;
const FOOT_LINE =
  /负责人|审核人|填报人|填表人|联系电话|填报日期|\d{4}\s*年\s*\d{1,2}\s*月|^附件|^注[:：]|^主办|版权|^备注|日期|人民政府$|[局委办厅处院会]$/;

/** A region without what stands above its table (title lines, menus) and below it (who filled it in, the date). */
function trim(lines: readonly Line[], region: Region, isSkipped: (at: number) => boolean): Region | null {
  let { from, to } = region;
  const text = (at: number): string => lines[at]?.text.trim() ?? '';
  let lastTitle = from - 1;
  for (let at = from; at < to && !holdsValue(lines[at]); at++) if (TITLE_LINE.test(text(at))) lastTitle = at;
  from = lastTitle + 1;
  while (from < to && (text(from) === '' || isSkipped(from))) from++;
  while (to > from && (text(to - 1) === '' || isSkipped(to - 1) || FOOT_LINE.test(text(to - 1)))) to--;
  return to > from ? { from, to } : null;
}

function holdsValue(line: Line | undefined): boolean {
  return line !== undefined && itemsOf(line, 0).some((item) => item.kind === 'value' && item.text !== '');
}

/** Enough values, and not merely figures of running text or a list of the site's entries. */
function holdsTable(lines: readonly Line[], region: Region, isSkipped: (at: number) => boolean): boolean {
  const filled = lines
    .slice(region.from, region.to)
    .filter((line, index) => !isBlankLine(line) && !isSkipped(region.from + index));
  const values = filled.map((line) => itemsOf(line, 0).filter((item) => item.kind === 'value'));
  const valueCount = values.flat().length;
  const valueLines = values.filter((items) => items.length > 0).length;
  const menuLines = filled.filter((line) => isMenuEntry(line.text)).length;
  if (menuLines === filled.length && valueCount === 0) return false;
  if (
    valueCount >= FEWEST_VALUES &&
    (valueLines >= filled.length * FEWEST_VALUE_LINES_SHARE || valueCount >= MANY_VALUES)
  )
    return true;
  return filled.filter(isGluedRow).length >= FEWEST_VALUES;
}

/** A label with its values stuck to it (规章000, …申请数量3001530061 43119). */
export function isGluedRow(line: Line): boolean {
  return (
    /[\u4e00-\u9fff）)”"][\d,.\-—–/\\０-９－／]+$/.test(line.text.trim()) &&
    !/年$|\d{4}年/.test(line.text.trim())
  );
}

/** Items of all lines of a region as `cellsOf` finds them, in order, without the lines to skip. */
export function regionItems(
  lines: readonly Line[],
  region: Region,
  isSkipped: (at: number) => boolean,
  cellsOf: (line: Line, number: number) => Item[],
): Item[] {
  const items: Item[] = [];
  for (let at = region.from; at < region.to; at++) {
    const line = lines[at];
    if (line === undefined || isSkipped(at)) continue;
    if (line.text.trim() === '') {
      if (/^[\t ]*[\u3000\u00a0]+[\t ]*$/.test(line.text))
        items.push({ kind: 'value', text: '', start: line.start, end: line.start, line: at, from: 0, to: 0 });
    } else items.push(...cellsOf(line, at));
  }
  return items;
}

export function isUnitText(text: string): boolean {
  return /^(?:条|件|次|篇|个|人|人次|万元|元|期|份|部)$/.test(text.trim()) || isValue(text);
}
