import { describe, expect, test } from '@jest/globals';
import { printRecord } from '../../src/model/print-record.js';
import type { GongkaiRecord } from '../../src/model/record.js';

const BOX = { left: 1.23456, top: 2, right: 30.005, bottom: 4.5 };

function recordWith(evidence: unknown): GongkaiRecord {
  return { fields: { a: { value: 1, evidence: [evidence] } } } as unknown as GongkaiRecord;
}

describe('printing a record', () => {
  test('writes a box as left, top, right, bottom to the hundredth of a point', () => {
    const printed = JSON.parse(printRecord(recordWith({ kind: 'box', page: 4, box: BOX }))) as {
      fields: { a: { evidence: unknown[] } };
    };
    expect(printed.fields.a.evidence).toEqual([{ kind: 'box', page: 4, box: [1.23, 2, 30.01, 4.5] }]);
  });

  test('leaves the other kinds of evidence as they are', () => {
    for (const evidence of [
      { kind: 'cell', table: 2, row: 7, column: 3 },
      { kind: 'span', start: 5, end: 9 },
    ]) {
      expect(JSON.parse(printRecord(recordWith(evidence)))).toEqual(recordWith(evidence));
    }
  });
});
