import type { Box } from '../../model/geometry.js';
import { unionBox } from '../../model/geometry.js';
import { compareCells, type PageTable } from '../page-table.js';
import type { StitchedCell, StitchedTable } from '../stitch-pages.js';
import { assignLabels } from './assign-labels.js';
import { buildHead } from './build-head.js';
import { cutAtColumns, cutEndValues } from './cut-at-columns.js';
import { columnBorders, inferColumns } from './infer-columns.js';
import { splitRegion } from './infer-rows.js';
import { isPlausible } from './judge-table.js';
import { isValue, middleY, type PieceLine } from './piece.js';
import { type DraftCell, placeBody, placeHead } from './place-cells.js';

/** A line of more pieces than this is a drawing made of characters: no table that is read has so many columns. */
const MOST_PIECES = 120;
/** What a table read from alignment alone is worth before its cells are judged. */
const ALIGNED_CONFIDENCE = 0.8;

/**
 * The table that lines spread out in columns make, or null where they are no table. Steps: columns from the places of
 * the text, rows from the values, labels to rows (they may wrap), levels of the head, spans from centred text.
 * `given` may come from several pages; their heights grow through all of them.
 */
export function buildAlignedTable(given: readonly PieceLine[]): StitchedTable | null {
  if (given.some((line) => line.pieces.length > MOST_PIECES)) return null;
  const found = cutEndValues(given);
  const columns = inferColumns(found);
  if (columns.length < 2) return null;
  const lines = cutAtColumns(found, columns);
  const parts = splitRegion(lines, columns);
  const head = buildHead(parts.head);
  const labelled = assignLabels(parts.anchors, parts.labels, parts.firstValueColumn - 1);
  const rows = [...head.levels, ...labelled.anchors];
  const body = placeBody(labelled, columns, parts.firstValueColumn, head.levels.length);
  // Two values in one cell would read as one number: then the rows or columns are not these.
  if (body.some((cell) => cell.lines.filter(isValue).length > 1)) return null;
  const drafts = [...placeHead(head, columns), ...body];
  if (!isPlausible(drafts, rows.length, columns.length)) return null;
  const sheet = toSheet(rows, columnBorders(columns), lines);
  const cells = fillGrid(drafts, rows.length, columns.length, sheet);
  if (!cells) return null;
  return { pieces: toPieces(lines, sheet), columns: sheet.columns, rowCount: rows.length, cells };
}

/** Where rows and columns lie, for the boxes of blank cells. */
interface Sheet {
  readonly columns: readonly number[];
  readonly rows: readonly { readonly top: number; readonly bottom: number }[];
  /** Page and the height of its top edge, by row. */
  readonly places: readonly { readonly pageNumber: number; readonly offset: number }[];
}

function toSheet(
  rows: readonly { top: number; bottom: number }[],
  columns: readonly number[],
  lines: readonly PieceLine[],
): Sheet {
  const nearest = nearestByHeight(lines);
  const places = rows.map((row) => {
    const near = nearest(middleY(row));
    const piece = near?.pieces[0];
    return { pageNumber: near?.pageNumber ?? 1, offset: piece ? piece.top - piece.line.box.top : 0 };
  });
  return { columns, rows, places };
}

/** Finds the line whose middle is nearest to a height; of lines that are equally near the first one. */
function nearestByHeight(lines: readonly PieceLine[]): (y: number) => PieceLine | undefined {
  const byHeight = lines.map((line, index) => ({ line, index, y: middleY(line) })).sort((a, b) => a.y - b.y);
  return (y) => {
    let [low, high] = [0, byHeight.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((byHeight[middle]?.y ?? Infinity) < y) low = middle + 1;
      else high = middle;
    }
    const below = byHeight[low];
    const last = byHeight[low - 1];
    // Lines of one height are in their own order: the first of those above is further up the list.
    const above = last && byHeight[firstAtHeight(byHeight, low - 1)];
    if (!above || !below) return (above ?? below)?.line;
    const difference = Math.abs(above.y - y) - Math.abs(below.y - y);
    return (difference < 0 || (difference === 0 && above.index < below.index) ? above : below).line;
  };
}

function firstAtHeight(byHeight: readonly { readonly y: number }[], index: number): number {
  let first = index;
  while (first > 0 && byHeight[first - 1]?.y === byHeight[index]?.y) first--;
  return first;
}

/** One piece for every page the table stands on. */
function toPieces(lines: readonly PieceLine[], sheet: Sheet): PageTable[] {
  const pages = [...new Set(lines.map((line) => line.pageNumber))].sort((a, b) => a - b);
  return pages.map((pageNumber) => {
    const own = lines.filter((line) => line.pageNumber === pageNumber);
    const box = unionBox(own.flatMap((line) => line.pieces.map((piece) => piece.line.box)));
    return {
      pageNumber,
      geometry: 'aligned',
      confidence: ALIGNED_CONFIDENCE,
      box,
      rows: [box.top, box.bottom],
      columns: sheet.columns,
      cells: [],
    };
  });
}

