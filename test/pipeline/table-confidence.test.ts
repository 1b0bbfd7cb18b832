import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cell, Table } from '../../src/model/document.js';
import { tableConfidence } from '../../src/pipeline/table-confidence.js';

/** A table of these texts, one cell a place; `null` leaves the place blank. */
function printed(rows: readonly (readonly (string | null)[])[], settings: Partial<Table> = {}): Table {
  const cells = rows.flatMap((row, rowIndex) =>
    row.map((text, columnIndex): Cell => ({
      rowIndex,
      columnIndex,
      rowSpan: 1,
      columnSpan: 1,
      text: text ?? '',
      evidence: { kind: 'box', page: 1, box: { left: 0, top: 0, right: 1, bottom: 1 } },
    })),
  );
  return {
    tableIndex: 0,
    geometry: 'aligned',
    rowCount: rows.length,
    columnCount: rows[0]?.length ?? 0,
    cells,
    pages: [1],
    box: null,
    confidence: 0.95,
    ...settings,
  };
}

const STATES = ['State', 'Alabama', 'Alaska', 'Arizona', 'Arkansas', 'Total'];
const FULL = STATES.map((name, i) => [name, `${i}17`, `${i}.4`]);

describe('The confidence of a table', () => {
  it('is high where rows and columns are full', () => {
    expect(tableConfidence(printed(FULL))).toBeGreaterThan(0.95);
    expect(tableConfidence(printed(FULL, { geometry: 'exact' }))).toBeGreaterThan(0.98);
  });

  it('is low for scattered marks, as charts have them', () => {
    const chart = FULL.map((row, i) => row.map((text, k) => (i === 2 && k > 0 ? text : null)));
    expect(tableConfidence(printed(chart))).toBeLessThan(0.5);
  });

  it('is lower where several values share a cell', () => {
    const stacked = FULL.map((row, i) => (i === 3 ? ['Arizona\nArkansas', '1\n2', '3\n4'] : row));
    expect(tableConfidence(printed(stacked))).toBeLessThan(tableConfidence(printed(FULL)));
  });

  it('is what the extractor says where the source names its cells', () => {
    const table = printed(FULL, { confidence: 0.7 });
    const cells = table.cells.map((cell): Cell => ({
      ...cell,
      evidence: { kind: 'cell', table: 0, row: cell.rowIndex, column: cell.columnIndex },
    }));
    expect(tableConfidence({ ...table, cells })).toBe(0.7);
  });

  it('never grows when texts are taken away', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 2 }));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (places) => {
        const blanked = FULL.map((row, i) =>
          row.map((text, k) => (places.some(([r, c]) => r === i && c === k) ? null : text)),
        );
        expect(tableConfidence(printed(blanked, { geometry: 'exact' }))).toBeLessThanOrEqual(
          tableConfidence(printed(FULL, { geometry: 'exact' })),
        );
      }),
    );
  });
});
