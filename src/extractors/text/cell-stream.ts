import { fold } from '../../text/fold.js';
import { isOnlyNumbering, isWholeLabel, opensCell, startsLabel } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { applyGapRule, type GapRule } from './gap-blanks.js';
import { joinPieces, type Line } from './lines.js';
import { isGluedRow, isUnitText, type Region } from './regions.js';
import type { Item } from './words.js';
import { largest } from './extremes.js';

/** A label needs so many characters before a line without numbering can be its second half. */
const SHORTEST_WRAPPED = 8;
const LONGEST_TAIL = 24;
/** Rows are believed where so large a share of the numbered labels has values of its own behind it. */
const ROW_WISE_SHARE = 0.5;
/** A label without a number of its own (规章, 行政许可) has no more values than this. */
const MOST_VALUES_OF_LABEL = 7;
/** With fewer numbered labels than this, the lengths of the rows must tell. */
const FEWEST_NUMBERED = 4;
/** No row of an official form holds more values. */
const MOST_VALUES = 16;

interface Row {
  readonly labels: Item[][];
  readonly values: Item[];
}

/**
 * The cells `found` in a region one after the other, with their row ends lost or shown by line ends only. Labels cut by
 * line ends are put together again, values go to the label before them. Where labels and values come in separate streams
 * the result is a `stream` with one cell a row, else rows are `ordered`.
 */
export function readCellStream(
  lines: readonly Line[],
  region: Region,
  found: readonly Item[],
  gapRule: GapRule | null,
): DraftTable {
  const printed = keepInBrackets(joinSplitNumbers(found));
  const items = gapRule === null ? printed : applyGapRule(printed, gapRule);
  const rows = assembleRows(items);
  const filled = lines.slice(region.from, region.to);
  const isGlued = filled.filter(isGluedRow).length > items.filter((item) => item.kind === 'value').length;
  const isRowWise = !isGlued && isRowByRow(rows);
  const cells = rows.map((row): DraftCell[] => [...row.labels.map(joinPieces), ...row.values]);
  const geometry = isRowWise ? 'ordered' : 'stream';
  return {
    geometry,
    rows: isRowWise ? cells : cells.flat().map((cell) => [cell]),
    confidence: CONFIDENCE[geometry],
    from: region.from,
    to: region.to,
    syntax: isRowWise ? 'words' : 'stream',
  };
}

/** `1` and `.属于国家秘密` on two lines are one label; `39` and `件` one value. */
function joinSplitNumbers(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const item of items) {
    const before = joined.at(-1);
    const isRest =
      before !== undefined &&
      before.line !== item.line &&
      /^\d{1,2}$/.test(before.text) &&
      /^[.．、][^\d]/.test(item.text);
    const isUnit =
      before?.kind === 'value' && /^[\d,.]+$/.test(before.text) && /^(?:件|条|万元|元)$/.test(item.text);
    if (before !== undefined && (isRest || isUnit)) {
      joined[joined.length - 1] = {
        ...item,
        ...joinPieces([before, item]),
        kind: isUnit ? 'value' : 'label',
      };
    } else joined.push(item);
  }
  return joined;
}

/** `（相同信息计`, `1条`, `）` on lines of their own: a number in a label's bracket is a part of the label. */
function keepInBrackets(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  let label = '';
  for (const [index, item] of items.entries()) {
    const before = kept.at(-1);
    const closes = /^[)）]/.test(items[index + 1]?.text ?? '');
    const isInside = closes && /[（(][^（()）]*$/.test(label.replace(/[（(][^（()）]*[)）]/g, ''));
    if (item.kind === 'value' && before?.kind === 'label' && isInside) {
      kept[kept.length - 1] = { ...before, ...joinPieces([before, item]) };
    } else kept.push(item);
    label = item.kind === 'value' && !isInside ? '' : label + item.text;
  }
  return kept;
}

function assembleRows(items: readonly Item[]): Row[] {
  const rows: Row[] = [{ labels: [], values: [] }];
  items.forEach((item, index) => {
    const row = rows.at(-1);
    if (row === undefined) return;
    if (item.kind === 'value') addValue(rows, row, item);
    else if (row.values.length > 0) {
      if (isTail(row, item, items[index + 1])) row.labels.at(-1)?.push(item);
      else rows.push({ labels: [[item]], values: [] });
    } else addLabel(row, item);
  });
  return rows.flatMap(splitHeader).filter((row) => row.labels.length + row.values.length > 0);
}

/**
 * Column heads above a row are rows of their own: of the labels before values only the last can be the row's, or the
 * numbered ones at the end (三、… （三）… 1.…); none where the values are too many for one label.
 */
