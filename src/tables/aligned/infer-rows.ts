import { type Column, type ColumnRange, columnsOf } from './infer-columns.js';
import { isValue, median, middleY, type Piece, type PieceLine } from './piece.js';

/** A piece of text with the columns it touches. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly range: ColumnRange;
}

/** A row as the text right of its label shows it: its height, and the pieces on it. */
export interface Anchor {
  top: number;
  bottom: number;
  readonly members: PlacedPiece[];
}

/** Pieces of a region by the part they play. */
export interface RegionParts {
  /** Index of the first column right of the labels. */
  readonly firstValueColumn: number;
  /** Everything above the first row with values. */
  readonly head: readonly PlacedPiece[];
  /** Rows from the first one with values on, top to bottom. */
  readonly anchors: readonly Anchor[];
  /** Pieces of labels that belong to rows still to be told. */
  readonly labels: readonly PlacedPiece[];
  /** Usual distance of two rows. */
  readonly pitch: number;
}

/** A column where at least this share of the pieces are values holds values. */
const VALUE_SHARE = 0.35;
/** Pieces overlap a row by this share of the smaller height to stand on it. */
const SAME_ROW_OVERLAP = 0.5;
/** A wrapped value stands nearer to its row than this share of the usual distance of rows. */
const ABSORB_SHARE = 0.62;
/** … and within this distance (em), which is half of three lines. */
const WRAP_EM = 1.6;
/** So many rows level with their labels tell how far rows are apart: lines of wrapped values stand between them. */
const FEWEST_LABELLED = 4;
/** A label and a value stand on one row where their heights differ by less than this (em). */
const LEVEL_EM = 0.3;
/** Lines of a wrapped value stand as far above as below its row within this distance (em): digits stand higher than units. */
const COUNTERPART_EM = 0.5;
/** A wrapped value's second line is its unit, which has at most so many characters. */
const LONGEST_UNIT = 3;
/** A label's first line stands at most this share of a row above the values when it is centred beside them. */
const LABEL_ABOVE_SHARE = 0.6;

/** Tells labels, head and rows of a region apart. */
export function splitRegion(lines: readonly PieceLine[], columns: readonly Column[]): RegionParts {
  const byLine = lines.map((line) =>
    line.pieces.map((piece) => ({ piece, range: columnsOf(piece, columns) })),
  );
  const placed = byLine.flat();
  const firstValueColumn = findFirstValueColumn(byLine, columns.length);
  const beside = placed.filter(({ range }) => range.to >= firstValueColumn);
  const firstValue = beside.find(({ piece, range }) => isValue(piece) && range.from >= firstValueColumn);
  const start = firstValue ? firstValue.piece.top : -Infinity;
  const isBody = ({ piece }: PlacedPiece): boolean => middleY(piece) >= start;
  const all = groupIntoRows(beside.filter(isBody));
  const labels = placed.filter(({ range }) => range.to < firstValueColumn);
  const labelled = all.filter((anchor) => hasLabel(anchor, labels));
  const pitch = usualPitch(labelled.length >= FEWEST_LABELLED ? labelled : all);
  const anchors = absorbWraps(all, labels, pitch);
  const reach = LABEL_ABOVE_SHARE * Math.min(pitch, 2.4 * (firstValue?.piece.size ?? 0));
  const isLabelOfBody = ({ piece }: PlacedPiece): boolean => middleY(piece) >= start - reach + piece.size / 2;
  return {
    firstValueColumn,
    head: [...beside.filter((one) => !isBody(one)), ...labels.filter((one) => !isLabelOfBody(one))],
    anchors,
    labels: labels.filter(isLabelOfBody),
    pitch,
  };
}

/** Captions between the rows stand alone on their lines and say nothing about the column below them. */
export function findFirstValueColumn(
  byLine: readonly (readonly PlacedPiece[])[],
  columnCount: number,
): number {
  const placed = byLine.filter((pieces) => pieces.length > 1).flat();
  for (let column = 1; column < columnCount; column++) {
    const own = placed.filter(({ range }) => range.from === column && range.to === column);
    const values = own.filter(({ piece }) => isValue(piece));
    if (values.length > 0 && values.length >= VALUE_SHARE * own.length)
      return wordiestColumn(byLine.flat(), column) + 1;
  }
  return Math.min(1, columnCount - 1);
}

