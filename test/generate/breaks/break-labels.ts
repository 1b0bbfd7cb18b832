import { mistype } from '../contents/wording.js';
import { type LayoutCell, type LayoutTable, mapTables } from '../report.js';
import {
  type Break,
  cellsOfRow,
  headRows,
  insertRows,
  mapCells,
  removeColumn,
  sliceRows,
  firstValueColumn,
  someValueRows,
} from './break.js';

/** Labels of some rows are gone, their numbers are there. */
const loseRowLabels: Break = {
  name: 'lose-row-labels',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = someValueRows(table, random.pick([0.1, 0.5, 1]), random);
      return [
        mapCells(table, (cell) =>
          cell.role === 'label' && rows.has(cell.row) ? { ...cell, text: '' } : cell,
        ),
      ];
    }),
};

/** The columns of labels are gone altogether; in table three only the numbers and their heads remain. */
const loseLabelColumns: Break = {
  name: 'lose-label-columns',
  apply: (report) =>
    mapTables(report, (table) => {
      if (table.id === 'review_and_litigation') return [table];
      let bare: LayoutTable = table;
      for (let column = firstValueColumn(table) - 1; column >= 0; column--) bare = removeColumn(bare, column);
      return [bare];
    }),
};

/** No heads: a copy that starts at the first number. */
const loseHeads: Break = {
  name: 'lose-heads',
  apply: (report) => mapTables(report, (table) => [sliceRows(table, headRows(table), Infinity)]),
};

const mistypeLabels: Break = {
  name: 'mistype-labels',
  apply: (report, random) => {
    const share = random.pick([0.1, 0.4]);
    return mapTables(report, (table) => [
      mapCells(table, (cell) =>
        cell.role !== 'value' && cell.role !== 'unit' && random.chance(share)
          ? { ...cell, text: mistype(cell.text, random) }
          : cell,
      ),
    ]);
  },
};

/** Labels printed twice: in the cell itself, or in a row without numbers above their own. */
const doubleLabels: Break = {
  name: 'double-labels',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = someValueRows(table, 0.1, random);
      if (random.chance(0.5)) {
        return [
          mapCells(table, (cell) =>
            cell.role === 'label' && rows.has(cell.row) ? { ...cell, text: cell.text + cell.text } : cell,
          ),
        ];
      }
      return [[...rows].sort((a, b) => b - a).reduce(repeatRowWithoutValues, table)];
    }),
};

function repeatRowWithoutValues(table: LayoutTable, row: number): LayoutTable {
  const grown = insertRows(table, row, 1);
  const copies = grown.cells
    .filter((cell) => cell.row === row + 1 && cell.rowSpan === 1)
    .map(({ column, columnSpan, role, text }) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan,
      role,
      text: role === 'value' ? '' : text,
    }));
  return { ...grown, cells: [...grown.cells, ...copies] };
}

/** Labels of groups and narrow heads written downwards, a character a line. */
const verticalLabels: Break = {
  name: 'vertical-labels',
  apply: (report) =>
    mapTables(report, (table) => [
      mapCells(table, (cell) =>
        cell.rowSpan > 1 && cell.columnSpan === 1 && (cell.role === 'label' || cell.role === 'head')
          ? { ...cell, text: [...cell.text.replace(/\s/g, '')].join('\n') }
          : cell,
      ),
    ]),
};

/** Labels that run over three lines, their numbers beside the middle one, each line taken for a row. */
const wrapLabels: Break = {
  name: 'wrap-labels',
  apply: (report, random) =>
    mapTables(report, (table) => {
      if (table.id === 'review_and_litigation') return [table];
      const rows = [...someValueRows(table, random.pick([0.1, 0.5]), random)].sort((a, b) => b - a);
      return [rows.reduce(wrapLabel, table)];
    }),
};

/** A shorter label is not broken in three. */
const SHORTEST_WRAPPED = 9;

function wrapLabel(table: LayoutTable, row: number): LayoutTable {
  const label = cellsOfRow(table, row).findLast((cell) => cell.role === 'label');
  if (!label || label.rowSpan > 1 || label.text.length < SHORTEST_WRAPPED) return table;
  const grown = insertRows(insertRows(table, row + 1, 1), row, 1);
  const third = Math.ceil(label.text.length / 3);
  const line = (i: number): LayoutCell => ({
    ...label,
    row: row + i,
    text: label.text.slice(i * third, (i + 1) * third),
  });
  const others = grown.cells.filter((cell) => cell.row !== row + 1 || cell.column !== label.column);
  return { ...grown, cells: [...others, line(0), line(1), line(2)] };
}

/** Sections counted from somewhere else than 一. */
const shiftSectionNumbers: Break = {
  name: 'shift-section-numbers',
  apply: (report, random) => {
    const start = random.int(0, 3);
    return {
      ...report,
      sections: report.sections.map((section, i) => ({
        ...section,
        heading: ('一二三四五六七八九十'[i + start] ?? '') + '、' + section.heading.replace(/^.、/, ''),
      })),
    };
  },
};

export const LABEL_BREAKS: readonly Break[] = [
  loseRowLabels,
  loseLabelColumns,
  loseHeads,
  mistypeLabels,
  doubleLabels,
  verticalLabels,
  wrapLabels,
  shiftSectionNumbers,
];