function splitHeader(row: Row): Row[] {
  if (row.values.length === 0) return headerRows(row.labels);
  const isNumbered = (label: readonly Item[] | undefined): boolean => startsLabel(wholeText(label ?? []));
  const last = row.labels.at(-1);
  let from = row.labels.length;
  if (
    last !== undefined &&
    (isNumbered(last) || isUnitText(joinPieces(last).text) || row.values.length <= MOST_VALUES_OF_LABEL)
  )
    from--;
  while (
    from > 0 &&
    (isNumbered(row.labels[from - 1]) || isUnitText(joinPieces(row.labels[from] ?? []).text))
  )
    from--;
  return [...headerRows(row.labels.slice(0, from)), { labels: row.labels.slice(from), values: row.values }];
}

/** Labels without values: those on one line, or on lines without a gap between them, make a row. */
function headerRows(labels: readonly Item[][]): Row[] {
  const rows: { labels: Item[][]; values: Item[] }[] = [];
  let lastLine = -2;
  for (const label of labels) {
    const line = label[0]?.line ?? 0;
    const isNumbered = startsLabel(wholeText(label));
    if (line - lastLine > 1 || (isNumbered && line !== lastLine)) rows.push({ labels: [], values: [] });
    rows.at(-1)?.labels.push(label);
    lastLine = label.at(-1)?.line ?? line;
  }
  return rows;
}

/**
 * Values on a line of their own under a line that held several already are another row, its label lost. Blanks under a
 * line with label and values are of the same row, before, between or behind those values: where, nobody can tell.
 */
function addValue(rows: Row[], row: Row, item: Item): void {
  const last = row.values.at(-1);
  const isBeside = last?.text !== '' && last?.line === row.labels.at(-1)?.at(-1)?.line;
  if (last !== undefined && item.text === '' && isBeside && item.line !== last.line) return;
  const isOneLine = row.values.length > 1 && row.values[0]?.line === last?.line;
  if (last !== undefined && last.line !== item.line && isOneLine) rows.push({ labels: [], values: [item] });
  else row.values.push(item);
}

function addLabel(row: Row, item: Item): void {
  const last = row.labels.at(-1);
  if (last !== undefined && continuesLabel(last, item)) last.push(item);
  else row.labels.push([item]);
}

function continuesLabel(label: readonly Item[], item: Item): boolean {
  const text = fold(wholeText(label));
  if (isOnlyNumbering(text) && !startsLabel(item.text)) return true;
  if (label.at(-1)?.line === item.line || opensCell(item.text) || isUnitText(item.text)) return false;
  if (isWholeLabel(text) || isUnitText(text)) return false;
  return startsLabel(text) || text.length >= SHORTEST_WRAPPED || (text.length <= 2 && item.text.length <= 2);
}

/** The last line of a label whose values were printed beside an earlier one; the next line then opens a label itself. */
function isTail(row: Row, item: Item, next: Item | undefined): boolean {
  const label = row.labels.at(-1);
  if (label === undefined) return false;
  const text = fold(wholeText(label));
  if (text === '(' || (isOnlyNumbering(text) && startsLabel(text) && !startsLabel(item.text))) return true;
  if (next?.line === item.line || opensCell(item.text) || isUnitText(item.text)) return false;
  if (!startsLabel(text) || isWholeLabel(text) || item.text.length > LONGEST_TAIL || /\s{2,}/.test(item.text))
    return false;
  const isVertical = item.text.length <= 2 && (next?.text.length ?? 0) <= 2;
  return next?.kind !== 'value' && !isVertical;
}

/**
 * Whether values come behind the labels they belong to, label by label: then most numbered labels are followed by
 * values (or by the unit that stands before one), and no row holds more than an official form does.
 */
function isRowByRow(rows: readonly Row[]): boolean {
  const runs = rows.filter((row) => row.values.length > 0);
  const longest = largest(
    runs.map((row) => row.values.length),
    0,
  );
  const labels = rows.flatMap((row) => row.labels).filter((label) => startsLabel(wholeText(label)));
  if (labels.length < FEWEST_NUMBERED)
    return longest <= (runs.length === 1 ? MOST_VALUES : MOST_VALUES_OF_LABEL);
  const carrying = rows.filter(
    (row) => row.values.length > 0 || row.labels.some((label) => isUnitText(label[0]?.text ?? '')),
  );
  return longest <= MOST_VALUES && carrying.length >= labels.length * ROW_WISE_SHARE;
}

function wholeText(label: readonly Item[]): string {
  return label.map((part) => part.text).join('');
}
