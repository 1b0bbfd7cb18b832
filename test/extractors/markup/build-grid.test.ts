import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildGrid, type GridSource } from '../../../src/extractors/markup/build-grid.js';

function source(text: string, rowSpan = 1, columnSpan = 1): GridSource {
  return { text, rowSpan, columnSpan };
}

function placesOf(rows: readonly (readonly GridSource[])[]): string[] {
  return buildGrid(rows).cells.map(
    (c) =>
      `${c.text}@${c.rowIndex},${c.columnIndex}${c.rowSpan * c.columnSpan > 1 ? `:${c.rowSpan}x${c.columnSpan}` : ''}`,
  );
}

describe('buildGrid', () => {
  test('moves cells behind those that reach down from above', () => {
    expect(placesOf([[source('a', 2), source('b')], [source('c')]])).toEqual(['a@0,0:2x1', 'b@0,1', 'c@1,1']);
  });

  test('cuts spans that reach past the end of the table', () => {
    const rows = [[source('a', 99), source('b')], [source('c')]];
    expect(placesOf(rows)).toEqual(['a@0,0:2x1', 'b@0,1', 'c@1,1']);
    expect(buildGrid(rows).trimmedSpans).toBe(1);
  });

  test('lets a row span of zero reach to the end, and takes a column span of zero for one', () => {
    expect(placesOf([[source('a', 0), source('b', 1, 0)], [source('c')], [source('d')]])).toEqual([
      'a@0,0:3x1', 'b@0,1', 'c@1,1', 'd@2,1',
    ]); // prettier-ignore
  });

  test('drops columns in which no cell begins, as a column span of 99 makes', () => {
    expect(placesOf([[source('title', 1, 99)], [source('a'), source('b')]])).toEqual([
      'title@0,0:1x2',
      'a@1,0',
      'b@1,1',
    ]);
  });

  test('drops rows that are covered whole and shortens the spans over them', () => {
    expect(placesOf([[source('a', 2), source('b', 2)], [], [source('c'), source('d')]])).toEqual([
      'a@0,0', 'b@0,1', 'c@1,0', 'd@1,1',
    ]); // prettier-ignore
  });

  test('cuts a row span that is one too long where it would push the next group out of line', () => {
    const rows = [
      [source('g1', 3), source('1'), source('2')],
      [source('3'), source('4')],
      [source('g2', 2), source('5'), source('6')],
      [source('7'), source('8')],
      [source('g3'), source('9'), source('10')],
    ];
    const grid = buildGrid(rows);
    expect(grid.shiftedSpans).toBe(1);
    expect(grid.columnCount).toBe(3);
    expect(grid.cells.find((c) => c.text === 'g2')).toMatchObject({ rowIndex: 2, columnIndex: 0 });
  });

  test('counts rows of several cells that do not fill the table', () => {
    const full = [source('a'), source('b'), source('c')];
    expect(buildGrid([full, [source('d'), source('e')]]).raggedRows).toBe(1);
    expect(buildGrid([full, [source('caption')]]).raggedRows).toBe(0);
  });

  test('keeps every cell, inside the grid and without overlaps', () => {
    const anyRow = fc.array(
      fc.record({
        text: fc.string(),
        rowSpan: fc.integer({ min: 0, max: 6 }),
        columnSpan: fc.integer({ min: 0, max: 6 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
        const grid = buildGrid(rows);
        expect(grid.cells.map((c) => c.text)).toEqual(rows.flat().map((c) => c.text));
        const covered = new Set<string>();
        for (const c of grid.cells) {
          for (let row = c.rowIndex; row < c.rowIndex + c.rowSpan; row++) {
            for (let column = c.columnIndex; column < c.columnIndex + c.columnSpan; column++) {
              expect(row < grid.rowCount && column < grid.columnCount).toBe(true);
              expect(covered.has(`${row},${column}`)).toBe(false);
              covered.add(`${row},${column}`);
            }
          }
        }
      }),
    );
  });
});
