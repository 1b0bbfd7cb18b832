import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import {
  findColumns,
  isCoherent,
  labelEdge,
  matchColumns,
  placeValues,
  type Columns,
} from './layout-columns.js';
import { assembleLabels, type LayoutLabel } from './layout-labels.js';
import { layoutLines, type LayoutLine, type Token } from './layout-words.js';
import { joinPieces, type Line } from './lines.js';
import type { Region } from './regions.js';
import { largest } from './extremes.js';

const FEWEST_SPREAD_SHARE = 0.6;
const WIDE_GAP = 2;
/** No report's table is longer; longer ones are not worth the search for columns. */
const MOST_LINES = 2_000;
/** One row alone lines up with nothing. */
const FEWEST_ROWS_TO_ALIGN = 2;
/** Rows of at least so many columns show by position which of their cells are blank. */
const FEWEST_COLUMNS_FOR_BLANKS = 5;

interface Row {
  readonly order: number;
  readonly labels: readonly DraftCell[];
  readonly values: readonly { readonly token: Token; readonly column: number }[];
  /** Columns of values, from the left, that its label reaches over: the row stands further right than the others. */
  readonly covered: number;
}

type Placed = Pick<Row, 'values' | 'covered'>;

/**
 * Text laid out in columns with spaces (pdftotext -layout, text browsers, tabulate): labels may run over several lines
 * beside one line of values, columns may move from page to page. Written for character grids: unlike words on a PDF page
 * these have no heights or fonts, their columns are whole numbers that shift with the width of the characters before
 * them. Pages whose columns cannot be matched become tables of their own; empty where the lines are not spread out.
 */
export function readLayoutTables(
  lines: readonly Line[],
  region: Region,
  isSkipped: (at: number) => boolean,
): DraftTable[] {
  const used = new Map<Line, number>();
  for (let at = region.from; at < region.to; at++) {
    const line = lines[at];
    if (line !== undefined && !isSkipped(at)) used.set(line, at);
  }
  const printed = layoutLines([...used.keys()]);
  if (printed.length > MOST_LINES || !isSpread(printed)) return [];
  const groups = groupPages(splitPages(printed));
  const starts = groups.map((group, index) =>
    index === 0 ? region.from : (used.get(group.pages[0]?.[0]?.line ?? NO_LINE) ?? region.from),
  );
  return groups.map((group, index) =>
    toDraft(group, starts[index] ?? region.from, starts[index + 1] ?? region.to),
  );
}

const NO_LINE: Line = { text: '', start: 0, afterPageBreak: false };

/** Values stand apart by wide gaps in most lines that hold some. */
function isSpread(printed: readonly LayoutLine[]): boolean {
  const rows = printed.filter((line) => line.values.length > 0);
  const spread = rows.filter((line) => {
    const tokens = [...line.labels, ...line.values];
    return (
      tokens.length > 1 &&
      tokens.some((token, index) => index > 0 && token.left - (tokens[index - 1]?.right ?? 0) >= WIDE_GAP)
    );
  });
  return rows.length > 0 && spread.length >= rows.length * FEWEST_SPREAD_SHARE;
}

/** Pages that share the columns `reference`; null columns where positions say nothing sure. */
interface PageGroup {
  readonly pages: readonly (readonly LayoutLine[])[];
  readonly rows: readonly Row[];
  readonly reference: Columns | null;
}

function groupPages(pages: readonly (readonly LayoutLine[])[]): PageGroup[] {
  const reference = widest(pages.map(findColumns));
  const together = pages.map((page) => placePage(page, reference));
  if (together.every((rows) => rows !== null))
    return [{ pages, rows: together.flatMap((rows) => rows ?? []), reference }];
  return pages.map((page) => {
    const columns = findColumns(page);
    const rows = columns.length < reference.length && !hasHeads(page) ? null : placePage(page, columns);
    return rows === null
      ? { pages: [page], rows: orderedPage(page), reference: null }
      : { pages: [page], rows, reference: columns };
  });
}

/** Column heads are printed on this page, so that a column without values still counts. */
function hasHeads(page: readonly LayoutLine[]): boolean {
  const edge = labelEdge(page);
  return page.some((line) => line.values.length === 0 && line.labels.some((token) => token.left >= edge));
}

function toDraft(group: PageGroup, from: number, to: number): DraftTable {
  const { rows, reference } = group;
  const depth = largest(
    rows.map((row) => row.labels.length),
    0,
  );
  const cells = rows.map((row) =>
    reference === null ? orderedCells(row) : alignedCells(row, depth, reference),
  );
  const geometry = reference === null ? 'ordered' : 'aligned';
  return { geometry, rows: cells, confidence: CONFIDENCE[geometry], from, to, syntax: 'layout' };
}

/**
 * Only blank cells, and no label: what a converter that sorts by position makes of blank cells set a little lower than
 * the values beside them. Their places in the row above are not to be trusted.
 */
function isBlankRow(line: LayoutLine): boolean {
  return (
    line.labels.length === 0 && line.values.length > 0 && line.values.every((value) => value.text === '')
  );
}

