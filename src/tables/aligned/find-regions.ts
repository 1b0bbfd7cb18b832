import { fold, numberingOf } from '../../text/fold.js';
import { cutEndValue } from './cut-at-columns.js';
import { isValue, median, middleX, type Piece, type PieceLine } from './piece.js';

/** Consecutive lines that may be a table without ruling lines: indexes `from` to `to`, end exclusive. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** A line of two pieces is tabular where this much (em) is free between them. */
const PAIR_GAP_EM = 1.6;
/** Fewer tabular lines than this are a heading or a signature. */
const FEWEST_LINES = 3;
/** Lines without columns between two tabular ones: wrapped labels, captions, labels of groups. */
const MOST_SINGLE_LINES = 16;
/** … or so many where the lines on both sides are rows of one table: narrow columns break a label after every third character. */
const MOST_LABEL_LINES = 40;
/** White space of more than so many usual gaps, and of more than this (em), ends a region. */
const LARGEST_GAP = { gaps: 3.2, em: 3 } as const;
/** … where the lines on both sides of it are not rows of one table; those may be further apart. */
const LARGEST_ROW_GAP = { gaps: 3.2, em: 5 } as const;
/** A caption or a wrapped label at the rim of a region stands at most this far away. */
const RIM_GAP = { gaps: 1.6, em: 0.9 } as const;
/** A heading inside a region keeps more than this to the line above it. */
const HEADING_GAP = { gaps: 1.3, em: 0.8 } as const;
/** A line wider than this share of the text is prose. */
const PROSE_SHARE = 0.62;
/** A line that starts this close (em) to the left margin may be prose or a heading. */
const MARGIN_EM = 2.6;
/** Cells of one column agree in an edge or in the middle within this (em); so many columns make rows of one table. */
const COLUMN_EM = 0.5;
const FEWEST_COLUMNS = 4;
/** Between a row's values and the first or last line of its labels stand at most so many other ones. */
const LABEL_LINES_BESIDE = 3;
/** Labels of rows that are alike start within this distance (em): those of parts are indented. */
const INDENT_EM = 3;
/** Headings of sections are numbered so. */
const SECTION_NUMBER = /^[一二三四五六七八九十]+、$/;
/** The lines of one label are at most this far (em) apart. */
const TAIL_GAP_EM = 0.5;
/** What such a line is made of. */
const NOTE = /^[\p{Script=Han}（(）)]{2,8}[：:][^：:]{1,24}$/u;
/** Gaps smaller than this (em) say little about what is usual. */
const SMALLEST_GAP_EM = 0.2;

/** The margins of running text, and the usual distance of its lines. */
interface Measure {
  readonly left: number;
  readonly right: number;
}

/** Regions of lines (in reading order, all pages) that are spread out in columns. */
export function findRegions(all: readonly PieceLine[]): Region[] {
  const bands = toBands(all);
  return findBandRegions(bands.map((band) => band.line)).map(({ from, to }) => ({
    from: bands[from]?.from ?? 0,
    to: bands[to - 1]?.to ?? 0,
  }));
}

/** Lines that overlap in height, as one line: a cell of one line stands between the two lines of the cell beside it. */
interface Band extends Region {
  readonly line: PieceLine;
}

function toBands(lines: readonly PieceLine[]): Band[] {
  const bands: Band[] = [];
  for (const [i, line] of lines.entries()) {
    const last = bands.at(-1);
    if (
      last &&
      last.line.pageNumber === line.pageNumber &&
      line.top < last.line.bottom &&
      line.bottom > last.line.top
    ) {
      bands[bands.length - 1] = { from: last.from, to: i + 1, line: joinBand(last.line, line) };
    } else {
      bands.push({ from: i, to: i + 1, line });
    }
  }
  return bands;
}

