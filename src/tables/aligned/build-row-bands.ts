import { unionBox } from '../../model/geometry.js';
import { compareCells, type PageCell, type PageTable } from '../page-table.js';
import { cutAtColumns } from './cut-at-columns.js';
import { columnBorders, columnsOf, countCollisions, inferColumns } from './infer-columns.js';
import { type Anchor, findFirstValueColumn, type PlacedPiece } from './infer-rows.js';
import { buildBlocks, type LabelBlock } from './label-blocks.js';
import { isValue, middleY, type PieceLine } from './piece.js';
import { type DraftCell, placeBody } from './place-cells.js';

/** Confidence where the rows are drawn and the columns are inferred. */
const ROWS_DRAWN_CONFIDENCE = 0.85;

/**
 * The cells of a table whose rows are ruled and whose columns are not; null where a row holds values below each other,
 * or two pieces of one line would share a column, so that the rows or columns are not these. `drawn` gives the borders
 * of the rows, `found` the text.
 */
export function buildRowBands(drawn: PageTable, found: readonly PieceLine[]): PageTable | null {
  const columns = inferColumns(found);
  if (columns.length < 2) return null;
  const lines = cutAtColumns(found, columns);
  if (countCollisions(lines, columns) > 0) return null;
  const byLine = lines.map((line) =>
    line.pieces.map((piece) => ({ piece, range: columnsOf(piece, columns) })),
  );
  const firstValueColumn = findFirstValueColumn(byLine, columns.length);
  const { anchors, groups } = assignToBands(byLine.flat(), drawn.rows, firstValueColumn - 1);
  if (anchors.some(hasStackedValues)) return null;
  const drafts = placeBody({ anchors, groups, alignment: 'centred' }, columns, firstValueColumn, 0);
  const borders = columnBorders(columns);
  const cells = fillBands(drafts, drawn.rows, borders);
  return (
    cells && { ...drawn, geometry: 'aligned', confidence: ROWS_DRAWN_CONFIDENCE, columns: borders, cells }
  );
}

/** Text by the band its middle lies in; labels left of a row's own label belong to groups of rows. */
function assignToBands(
  placed: readonly PlacedPiece[],
  borders: readonly number[],
  leaf: number,
): { anchors: Anchor[]; groups: LabelBlock[] } {
  const anchors = borders
    .slice(1)
    .map((bottom, i): Anchor => ({ top: borders[i] ?? 0, bottom, members: [] }));
  const bandOf = (y: number): Anchor | undefined => anchors.find((band) => y >= band.top && y < band.bottom);
  const left: PlacedPiece[] = [];
  for (const one of placed) {
    if (one.range.to >= leaf) bandOf(middleY(one.piece))?.members.push(one);
    else left.push(one);
  }
  const groups: LabelBlock[] = [];
  for (const block of buildBlocks(left)) {
    const band = bandOf((block.top + block.bottom) / 2);
    if (!band || band.members.some(({ range }) => range.to === leaf)) groups.push(block);
    else band.members.push(...block.lines);
  }
  return { anchors, groups };
}

function hasStackedValues(row: Anchor): boolean {
  const columns = row.members.filter(({ piece }) => isValue(piece)).map(({ range }) => range.from);
  return new Set(columns).size < columns.length;
}

/** A cell for every place; null where two cells claim one. */
function fillBands(
  drafts: readonly DraftCell[],
  rows: readonly number[],
  columns: readonly number[],
): PageCell[] | null {
  const taken = rows.slice(1).map(() => new Set<number>());
  const cells: PageCell[] = [];
  for (const draft of drafts) {
    for (let row = draft.rowFrom; row <= draft.rowTo; row++) {
      for (let column = draft.columns.from; column <= draft.columns.to; column++) {
        if (taken[row]?.has(column)) return null;
        taken[row]?.add(column);
      }
    }
    cells.push(toCell(draft, rows, columns));
  }
  for (const [row, places] of taken.entries()) {
    for (let column = 0; column + 1 < columns.length; column++) {
      if (places.has(column)) continue;
      cells.push(
        toCell({ lines: [], rowFrom: row, rowTo: row, columns: { from: column, to: column } }, rows, columns),
      );
    }
  }
  return cells.sort(compareCells);
}

function toCell(draft: DraftCell, rows: readonly number[], columns: readonly number[]): PageCell {
  const slot = {
    left: columns[draft.columns.from] ?? 0,
    top: rows[draft.rowFrom] ?? 0,
    right: columns[draft.columns.to + 1] ?? 0,
    bottom: rows[draft.rowTo + 1] ?? 0,
  };
  const lines = draft.lines.map((piece) => piece.line);
  return {
    rowIndex: draft.rowFrom,
    columnIndex: draft.columns.from,
    rowSpan: draft.rowTo - draft.rowFrom + 1,
    columnSpan: draft.columns.to - draft.columns.from + 1,
    lines,
    box: unionBox([slot, ...lines.map((line) => line.box)]),
  };
}
