import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RulingLine } from '../../src/model/geometry.js';
import { groupEdges, joinEdges, snapEdges } from '../../src/tables/edges.js';
import { findRuledTables } from '../../src/tables/find-ruled-tables.js';
import type { Glyph } from '../../src/tables/glyph.js';
import type { PageTable } from '../../src/tables/page-table.js';
import { DEFAULT_TABLE_SETTINGS } from '../../src/tables/settings.js';
import { buildLines, joinLines } from '../../src/tables/text-line.js';
import { printLine } from '../helpers/print-line.js';

function horizontal(at: number, from: number, to: number): RulingLine {
  return { direction: 'horizontal', at, from, to, thickness: 0.5 };
}

function vertical(at: number, from: number, to: number): RulingLine {
  return { direction: 'vertical', at, from, to, thickness: 0.5 };
}

function find(rulings: readonly RulingLine[], glyphs: readonly Glyph[] = []): readonly PageTable[] {
  return findRuledTables({ pageNumber: 1, rulings, glyphs }).tables;
}

describe('buildLines', () => {
  test('writes small digits that stand higher than the number before them as marks of notes', () => {
    const [base, mark] = [printLine('12', 0, 20), printLine('3', 20, 18)];
    const small = mark.map((glyph) => ({
      ...glyph,
      size: 6,
      box: { ...glyph.box, bottom: glyph.box.top + 6 },
    }));
    expect(buildLines([...base, ...small]).map(({ text }) => text)).toEqual(['12³']);
    const low = small.map(({ box, ...glyph }) => ({ ...glyph, box: { ...box, top: 24, bottom: 30 } }));
    expect(buildLines([...base, ...low]).map(({ text }) => text)).toEqual(['123']);
  });
});

describe('edges', () => {
  test('snap to one place where lines lie side by side, and only there', () => {
    const snapped = snapEdges(
      [horizontal(100, 0, 50), horizontal(101, 50, 100), horizontal(110, 0, 100)],
      DEFAULT_TABLE_SETTINGS,
    );
    expect(new Set(snapped.map((edge) => edge.at)).size).toBe(2);
  });

  test('join over dashes and touching pieces; dots that stay short are dropped', () => {
    const dashes = Array.from({ length: 20 }, (_, i) => horizontal(10, i * 4, i * 4 + 2));
    expect(joinEdges([...dashes, horizontal(50, 0, 2)], DEFAULT_TABLE_SETTINGS)).toEqual([
      expect.objectContaining({ at: 10, from: 0, to: 78 }),
    ]);
  });

  test('form groups by crossing, also where one ends just before the other', () => {
    const lines = [horizontal(0, 0, 100), horizontal(0, 200, 300)];
    const groups = groupEdges(lines, [vertical(50, 2, 100), vertical(250, 0, 100)], DEFAULT_TABLE_SETTINGS);
    expect(groups).toHaveLength(2);
  });
});

