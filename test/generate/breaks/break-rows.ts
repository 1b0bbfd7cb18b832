import type { Random } from '../random.js';
import { heightOf, type LayoutCell, type LayoutTable, mapTables, widthOf } from '../report.js';
import {
  blank,
  type Break,
  cellsOfRow,
  firstValueColumn,
  headRows,
  insertRows,
  mapCells,
  removeColumn,
  someValueRows,
} from './break.js';

/** Whole rows, labels and all, begin one or two columns late. */
const shiftRows: Break = {
  name: 'shift-rows',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = someValueRows(table, random.pick([0.05, 0.3]), random);
      const by = random.int(1, 2);
      return [pushRight(table, rows, by)];
    }),
};

function pushRight(table: LayoutTable, rows: ReadonlySet<number>, by: number): LayoutTable {
  const filled = [...rows].flatMap((row) => {
    const first = cellsOfRow(table, row)[0]?.column ?? 0;
    return Array.from({ length: by }, (_, i) => blank(row, first + i));
  });
  const moved = mapCells(table, (cell) =>
    rows.has(cell.row) ? { ...cell, column: cell.column + by, rowSpan: 1 } : cell,
  );
  return { ...moved, cells: [...moved.cells, ...filled] };
}

/** Empty cells behind the last column, on some or all rows. */
const trailingCells: Break = {
  name: 'trailing-cells',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const width = widthOf(table);
      const share = random.pick([0.2, 1]);
      const rows = Array.from({ length: heightOf(table) }, (_, row) => row).filter(() =>
        random.chance(share),
      );
      const count = random.int(1, 3);
      const more = rows.flatMap((row) => Array.from({ length: count }, (_, i) => blank(row, width + i)));
      return [{ ...table, cells: [...table.cells, ...more] }];
    }),
};

/** The numbers of some rows stand on the line below their label. */
const valuesOnNextLine: Break = {
  name: 'values-on-next-line',
  apply: (report, random) =>
    mapTables(report, (table) => {
      if (table.id === 'review_and_litigation') return [table];
      const rows = [...someValueRows(table, random.pick([0.1, 0.6, 1]), random)].sort((a, b) => b - a);
      const atLeft = random.pick([0, 1, firstValueColumn(table)]);
      return [rows.reduce((current, row) => dropValues(current, row, atLeft), table)];
    }),
};

function dropValues(table: LayoutTable, row: number, atLeft: number): LayoutTable {
  const first = firstValueColumn(table);
  // Moved to the left, a row that starts with a blank would stand under other heads, and nobody could tell.
  const isBlankFirst =
    cellsOfRow(table, row)
      .find((cell) => cell.role === 'value')
      ?.text.trim() === '';
  const column = isBlankFirst ? first : atLeft;
  const grown = insertRows(table, row + 1, 1);
  const cells = grown.cells.flatMap((cell): LayoutCell[] => {
    if (cell.row !== row) return [cell];
    if (cell.role === 'unit') return [cell];
    if (cell.role !== 'value') return [cell];
    return [
      { ...cell, row: row + 1, column: cell.column - first + column },
      { ...blank(row, cell.column), columnSpan: cell.columnSpan },
    ];
  });
  return { ...grown, cells };
}

/** A row with more cells than columns: zeros or blanks behind its last number (copied from a wider table). */
const tooManyCells: Break = {
  name: 'too-many-cells',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = someValueRows(table, 0.06, random);
      const width = widthOf(table);
      const more = [...rows].flatMap((row) => {
        const text = random.pick(['0', '', '0']);
        return Array.from({ length: random.int(1, 5) }, (_, i): LayoutCell => ({
          ...blank(row, width + i),
          text,
        }));
      });
      return [{ ...table, cells: [...table.cells, ...more] }];
    }),
};

/** A row with a cell too few: one zero or blank is left out, the rest moves up. */
const tooFewCells: Break = {
  name: 'too-few-cells',
  apply: (report, random) =>
    mapTables(report, (table) => {
      if (table.id === 'disclosure' || table.id === 'statistics') return [table];
      const rows = someValueRows(table, 0.08, random);
      return [[...rows].reduce((current, row) => dropOneCell(current, row, random), table)];
    }),
};

function dropOneCell(table: LayoutTable, row: number, random: Random): LayoutTable {
  const empty = cellsOfRow(table, row).filter(
    (cell) => cell.role === 'value' && !/[1-9１-９]/.test(cell.text),
  );
  if (empty.length === 0) return table;
  const gone = random.pick(empty);
  return mapCells(table, (cell) => {
    if (cell === gone) return [];
    return cell.row === row && cell.column > gone.column ? { ...cell, column: cell.column - 1 } : cell;
  });
}

/** A column of table three or four is missing, with its head or without. */
const loseColumn: Break = {
  name: 'lose-column',
  apply: (report, random) =>
    mapTables(report, (table) => {
      if (table.id === 'disclosure' || table.id === 'statistics') return [table];
      const first = firstValueColumn(table);
      const column = random.int(first, widthOf(table) - 1);
      if (random.chance(0.5)) return [removeColumn(table, column)];
      const heads = headRows(table);
      return [
        mapCells(table, (cell) => {
          if (cell.row < heads || cell.column < column) return cell;
          return cell.column === column ? [] : { ...cell, column: cell.column - 1 };
        }),
      ];
    }),
};

/** Rows of nothing between the others. */
const emptyRows: Break = {
  name: 'empty-rows',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = [...someValueRows(table, random.pick([0.1, 0.5]), random)].sort((a, b) => b - a);
      return [rows.reduce((current, row) => addEmptyRow(current, row), table)];
    }),
};

function addEmptyRow(table: LayoutTable, row: number): LayoutTable {
  const width = widthOf(table);
  const grown = insertRows(table, row, 1);
  const taken = new Set<number>();
  for (const cell of grown.cells) {
    if (cell.row > row || cell.row + cell.rowSpan <= row) continue;
    for (let i = 0; i < cell.columnSpan; i++) taken.add(cell.column + i);
  }
  const blanks = Array.from({ length: width }, (_, column) => column)
    .filter((column) => !taken.has(column))
    .map((column) => blank(row, column));
  return { ...grown, cells: [...grown.cells, ...blanks] };
}

export const ROW_BREAKS: readonly Break[] = [
  shiftRows,
  trailingCells,
  valuesOnNextLine,
  tooManyCells,
  tooFewCells,
  loseColumn,
  emptyRows,
];