function splitPages(lines: readonly LayoutLine[]): LayoutLine[][] {
  const pages: LayoutLine[][] = [];
  for (const line of lines) (pages[line.page] ??= []).push(line);
  return pages.filter((page) => page !== undefined);
}

function widest(columns: readonly Columns[]): Columns {
  return columns.reduce((best, other) => (other.length > best.length ? other : best), []);
}

/** Rows of one page with the table's columns; null where they cannot be told. */
function placePage(page: readonly LayoutLine[], reference: Columns): Row[] | null {
  const columns = findColumns(page);
  if (page.filter((line) => line.values.length > 0).length < FEWEST_ROWS_TO_ALIGN && columns.length > 1)
    return null;
  if (!isCoherent(page, columns) || page.some(isBlankRow)) return null;
  const match = matchColumns(columns, reference);
  if (match === null) return null;
  let isSure = true;
  const rows = pageRows(page, ({ values, labels }) => {
    const places = placeValues(values, columns);
    if (places === null) isSure = false;
    const right = values.length < columns.length ? (labels.at(-1)?.right ?? 0) : 0;
    const last = columns.findLastIndex((centre) => centre < right);
    return {
      values: values.map((token, index) => ({ token, column: match[places?.[index] ?? index] ?? index })),
      covered: last < 0 ? 0 : (match[last] ?? last) + 1,
    };
  });
  return isSure ? rows : null;
}

function orderedPage(page: readonly LayoutLine[]): Row[] {
  return pageRows(page, ({ values }) => ({
    values: values.map((token, column) => ({ token, column })),
    covered: 0,
  }));
}

/** A row for every line with values, one for every line of heads, one for labels that stand beside no values. */
function pageRows(page: readonly LayoutLine[], place: (line: LayoutLine) => Placed): Row[] {
  const edge = labelEdge(page);
  const labels = assembleLabels(page, edge);
  const rows: Row[] = [];
  for (const line of page) {
    if (line.values.length > 0) {
      const own = labels.filter((label) => label.row === line.order);
      rows.push({ order: line.order, labels: byDepth(own), ...place(line) });
    }
    const heads = line.values.length > 0 ? [] : line.labels.filter((token) => token.left >= edge);
    if (heads.length > 0) rows.push({ order: line.order, covered: 0, ...placeHeads(heads, page) });
  }
  for (const label of labels) {
    if (label.row === null)
      rows.push({
        order: (label.parts[0]?.line ?? 0) - 0.5,
        labels: [joinPieces(label.parts)],
        values: [],
        covered: 0,
      });
  }
  return rows.sort((a, b) => a.order - b.order);
}

function byDepth(labels: readonly LayoutLabel[]): DraftCell[] {
  return [...labels].sort((a, b) => b.depth - a.depth).map((label) => joinPieces(label.parts));
}

/**
 * Heads stand over the columns whose centres they cover. One that covers none heads a column without values, which is not
 * among the columns, where its neighbours cover theirs; where none covers any, they are captions over everything.
 */
function placeHeads(heads: readonly Token[], page: readonly LayoutLine[]): Pick<Row, 'labels' | 'values'> {
  const columns = findColumns(page);
  const placed = heads.map((token) => ({
    token,
    column: columns.findIndex((centre) => centre >= token.left - 1 && centre <= token.right + 1),
  }));
  const values = placed.filter(({ column }) => column >= 0);
  if (values.length === 0) return { labels: [], values: placed.map(({ token }) => ({ token, column: 0 })) };
  return { labels: placed.filter(({ column }) => column < 0).map(({ token }) => token), values };
}

/** Cells as they stand; heads over no column of values count among the labels and may stand between the others. */
function orderedCells(row: Row): DraftCell[] {
  const values = row.values.map(({ token }) => token);
  const isHeads = values.every(({ kind }) => kind === 'label');
  return isHeads ? [...row.labels, ...values].sort((a, b) => a.start - b.start) : [...row.labels, ...values];
}

/** Labels right-aligned before the values; blank cells where a wide row prints nothing and its label does not reach. */
function alignedCells(row: Row, depth: number, reference: Columns): DraftCell[] {
  const at = (column: number): NonNullable<DraftCell['place']> => ({ column, rowSpan: 1, columnSpan: 1 });
  const labels = row.labels.map((label, index): DraftCell => ({
    ...label,
    place: at(depth - row.labels.length + index + row.covered),
  }));
  const taken = new Set<number>();
  const values = row.values.flatMap(({ token, column }): DraftCell[] => {
    if (taken.has(column) && token.kind === 'label') return [];
    taken.add(column);
    return [{ text: token.text, start: token.start, end: token.end, place: at(depth + column) }];
  });
  const hasValues = row.values.some(({ token }) => token.kind === 'value');
  const end = row.values.at(-1)?.token.end ?? 0;
  const blanks =
    hasValues && reference.length >= FEWEST_COLUMNS_FOR_BLANKS
      ? reference.map((_, column) => column).filter((column) => column >= row.covered && !taken.has(column))
      : [];
  const filled = blanks.map((column): DraftCell => ({
    text: '',
    start: end,
    end,
    place: at(depth + column),
  }));
  return [...labels, ...values, ...filled].sort((a, b) => (a.place?.column ?? 0) - (b.place?.column ?? 0));
}