describe('findRuledTables', () => {
  test('gives running text in a frame back to the page, and keeps the rows above it', () => {
    const rulings = [
      ...[0, 20, 200].map((at) => horizontal(at, 0, 300)),
      ...[0, 300].map((at) => vertical(at, 0, 200)),
      ...[75, 150].map((at) => vertical(at, 0, 20)),
    ];
    const prose = Array.from({ length: 8 }, (_, i) =>
      printLine('一二三四五六七八九十一二三四五六七八九十一二三四五六七八九', 5, 30 + 20 * i),
    );
    const glyphs = [
      ...printLine('索引号', 5, 5),
      ...printLine('006', 80, 5),
      ...printLine('年报', 160, 5),
      ...prose.flat(),
    ];
    const { tables, rest } = findRuledTables({ pageNumber: 1, rulings, glyphs });
    expect(tables.map(({ cells }) => cells.map(({ lines }) => joinLines(lines)))).toEqual([
      ['索引号', '006', '年报'],
    ]);
    expect(rest).toHaveLength(prose.flat().length);
  });

  test('puts text that spills over a border into the cell where it is centred', () => {
    const rulings = [0, 20, 40]
      .map((at) => horizontal(at, 0, 100))
      .concat([0, 50, 100].map((at) => vertical(at, 0, 40)));
    const [table] = find(rulings, [...printLine('123456', 2, 5), ...printLine('9', 70, 25)]);
    expect(table?.cells.map((cell) => joinLines(cell.lines))).toEqual(['123456', '', '', '9']);
  });

  test('merges the slivers that uneven rows leave', () => {
    const rulings = [
      ...[0, 20, 40].map((at) => horizontal(at, 0, 100)),
      vertical(0, 0, 40),
      vertical(100, 0, 40),
      vertical(50, 0, 20),
      vertical(53, 20, 40),
    ];
    const [table] = find(rulings, printLine('a', 10, 5));
    expect(table?.columns).toHaveLength(3);
    expect(table?.cells).toHaveLength(4);
  });

  test('makes no table of a frame, an underline or a chart without text', () => {
    expect(
      find(
        [0, 100].flatMap((at) => [horizontal(at, 0, 100), vertical(at, 0, 100)]),
        printLine('text', 10, 10),
      ),
    ).toEqual([]);
    expect(find([horizontal(20, 0, 100)], printLine('text', 10, 10))).toEqual([]);
    const axes = [0, 20, 40, 60].flatMap((at) => [horizontal(at, 0, 60), vertical(at, 0, 60)]);
    expect(find(axes)).toEqual([]);
  });

  test('recovers any grid of merged cells from its lines', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.nat(1000), { maxLength: 12 }),
        (rowCount, columnCount, seeds) => {
          const cells = mergedGrid(rowCount, columnCount, seeds);
          const used = { rows: new Set<number>(), columns: new Set<number>() };
          const rulings = cells.flatMap(({ row, column, rowSpan, columnSpan }) => {
            const [left, top, right, bottom] = [
              column * 40,
              row * 30,
              (column + columnSpan) * 40,
              (row + rowSpan) * 30,
            ];
            for (const y of [top, bottom]) used.rows.add(y);
            for (const x of [left, right]) used.columns.add(x);
            return [
              horizontal(top, left, right),
              horizontal(bottom, left, right),
              vertical(left, top, bottom),
              vertical(right, top, bottom),
            ];
          });
          const glyphs = cells.flatMap(({ row, column }, i) =>
            printLine(String(i % 10), column * 40 + 5, row * 30 + 5),
          );
          const tables = find(rulings, glyphs);
          if (cells.length < 2) return tables.length === 0;
          const [table] = tables;
          return (
            tables.length === 1 &&
            table?.cells.length === cells.length &&
            table.rows.length === used.rows.size &&
            table.columns.length === used.columns.size &&
            table.cells.every((cell) => joinLines(cell.lines).length === 1)
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

interface Merged {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** A full grid of cells in which some neighbours of the same height or width are merged, as `seeds` say. */
function mergedGrid(rowCount: number, columnCount: number, seeds: readonly number[]): Merged[] {
  let cells: Merged[] = Array.from({ length: rowCount * columnCount }, (_, i) => ({
    row: Math.floor(i / columnCount),
    column: i % columnCount,
    rowSpan: 1,
    columnSpan: 1,
  }));
  for (const seed of seeds) {
    const a = cells[seed % cells.length];
    if (!a) continue;
    const b = cells.find(
      (one) =>
        (one.row === a.row && one.rowSpan === a.rowSpan && one.column === a.column + a.columnSpan) ||
        (one.column === a.column && one.columnSpan === a.columnSpan && one.row === a.row + a.rowSpan),
    );
    if (!b) continue;
    const merged =
      b.row === a.row
        ? { ...a, columnSpan: a.columnSpan + b.columnSpan }
        : { ...a, rowSpan: a.rowSpan + b.rowSpan };
    cells = [...cells.filter((one) => one !== a && one !== b), merged];
  }
  return cells;
}
