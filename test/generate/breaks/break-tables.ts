import { FORMS } from '../../../src/forms/registry.js';
import { drawReport } from '../layout/lay-out-report.js';
import {
  heightOf,
  type LayoutCell,
  type LayoutSection,
  type LayoutTable,
  mapTables,
  valueRows,
  widthOf,
} from '../report.js';
import { blank, type Break, cellsOfRow, headRows, mapCells, sliceRows, stack } from './break.js';

/** A page ends inside the table: heads again, half of them, or none on the next page; sometimes an empty row between. */
const splitPages: Break = {
  name: 'split-pages',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = valueRows(table);
      if (rows.length < 3) return [table];
      const cut = random.pick(rows.slice(1));
      const heads = headRows(table);
      const repeated = sliceRows(table, 0, random.pick([0, 0, heads, Math.min(1, heads)]));
      const rest = sliceRows(table, cut, Infinity);
      const lower = repeated.cells.length > 0 ? stack(repeated, rest) : rest;
      return [sliceRows(table, 0, cut), lower];
    }),
};

/** A page ends inside a row: half of its label at the foot of one page, the rest on the next, its numbers beside either. */
const cutRows: Break = {
  name: 'cut-rows',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = valueRows(table).filter((row) => labelOf(table, row).length >= SHORTEST_CUT);
      if (table.id === 'review_and_litigation' || rows.length < 3) return [table];
      return cutInside(table, random.pick(rows), random.chance(0.5));
    }),
};

/** A label of fewer characters is not cut. */
const SHORTEST_CUT = 6;

function labelOf(table: LayoutTable, row: number): string {
  return cellsOfRow(table, row).findLast((cell) => cell.role === 'label')?.text ?? '';
}

function cutInside(table: LayoutTable, row: number, isValueAbove: boolean): LayoutTable[] {
  const text = labelOf(table, row);
  const half = Math.ceil(text.length / 2);
  const part = (piece: LayoutTable, at: number, own: string, hasValues: boolean): LayoutTable =>
    mapCells(piece, (cell) => {
      if (cell.row !== at) return cell;
      if (cell.role === 'label' && cell.text === text) return { ...cell, text: own };
      if (hasValues || (cell.role !== 'value' && cell.role !== 'unit')) return cell;
      return { ...blank(cell.row, cell.column), columnSpan: cell.columnSpan };
    });
  return [
    part(sliceRows(table, 0, row + 1), row, text.slice(0, half), isValueAbove),
    part(sliceRows(table, row, Infinity), 0, text.slice(half), !isValueAbove),
  ];
}

/** One table over two pages that something joined again, with the heads left in the middle. */
const headsInTheMiddle: Break = {
  name: 'heads-in-the-middle',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const rows = valueRows(table);
      if (rows.length < 3) return [table];
      const cut = random.pick(rows.slice(1));
      const heads = sliceRows(table, 0, headRows(table));
      return [stack(stack(sliceRows(table, 0, cut), heads), sliceRows(table, cut, Infinity))];
    }),
};

/** Table three in two: the outcomes in a table of their own, under heads that a model made up or none. */
const splitApplications: Break = {
  name: 'split-applications',
  apply: (report, random) =>
    mapTables(report, (table) => {
      const cut = table.cells.find((cell) => cell.key?.startsWith('applications.granted.'))?.row;
      if (table.id !== 'applications' || cut === undefined) return [table];
      const rest = sliceRows(table, cut, Infinity);
      if (random.chance(0.5)) return [sliceRows(table, 0, cut), rest];
      const names = Array.from({ length: widthOf(rest) }, (_, column): LayoutCell => ({
        row: 0,
        column,
        rowSpan: 1,
        columnSpan: 1,
        role: 'head',
        text: random.pick(['项目', '数量', `列${column + 1}`]),
      }));
      return [sliceRows(table, 0, cut), stack({ ...rest, cells: names }, rest)];
    }),
};

/** Columns of table four; a table that something widened or narrowed already is left as it is. */
const REVIEW_WIDTH = 15;

/** 行政诉讼 before 行政复议. */
const swapReview: Break = {
  name: 'swap-review',
  apply: (report) =>
    mapTables(report, (table) => {
      if (table.id !== 'review_and_litigation' || widthOf(table) !== REVIEW_WIDTH) return [table];
      return [mapCells(table, (cell) => ({ ...cell, column: (cell.column + 10) % REVIEW_WIDTH }))];
    }),
};