function joinBand(a: PieceLine, b: PieceLine): PieceLine {
  const pieces: Piece[] = [];
  for (const piece of [...a.pieces, ...b.pieces].sort((x, y) => x.left - y.left)) {
    const last = pieces.at(-1);
    if (last && piece.left < last.right)
      pieces[pieces.length - 1] = { ...last, right: Math.max(last.right, piece.right) };
    else pieces.push(piece);
  }
  return {
    ...a,
    pieces,
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    size: Math.max(a.size, b.size),
  };
}

function findBandRegions(lines: readonly PieceLine[]): Region[] {
  if (lines.length === 0) return [];
  const measure = {
    left: Math.min(...lines.map((line) => line.left)),
    right: Math.max(...lines.map((line) => line.right)),
  };
  const regions: Region[] = [];
  let at = 0;
  while (at < lines.length) {
    if (!isTabular(lines[at]) || isFormNote(lines[at])) {
      at++;
      continue;
    }
    const region = growRegion(lines, at, measure, regions.at(-1)?.to ?? 0);
    const tabular = lines.slice(region.from, region.to).filter(isTabular);
    if (tabular.length >= FEWEST_LINES || isSmallGrid(tabular)) regions.push(region);
    at = region.to;
  }
  return regions;
}

/** A line above a table that says its unit and who filled it in (单位：件  填报人：…): its columns are not the table's. */
function isFormNote(line: PieceLine | undefined): boolean {
  return line?.pieces.every((piece) => NOTE.test(piece.line.text)) === true;
}

/** Two lines of many columns are a table already where one holds values; justified prose has wide gaps too. */
function isSmallGrid(tabular: readonly PieceLine[]): boolean {
  if (tabular.length !== 2 || tabular.some((line) => line.pieces.length < 4)) return false;
  return tabular.some((line) => line.pieces.filter(isValue).length >= line.pieces.length / 2);
}

function isTabular(line: PieceLine | undefined): boolean {
  if (!line) return false;
  if (line.pieces.length >= 3) return true;
  const [first, second] = line.pieces;
  return first !== undefined && second !== undefined && second.left - first.right > PAIR_GAP_EM * line.size;
}

function growRegion(lines: readonly PieceLine[], start: number, measure: Measure, free: number): Region {
  let to = start + 1;
  for (;;) {
    const next = nextTabular(lines, to);
    if (next < 0 || !isBridge(lines, to, next, measure)) break;
    to = next + 1;
  }
  const usual = usualGap(lines.slice(start, to));
  let from = start;
  while (from > free && isRim(lines[from - 1], lines[from], measure, usual)) from--;
  while (to < lines.length && isLowerRim(lines, to, measure, usual)) to++;
  return { from, to };
}

function isLowerRim(lines: readonly PieceLine[], at: number, measure: Measure, usual: number): boolean {
  const [line, inner] = [lines[at], lines[at - 1]];
  if (isLastRow(line, inner, usual) || isLabelTail(lines, at)) return true;
  return isRim(line, inner, measure, usual) && !isAtRight(line, measure);
}

/** The end of the last row's label, below its values: close below, set as the label's other lines, within their column. */
function isLabelTail(lines: readonly PieceLine[], at: number): boolean {
  const [line, inner] = [lines[at], lines[at - 1]];
  const [piece, ...others] = line?.pieces ?? [];
  if (!line || !inner || !piece || others.length > 0 || numberingOf(fold(piece.line.text)) !== '')
    return false;
  const gap = gapBetween(inner, line);
  if (gap === null || gap > TAIL_GAP_EM * line.size || isValue(piece)) return false;
  const row = [inner, lines[at - 2]].find((one) => isTabular(one));
  const cell = row?.pieces.find((one) => isValue(one));
  const label = [inner, lines[at - 2]].map((one) => one?.pieces[0]).find((one) => one && !isValue(one));
  return (
    cell !== undefined &&
    label !== undefined &&
    piece.right < cell.left &&
    isUnder(piece, label, COLUMN_EM * line.size)
  );
}

