import type { Random } from '../random.js';
import { type LayoutCell, type LayoutTable, mapTables, type Report, valueRows, widthOf } from '../report.js';
import { type Break, cellsOfRow, firstValueColumn, insertRows, isNumber, mapCells } from './break.js';

/** Digits of a number set apart by a space or line break, as narrow cells and PDF spans do: `3 0 01`. */
const splitDigits: Break = {
  name: 'split-digits',
  apply: (report, random) => {
    const share = random.pick([0.1, 0.5]);
    return mapTables(report, (table) => [
      mapCells(table, (cell) =>
        isLong(cell) && random.chance(share) ? { ...cell, text: spaceOut(cell.text, random) } : cell,
      ),
    ]);
  },
};

function spaceOut(text: string, random: Random): string {
  const at = random.int(1, text.length - 1);
  return text.slice(0, at) + random.pick([' ', '\n']) + text.slice(at);
}

/** A number torn into two cells: `2 | 0`; the rest of its row moves one column to the right. */
const tearNumbers: Break = {
  name: 'tear-numbers',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const torn = table.cells.filter((cell) => isLong(cell) && random.chance(0.08));
      return [torn.reduce((current, cell) => tear(current, cell, random), table)];
    }),
};

function tear(table: LayoutTable, torn: LayoutCell, random: Random): LayoutTable {
  const target = table.cells.find((cell) => cell.key === torn.key);
  if (!target) return table;
  const at = random.int(1, target.text.length - 1);
  return mapCells(table, (cell) => {
    if (cell.row !== target.row || cell.column < target.column) return cell;
    if (cell !== target) return { ...cell, column: cell.column + 1 };
    return [
      { ...cell, text: cell.text.slice(0, at), columnSpan: 1 },
      { ...cell, column: cell.column + 1, text: cell.text.slice(at) },
    ];
  });
}

function isLong(cell: LayoutCell): boolean {
  return cell.key !== undefined && /^[0-9０-９]{2,}$/.test(cell.text);
}

const REMARKS = ['（其中修订1件）', '（含上年结转）', '(其中：网络申请1件)', '（较上年增加2件）'];

/** A remark in brackets behind a number: `22（其中修订16件）`. */
const addRemarks: Break = {
  name: 'add-remarks',
  apply: (report, random) =>
    mapTables(report, (table) => [
      mapCells(table, (cell) =>
        isNumber(cell) && random.chance(0.03) ? { ...cell, text: cell.text + random.pick(REMARKS) } : cell,
      ),
    ]),
};

/** Every 0 erased: what is printed there then is no number. */
const blankZeros: Break = {
  name: 'blank-zeros',
  apply: (report) => {
    const erased = new Set<string>();
    const broken = mapTables(report, (table) => [
      mapCells(table, (cell) => {
        if (cell.key === undefined || !/^[0０]$/.test(cell.text)) return cell;
        erased.add(cell.key);
        return { ...cell, text: '' };
      }),
    ]);
    return withTruth(broken, erased, null);
  },
};

function withTruth(report: Report, keys: ReadonlySet<string>, value: number | null): Report {
  const truth = { ...report.truth };
  for (const key of keys) truth[key] = value;
  return { ...report, truth };
}

/** Group rows （三） to （六） print the sums of their parts, in a row of their own. */
const numberGroups: Break = {
  name: 'number-groups',
  apply: (report) =>
    mapTables(report, (table) => [table.id === 'applications' ? withGroupSums(table, report) : table]),
};

const GROUPS: Readonly<Record<string, string>> = {
  refused: '（三）不予公开',
  unavailable: '（四）无法提供',
  not_processed: '（五）不予处理',
};

function withGroupSums(table: LayoutTable, report: Report): LayoutTable {
  let grown = table;
  for (const [group, label] of Object.entries(GROUPS)) {
    const first = valueRows(grown).find((row) =>
      cellsOfRow(grown, row).some((cell) => cell.key?.startsWith(`applications.${group}.`)),
    );
    if (first !== undefined) grown = addGroupRow(grown, first, label, group, report);
  }
  return grown;
}

function addGroupRow(
  table: LayoutTable,
  first: number,
  label: string,
  group: string,
  report: Report,
): LayoutTable {
  const from = firstValueColumn(table);
  const own = cellsOfRow(table, first - 1);
  const isThere =
    own.some((cell) => cell.role === 'label' && /^[(（][三四五]/.test(cell.text)) &&
    own.every((cell) => cell.key === undefined);
  const row = isThere ? first - 1 : first;
  const grown = isThere ? table : insertRows(table, first, 1);
  const columns = cellsOfRow(table, first).filter((cell) => cell.key !== undefined);
  const sums = columns.map((cell): LayoutCell => ({
    row,
    column: cell.column,
    rowSpan: 1,
    columnSpan: 1,
    role: 'value',
    text: sumOf(group, cell.key ?? '', report),
  }));
  const labelCell: LayoutCell = {
    row,
    column: from - 1,
    rowSpan: 1,
    columnSpan: 1,
    role: 'label',
    text: label,
  };
  const kept = isThere
    ? grown.cells.filter((cell) => cell.row !== row || cell.role === 'label')
    : grown.cells;
  return { ...grown, cells: [...kept, ...sums, ...(isThere ? [] : [labelCell])] };
}

function sumOf(group: string, key: string, report: Report): string {
  const column = key.slice(key.lastIndexOf('.'));
  const parts = Object.entries(report.truth).filter(
    ([name]) => name.startsWith(`applications.${group}.`) && name.endsWith(column),
  );
  return String(parts.reduce((sum, [, value]) => sum + (value ?? 0), 0));
}

const FOOTNOTES = [
  '注：以上数据统计截至12月31日，其中12件为上年结转',
  '备注：含3件转送办理',
  '说明：（七）总计不含重复件数 2 件',
];

/** A note that takes a whole row of the table, at its end or among its rows. */
const addFootnote: Break = {
  name: 'add-footnote',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = valueRows(table);
      const row = random.chance(0.6) ? (rows.at(-1) ?? 0) + 1 : random.pick(rows);
      const grown = insertRows(table, row, 1);
      const taken = grown.cells.some((cell) => cell.row < row && cell.row + cell.rowSpan > row);
      const column = taken ? firstValueColumn(table) : 0;
      const note: LayoutCell = {
        row,
        column,
        rowSpan: 1,
        columnSpan: widthOf(table) - column,
        role: 'note',
        text: random.pick(FOOTNOTES),
      };
      return [{ ...grown, cells: [...grown.cells, note] }];
    }),
};

/** Zeros go first: a 0 that is a piece of a torn number is none. */
export const VALUE_BREAKS: readonly Break[] = [
  blankZeros,
  splitDigits,
  tearNumbers,
  addRemarks,
  numberGroups,
  addFootnote,
];
