import type { PageCell, PageTable } from './page-table.js';

/**
 * A table without rows and columns too narrow for text, whose own cells are all blank: the space between the boxes of
 * cells that are drawn apart from each other, and borders drawn twice. `narrowest` in points.
 */
export function dropSlivers(table: PageTable, narrowest: number): PageTable {
  const columns = sliversOf(table.columns, narrowest, table.cells, (cell) => [
    cell.columnIndex,
    cell.columnSpan,
  ]);
  const rows = sliversOf(table.rows, narrowest, table.cells, (cell) => [cell.rowIndex, cell.rowSpan]);
  if (columns.size === 0 && rows.size === 0) return table;
  const cells = table.cells.flatMap((cell): PageCell[] => {
    const across = without(cell.columnIndex, cell.columnSpan, columns);
    const down = without(cell.rowIndex, cell.rowSpan, rows);
    if (across.span === 0 || down.span === 0) return [];
    return [
      {
        ...cell,
        columnIndex: across.index,
        columnSpan: across.span,
        rowIndex: down.index,
        rowSpan: down.span,
      },
    ];
  });
  const kept = { rows: keepBorders(table.rows, rows), columns: keepBorders(table.columns, columns) };
  const box = {
    left: kept.columns[0] ?? 0,
    top: kept.rows[0] ?? 0,
    right: kept.columns.at(-1) ?? 0,
    bottom: kept.rows.at(-1) ?? 0,
  };
  return { ...table, ...kept, box, cells };
}

/** Slots that are too narrow and hold text of no cell of their own. */
function sliversOf(
  borders: readonly number[],
  narrowest: number,
  cells: readonly PageCell[],
  placeOf: (cell: PageCell) => readonly [index: number, span: number],
): Set<number> {
  const slivers = new Set<number>();
  for (let i = 0; i + 1 < borders.length; i++) {
    if ((borders[i + 1] ?? 0) - (borders[i] ?? 0) < narrowest) slivers.add(i);
  }
  if (slivers.size === 0 || slivers.size === borders.length - 1) return new Set();
  for (const cell of cells) {
    const [index, span] = placeOf(cell);
    if (cell.lines.length > 0 && without(index, span, slivers).span === 0) slivers.delete(index);
  }
  return slivers;
}

function without(index: number, span: number, gone: ReadonlySet<number>): { index: number; span: number } {
  let [before, inside] = [0, 0];
  for (const one of gone) {
    if (one < index) before++;
    else if (one < index + span) inside++;
  }
  return { index: index - before, span: span - inside };
}

/** Each slot that stays keeps its first border; the last of them its second one too. */
function keepBorders(borders: readonly number[], gone: ReadonlySet<number>): number[] {
  const kept = borders.slice(1).flatMap((_, i) => (gone.has(i) ? [] : [i]));
  return [...kept.map((i) => borders[i] ?? 0), borders[(kept.at(-1) ?? 0) + 1] ?? 0];
}