/** A row whose only value stands so close behind its label that they seem one text: the value is below another piece. */
function isLastRow(line: PieceLine | undefined, inner: PieceLine | undefined, usual: number): boolean {
  const [piece, ...others] = line?.pieces ?? [];
  if (!line || !inner || !piece || others.length > 0) return false;
  const gap = gapBetween(line, inner);
  if (gap === null || isWider(gap, LARGEST_GAP, usual, line.size)) return false;
  const value = cutEndValue(piece)?.[1];
  return value !== undefined && inner.pieces.some((other) => isUnder(value, other, COLUMN_EM * line.size));
}

function nextTabular(lines: readonly PieceLine[], from: number): number {
  for (let i = from; i < Math.min(lines.length, from + MOST_LABEL_LINES + 1); i++)
    if (isTabular(lines[i])) return i;
  return -1;
}

/** True where the lines between two tabular ones can be part of the table. */
function isBridge(lines: readonly PieceLine[], from: number, next: number, measure: Measure): boolean {
  if (areSameRows(lines, from - 1, next, measure))
    return lines.slice(from, next).every((line) => !isProse(line, measure));
  const usual = usualGap(lines.slice(Math.max(0, from - 12), next + 1));
  const isSameTable = isAlike(lines[from - 1], lines[next]);
  if (!isSameTable && next - from > MOST_SINGLE_LINES) return false;
  for (let i = from; i <= next; i++) {
    const [line, before] = [lines[i], lines[i - 1]];
    if (!line || !before) return false;
    const gap = gapBetween(before, line);
    const limit = isSameTable ? LARGEST_ROW_GAP : LARGEST_GAP;
    if (gap !== null && isWider(gap, limit, usual, line.size)) return false;
    if (i === next) continue;
    if (isProse(line, measure) && !(isSameTable && isWideLabel(line, lines[next]))) return false;
    if (isSectionHeading(line, measure) && !(isSameTable && lines[next]?.pieces.some(isValue))) return false;
    if (!isSameTable && isHeading(line, gap, measure, usual)) return false;
  }
  return true;
}

/** True where everything behind the label of the shorter of two lines stands under something on the other. */
function isAlike(above: PieceLine | undefined, below: PieceLine | undefined): boolean {
  if (!above || !below) return false;
  const [few, many] = above.pieces.length < below.pieces.length ? [above, below] : [below, above];
  const [label, ...cells] = few.pieces;
  const [other, ...others] = many.pieces;
  if (!label || !other || cells.length === 0) return false;
  const hasOwn = (cell: Piece): boolean => others.some((one) => isUnder(cell, one, COLUMN_EM * few.size));
  const isIndented = Math.abs(label.left - other.left) <= INDENT_EM * few.size;
  if (cells.length === 1 && !isIndented && !hasOwn(label)) return false;
  return cells.every(hasOwn);
}

/** A wide line keeps to the place of the labels where it ends left of everything behind the label of `row`. */
function isWideLabel(line: PieceLine, row: PieceLine | undefined): boolean {
  const second = row?.pieces[1];
  const label = line.pieces[0];
  return second !== undefined && label !== undefined && label.right < second.left;
}

/** A numbered line at the margin is a row's label where values follow in the columns above it, and a heading otherwise. */
function isSectionHeading(line: PieceLine, measure: Measure): boolean {
  const [only, ...others] = line.pieces;
  if (!only || others.length > 0 || !isAtMargin(line, measure)) return false;
  return SECTION_NUMBER.test(numberingOf(fold(only.line.text)));
}

/** True where two tabular lines, or the lines of values beside them, are rows of one table. */
function areSameRows(lines: readonly PieceLine[], at: number, next: number, measure: Measure): boolean {
  if (isSameRows(lines[at], lines[next])) return true;
  if (lines.slice(at + 1, next).some((line) => isSectionHeading(line, measure))) return false;
  const below = rowsNear(lines, next, 1);
  return rowsNear(lines, at, -1).some((row) => below.some((other) => isSameRows(row, other)));
}