/** The column with most text left of the values holds the rows' labels; units may stand between it and the values. */
function wordiestColumn(placed: readonly PlacedPiece[], end: number): number {
  const lengths = new Array<number>(end).fill(0);
  for (const { piece, range } of placed) {
    if (range.to < end) lengths[range.to] = (lengths[range.to] ?? 0) + piece.line.text.length;
  }
  return lengths.indexOf(Math.max(...lengths));
}

/** Pieces that stand at one height, from top to bottom. */
export function groupIntoRows(placed: readonly PlacedPiece[]): Anchor[] {
  const anchors: Anchor[] = [];
  for (const one of [...placed].sort((a, b) => middleY(a.piece) - middleY(b.piece))) {
    const { top, bottom } = one.piece;
    const last = anchors.at(-1);
    const shared = last ? Math.min(last.bottom, bottom) - Math.max(last.top, top) : 0;
    if (last && shared >= SAME_ROW_OVERLAP * Math.min(last.bottom - last.top, bottom - top))
      last.members.push(one);
    else anchors.push({ top, bottom, members: [one] });
  }
  return anchors;
}

function usualPitch(anchors: readonly Anchor[]): number {
  const most = Math.max(...anchors.map((anchor) => anchor.members.length));
  const full = anchors.filter((anchor) => anchor.members.length >= most / 2);
  const distances = full.slice(1).map((anchor, i) => middleY(anchor) - middleY(full[i] ?? anchor));
  return median(distances) || 2 * ((anchors[0]?.bottom ?? 0) - (anchors[0]?.top ?? 0));
}

/** Lines of wrapped values (0 / 件) stand above and below the row's middle: they go to the row beside them. */
function absorbWraps(anchors: readonly Anchor[], labels: readonly PlacedPiece[], pitch: number): Anchor[] {
  const isWrap = anchors.map((anchor, i) => {
    const isLabelled = hasLabel(anchor, labels);
    return [i - 1, i + 1, i - 2, i + 2].some((k) => {
      const host = anchors[k];
      if (!host || !isWrapOf(anchor, host, pitch)) return false;
      return !isLabelled || hasLabel(host, labels) || hasCounterpart(anchor, host, anchors);
    });
  });
  const kept = anchors.filter((_, i) => !isWrap[i]);
  for (const wrap of anchors.filter((_, i) => isWrap[i]))
    nearestAnchor(kept, middleY(wrap))?.members.push(...wrap.members);
  return kept;
}

/** A wrapped value stands around the middle of its row: one line above it, one below. */
function hasCounterpart(anchor: Anchor, host: Anchor, anchors: readonly Anchor[]): boolean {
  const mirrored = 2 * middleY(host) - middleY(anchor);
  const taken = new Set(anchor.members.map(({ range }) => range.from));
  return anchors.some((other) => {
    const size = other.members[0]?.piece.size ?? 0;
    if (other === anchor || Math.abs(middleY(other) - mirrored) > COUNTERPART_EM * size) return false;
    return other.members.some(({ range }) => taken.has(range.from));
  });
}

function hasLabel(anchor: Anchor, labels: readonly PlacedPiece[]): boolean {
  return labels.some(({ piece }) => Math.abs(middleY(anchor) - middleY(piece)) < LEVEL_EM * piece.size);
}

function isWrapOf(anchor: Anchor, host: Anchor, pitch: number): boolean {
  const size = Math.max(...anchor.members.map(({ piece }) => piece.size));
  const distance = Math.abs(middleY(anchor) - middleY(host));
  if (distance >= Math.min(ABSORB_SHARE * pitch, WRAP_EM * size)) return false;
  if (anchor.members.length >= host.members.length) return false;
  const taken = new Set(host.members.map(({ range }) => range.from));
  return anchor.members.every(
    ({ piece, range }) =>
      !taken.has(range.from) || (!isValue(piece) && piece.line.text.length <= LONGEST_UNIT),
  );
}

/** The row whose middle is nearest to `y`. */
export function nearestAnchor<T extends { readonly top: number; readonly bottom: number }>(
  anchors: readonly T[],
  y: number,
): T | undefined {
  let best: T | undefined;
  for (const anchor of anchors) {
    if (!best || Math.abs(middleY(anchor) - y) < Math.abs(middleY(best) - y)) best = anchor;
  }
  return best;
}
