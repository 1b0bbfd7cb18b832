import { expect, test } from '@jest/globals';
import { siblingItems } from '../../src/reports/sibling-items.js';
import { aField, aRecord } from '../helpers/record-builder.js';

const record = aRecord({ fields: { a: aField(12), b: aField(3), c: aField(5) } });
const sibling = (b: number, a = 12) => ({
  documentId: 'other',
  record: aRecord({ fields: { a: aField(a), b: aField(b), c: aField(5) } }),
});

test('another source of the same report that says otherwise raises one question', () => {
  expect(siblingItems(record, [sibling(3), sibling(4)])).toMatchObject([
    { kind: 'check', key: 'same_report', reason: expect.stringContaining('b 3 and 4 (other)') },
  ]);
});

test('sources that agree, or hold another report, raise none', () => {
  expect(siblingItems(record, [sibling(3), sibling(70, 80)])).toEqual([]);
});