/** A tabular line, and the nearest line of values on from there: labels of groups and rows may stand on lines of their own. */
function rowsNear(lines: readonly PieceLine[], at: number, step: 1 | -1): PieceLine[] {
  const near = Array.from({ length: LABEL_LINES_BESIDE + 1 }, (_, i) => lines[at + i * step]);
  const values = near.find(
    (line) => line !== undefined && line.pieces.filter(isValue).length >= FEWEST_COLUMNS,
  );
  return [near[0], values].filter((line) => line !== undefined);
}

/**
 * True where two lines are rows of one table by their columns: nearly everything in the one stands under something in the
 * other. However far apart they are, what is printed between them are labels, set above and below the middle of a row.
 */
function isSameRows(above: PieceLine | undefined, below: PieceLine | undefined): boolean {
  if (!above || !below) return false;
  const [few, many] = above.pieces.length < below.pieces.length ? [above, below] : [below, above];
  const agreeing = few.pieces.filter((piece) =>
    many.pieces.some((other) => isUnder(piece, other, COLUMN_EM * few.size)),
  ).length;
  return agreeing >= Math.max(FEWEST_COLUMNS, few.pieces.length - 1) && few.pieces.some(isValue);
}

function isUnder(a: Piece, b: Piece, reach: number): boolean {
  return [a.left - b.left, a.right - b.right, middleX(a) - middleX(b)].some(
    (distance) => Math.abs(distance) <= reach,
  );
}

/** White space between two lines, null over a page break. */
function gapBetween(before: PieceLine, line: PieceLine): number | null {
  if (before.pageNumber !== line.pageNumber) return null;
  return Math.max(0, line.top - before.bottom, before.top - line.bottom);
}

/** True where white space is more than both the usual gaps and the size of the text allow. */
function isWider(
  gap: number,
  limit: { readonly gaps: number; readonly em: number },
  usual: number,
  size: number,
): boolean {
  return gap > Math.max(limit.gaps * usual, limit.em * size);
}

function isAtMargin(line: PieceLine, measure: Measure): boolean {
  return line.left < measure.left + MARGIN_EM * line.size;
}

function isWide(line: PieceLine, measure: Measure): boolean {
  return line.right - line.left > PROSE_SHARE * (measure.right - measure.left);
}

function isProse(line: PieceLine, measure: Measure): boolean {
  return isWide(line, measure) && isAtMargin(line, measure);
}

function isHeading(line: PieceLine, gap: number | null, measure: Measure, usual: number): boolean {
  return isAtMargin(line, measure) && (gap === null || isWider(gap, HEADING_GAP, usual, line.size));
}

/** True for a single line at the rim of a region that belongs to it: a caption, a head, the rest of a wrapped cell. */
function isRim(
  line: PieceLine | undefined,
  inner: PieceLine | undefined,
  measure: Measure,
  usual: number,
): boolean {
  if (!line || !inner || line.pieces.length > 1) return false;
  const gap = gapBetween(line, inner);
  if (gap === null || isWider(gap, RIM_GAP, usual, line.size)) return false;
  return !isAtMargin(line, measure) && !isWide(line, measure);
}

/** Signatures and dates stand at the right and below a table, but belong to the text. */
function isAtRight(line: PieceLine | undefined, measure: Measure): boolean {
  return line !== undefined && middleX(line) > measure.left + 0.8 * (measure.right - measure.left);
}

function usualGap(lines: readonly PieceLine[]): number {
  const smallest = SMALLEST_GAP_EM * median(lines.map((line) => line.size));
  const gaps = lines.slice(1).flatMap((line, i) => {
    const before = lines[i];
    const gap = before ? gapBetween(before, line) : null;
    return gap === null ? [] : [gap];
  });
  return Math.max(smallest, median(gaps));
}
