import { describe, expect, test } from '@jest/globals';
import { recordConfidence, reviewOf } from '../../src/confidence/score-record.js';
import { aField } from '../helpers/record-builder.js';

const sure = aField(1, { confidence: 0.99 });
const unsure = aField(2, { confidence: 0.5 });

describe('recordConfidence', () => {
  test('counts fields of the same confidence once, since they go wrong together', () => {
    expect(recordConfidence({ a: sure }, 1)).toBe(0.99);
    expect(recordConfidence({ a: sure, b: sure, c: sure }, 1)).toBe(0.99);
    expect(recordConfidence({ a: sure, b: unsure }, 1)).toBe(0.495);
  });

  test('is no greater than that of the form, and nothing without fields', () => {
    expect(recordConfidence({ a: sure }, 0.5)).toBe(0.495);
    expect(recordConfidence({}, 1)).toBe(0);
  });
});

describe('reviewOf', () => {
  const check = { id: 'row:new', left: 1, right: 2, fields: [] };

  test('asks for nobody where nothing is doubtful', () => {
    expect(reviewOf({ a: sure }, [{ ...check, right: 1, status: 'passed' }], true)).toEqual({
      needed: false,
      reasons: [],
    });
  });

  test('names doubtful fields, failed checks, counts of the text that differ, and a missing form', () => {
    const told = { ...check, id: 'text:new', status: 'skipped' } as const;
    const silent = { ...told, id: 'text:other', left: null } as const;
    const { needed, reasons } = reviewOf(
      { a: unsure },
      [{ ...check, status: 'failed' }, told, silent],
      false,
    );
    expect(needed).toBe(true);
    expect(reasons).toEqual([
      'FORM_NOT_MATCHED',
      '1 fields below 0.9',
      'check failed: row:new',
      'the text says otherwise: text:new',
    ]);
  });
});