const REVIEW_GROUPS: Readonly<Record<string, string>> = {
  review: '行政复议',
  litigation_direct: '未经复议直接起诉',
  litigation_after_review: '复议后起诉',
};

/** Table four as three tables of five cells, each under its name. */
const splitReview: Break = {
  name: 'split-review',
  apply: (report, random) =>
    mapTables(report, (table) => {
      if (table.id !== 'review_and_litigation' || heightOf(table) < 3 || widthOf(table) !== REVIEW_WIDTH)
        return [table];
      const named = random.chance(0.8);
      return [0, 1, 2].map((group) => smallReview(table, group, named));
    }),
};

function smallReview(table: LayoutTable, group: number, named: boolean): LayoutTable {
  const last = heightOf(table) - 1;
  const cells = table.cells.flatMap((cell): LayoutCell[] => {
    if (cell.columnSpan > 1 || Math.floor(cell.column / 5) !== group) return [];
    return [{ ...cell, column: cell.column % 5, row: cell.row === last ? 2 : 1, rowSpan: 1 }];
  });
  const key = cells.find((cell) => cell.key !== undefined)?.key?.split('.')[0] ?? '';
  const text = REVIEW_GROUPS[key] ?? '';
  const title: LayoutCell = { row: 0, column: 0, rowSpan: 1, columnSpan: 5, role: 'head', text };
  return {
    ...table,
    cells: named ? [title, ...cells] : cells.map((cell) => ({ ...cell, row: cell.row - 1 })),
  };
}

/** Every row of table two and three as a small table of its own, heads on top (re-typed for a phone or by a model). */
const oneTableARow: Break = {
  name: 'one-table-a-row',
  apply: (report) =>
    mapTables(report, (table) => {
      const rows = valueRows(table);
      if (table.id === 'review_and_litigation' || table.id === 'statistics' || rows.length < 2)
        return [table];
      return rows.map((row) => rowTable(table, row));
    }),
};

function rowTable(table: LayoutTable, row: number): LayoutTable {
  const above = table.cells.filter((cell) => cell.role === 'head' && cell.row < row);
  const own = table.cells.filter((cell) => cell.row === row && cell.role !== 'head');
  const heads = own.flatMap((cell): LayoutCell[] => {
    if (cell.role !== 'value') return [{ ...cell, row: 0, rowSpan: 1, text: '' }];
    const over = above.filter(
      (head) => head.column <= cell.column && head.column + head.columnSpan > cell.column,
    );
    const nearest = over.sort((a, b) => b.row - a.row)[0];
    return [
      {
        row: 0,
        column: cell.column,
        rowSpan: 1,
        columnSpan: cell.columnSpan,
        role: 'head',
        text: nearest?.text ?? '',
      },
    ];
  });
  const first = Math.min(...own.map((cell) => cell.column), 0);
  const cells = [...heads, ...own.map((cell) => ({ ...cell, row: 1, rowSpan: 1 }))];
  return { ...table, cells: cells.map((cell) => ({ ...cell, column: cell.column - first })) };
}

/** Tables that follow each other run into one. */
const mergeTables: Break = {
  name: 'merge-tables',
  apply: (report) => {
    const [first, ...others] = report.sections.flatMap((section) => section.tables);
    if (!first) return report;
    const merged = others.reduce((upper, lower) => stack(upper, lower), first);
    let isPlaced = false;
    return mapTables(report, (table) => {
      if (table !== first || isPlaced) return [];
      isPlaced = true;
      return [merged];
    });
  },
};

/** Another report of the same body, of the year before, behind this one or in front of it. */
const appendReport: Break = {
  name: 'append-report',
  apply: (report, random) => {
    const form = FORMS.find((candidate) => candidate.id === report.form);
    if (!form) return report;
    const other = drawReport(form, random);
    const title = report.title.replace(String(report.year), String(report.year - 1));
    const begin = (heading: string, paragraphs: readonly string[]): LayoutSection => ({
      heading,
      paragraphs,
      tables: [],
    });
    if (random.chance(0.5))
      return { ...report, sections: [...report.sections, begin(title, other.preamble), ...other.sections] };
    const sections = [...other.sections, begin(report.title, report.preamble), ...report.sections];
    return { ...report, title, preamble: other.preamble, sections };
  },
};

export const TABLE_BREAKS: readonly Break[] = [
  splitPages,
  cutRows,
  headsInTheMiddle,
  splitApplications,
  swapReview,
  splitReview,
  oneTableARow,
  mergeTables,
  appendReport,
];
