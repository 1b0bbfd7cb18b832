import type { CellDefinition } from '../word-tables/assemble-paragraphs.js';
import type { VerticalMerge } from '../word-tables/build-row-table.js';
import { operandNumber, SPRM, viewOf, type PropertyModifier } from './property-modifiers.js';

const CELL_FLAGS_BYTES = 20;

/** Applies a row mark's table changes in order: definition, inserted, deleted and merged cells, widths. */
export function readRowDefinition(modifiers: readonly PropertyModifier[]): CellDefinition[] {
  let cells: CellDefinition[] = [];
  for (const { code, operand } of modifiers) {
    const change = CHANGES[code];
    if (change && operand.length > 0) cells = change(cells, operand);
  }
  return cells;
}

type Change = (cells: CellDefinition[], operand: Uint8Array) => CellDefinition[];

const CHANGES: Readonly<Record<number, Change>> = {
  [SPRM.tableDefinition]: (_, operand) => defineCells(operand),
  [SPRM.verticalMerge]: (cells, operand) =>
    cells.map((cell, i) => (i === operand[0] ? { ...cell, vertical: verticalMerge(operand[1] ?? 0) } : cell)),
  [SPRM.mergeCells]: (cells, operand) =>
    cells.map((cell, i) =>
      isInRange(i, operand) ? { ...cell, horizontal: i === operand[0] ? 1 : 2 } : cell,
    ),
  [SPRM.splitCells]: (cells, operand) =>
    cells.map((cell, i) => (isInRange(i, operand) ? { ...cell, horizontal: 0 } : cell)),
  [SPRM.deleteCells]: (cells, operand) => cells.filter((_, i) => !isInRange(i, operand)),
  [SPRM.insertCells]: (cells, operand) => insertCells(cells, operand),
  [SPRM.columnWidth]: (cells, operand) => setWidths(cells, operand),
};

/** ItcFirstLim ([MS-DOC] 2.9.131): first cell, and the one behind the last. */
function isInRange(index: number, operand: Uint8Array): boolean {
  return index >= (operand[0] ?? 0) && index < (operand[1] ?? 0);
}

/** TDefTableOperand ([MS-DOC] 2.9.321): count, one edge more than cells, then flags for as many cells as are given. */
function defineCells(operand: Uint8Array): CellDefinition[] {
  const view = viewOf(operand);
  const count = view.getUint8(0);
  const flagsAt = 1 + 2 * (count + 1);
  if (flagsAt > operand.length) return [];
  return Array.from({ length: count }, (_, i) => {
    const at = flagsAt + CELL_FLAGS_BYTES * i;
    const flags = at + 2 <= operand.length ? view.getUint16(at, true) : 0;
    return {
      left: view.getInt16(1 + 2 * i, true),
      right: view.getInt16(3 + 2 * i, true),
      vertical: verticalMerge((flags >> 5) & 3),
      horizontal: flags & 3,
    };
  });
}

/** VerticalMergeFlag ([MS-DOC] 2.9.342): bit 0 merged, bit 1 the first of the merged cells. */
function verticalMerge(flag: number): VerticalMerge {
  if ((flag & 1) === 0) return 'none';
  return (flag & 2) !== 0 ? 'start' : 'continue';
}

/** TInsertOperand ([MS-DOC] 2.9.322): where, how many, how wide. */
function insertCells(cells: CellDefinition[], operand: Uint8Array): CellDefinition[] {
  const first = operand[0] ?? 0;
  const count = operand[1] ?? 0;
  const width = operandNumber(operand.subarray(2));
  const start = cells[first]?.left ?? cells.at(-1)?.right ?? 0;
  const inserted = Array.from({ length: count }, (_, i): CellDefinition => {
    return { left: start + i * width, right: start + (i + 1) * width, vertical: 'none', horizontal: 0 };
  });
  return [...cells.slice(0, first), ...inserted, ...shift(cells.slice(first), count * width)];
}

/** TDxaColOperand ([MS-DOC] 2.9.323): a new width for a range of cells; those behind move. */
function setWidths(cells: CellDefinition[], operand: Uint8Array): CellDefinition[] {
  const width = operandNumber(operand.subarray(2));
  let edge = cells[0]?.left ?? 0;
  return cells.map((cell, i) => {
    const left = edge;
    edge += isInRange(i, operand) ? width : cell.right - cell.left;
    return { ...cell, left, right: edge };
  });
}

function shift(cells: readonly CellDefinition[], by: number): CellDefinition[] {
  return cells.map((cell) => ({ ...cell, left: cell.left + by, right: cell.right + by }));
}