/** Puts the cells into the grid; where two claim a place the later one shrinks, and places left over are blank cells. */
function fillGrid(
  drafts: readonly DraftCell[],
  rowCount: number,
  columnCount: number,
  sheet: Sheet,
): StitchedCell[] | null {
  const taken = Array.from({ length: rowCount }, () => new Array<number>(columnCount).fill(-1));
  const cells: StitchedCell[] = [];
  // Cells of one slot first: they are where their text says, spans are guesses.
  const bySize = drafts.toSorted((a, b) => sizeOf(a) - sizeOf(b) || a.rowFrom - b.rowFrom);
  for (const draft of bySize) {
    const fitted = shrinkToFit(draft, taken);
    if (fitted) {
      claim(taken, fitted, cells.length);
      cells.push(toCell(fitted, sheet));
    } else {
      const index = taken[draft.rowFrom]?.[draft.columns.from] ?? -1;
      const host = cells[index];
      if (!host || draft.lines.some(isValue)) return null;
      cells[index] = { ...host, lines: [...host.lines, ...draft.lines.map((piece) => piece.line)] };
    }
  }
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      if (taken[row]?.[column] !== -1) continue;
      cells.push(
        toCell({ lines: [], rowFrom: row, rowTo: row, columns: { from: column, to: column } }, sheet),
      );
    }
  }
  return cells.sort(compareCells);
}

function sizeOf(draft: DraftCell): number {
  return (draft.rowTo - draft.rowFrom + 1) * (draft.columns.to - draft.columns.from + 1);
}

function isFree(draft: DraftCell, taken: readonly (readonly number[])[]): boolean {
  for (let row = draft.rowFrom; row <= draft.rowTo; row++) {
    for (let column = draft.columns.from; column <= draft.columns.to; column++) {
      if (taken[row]?.[column] !== -1) return false;
    }
  }
  return true;
}

/** The largest part of the claimed rectangle that is free: fewer columns first, then fewer rows. */
function shrinkToFit(draft: DraftCell, taken: readonly (readonly number[])[]): DraftCell | null {
  const middleRow = Math.round((draft.rowFrom + draft.rowTo) / 2);
  const candidates: DraftCell[] = [draft];
  for (let to = draft.columns.to; to >= draft.columns.from; to--) {
    for (let from = draft.columns.from; from <= to; from++)
      candidates.push({ ...draft, columns: { from, to } });
  }
  for (let to = draft.rowTo; to >= draft.rowFrom; to--) {
    candidates.push({ ...draft, rowTo: to, columns: { from: draft.columns.from, to: draft.columns.from } });
  }
  candidates.push({
    ...draft,
    rowFrom: middleRow,
    rowTo: middleRow,
    columns: { from: draft.columns.from, to: draft.columns.from },
  });
  return candidates.find((candidate) => isFree(candidate, taken)) ?? null;
}

function claim(taken: number[][], draft: DraftCell, index: number): void {
  for (let row = draft.rowFrom; row <= draft.rowTo; row++) {
    taken[row]?.fill(index, draft.columns.from, draft.columns.to + 1);
  }
}

function toCell(draft: DraftCell, sheet: Sheet): StitchedCell {
  const slot = slotBox(draft, sheet);
  const first = draft.lines[0];
  const samePage = draft.lines.filter((piece) => piece.pageNumber === first?.pageNumber);
  return {
    rowIndex: draft.rowFrom,
    columnIndex: draft.columns.from,
    rowSpan: draft.rowTo - draft.rowFrom + 1,
    columnSpan: draft.columns.to - draft.columns.from + 1,
    lines: draft.lines.map((piece) => piece.line),
    pageNumber: first?.pageNumber ?? sheet.places[draft.rowFrom]?.pageNumber ?? 1,
    printed: first ? unionBox(samePage.map((piece) => piece.line.box)) : slot,
    box: slot,
  };
}

function slotBox(draft: DraftCell, sheet: Sheet): Box {
  const [first, last] = [sheet.rows[draft.rowFrom], sheet.rows[draft.rowTo]];
  const offset = sheet.places[draft.rowFrom]?.offset ?? 0;
  return {
    left: sheet.columns[draft.columns.from] ?? 0,
    right: sheet.columns[draft.columns.to + 1] ?? 0,
    top: (first?.top ?? 0) - offset,
    bottom: (last?.bottom ?? 0) - offset,
  };
}
