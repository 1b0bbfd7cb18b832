import { describe, expect, it } from '@jest/globals';
import type { Correction } from '../../src/model/run.js';
import { applyCorrections, isAnswered, latestCorrections } from '../../src/review/apply-corrections.js';
import { seenField, selectReviewItems } from '../../src/review/select-review-items.js';
import { aField, aRecord } from '../helpers/record-builder.js';

function aCorrection(changes: Partial<Correction>): Correction {
  return {
    id: '1',
    sha256: 'x',
    target: 'field',
    key: 'a',
    value: 5,
    status: 'reported',
    seen: seenField(aField(4)),
    author: 'Li',
    reason: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

describe('selectReviewItems', () => {
  it('asks nothing about a record without doubt', () => {
    expect(selectReviewItems(aRecord())).toEqual([]);
  });

  it('asks about doubtful fields and values, failed checks and errors, worst first', () => {
    const record = aRecord({
      fields: { a: aField(1, { confidence: 0.4 }), b: aField(2, { confidence: 0.9 }), c: aField(3) },
      meta: { year: { value: null, confidence: 0.2, evidence: [] } },
      checks: [{ id: 'sum', status: 'failed', left: 1, right: 2, fields: ['a'] }],
      confidence: 0.3,
      error: { code: 'TIME_LIMIT', message: 'slow' },
    });
    expect(selectReviewItems(record).map((item) => [item.kind, item.key, item.reason])).toEqual([
      ['run', 'TIME_LIMIT', 'TIME_LIMIT: slow'],
      ['meta', 'year', 'not found'],
      ['check', 'sum', '1 is not 2'],
      ['field', 'a', 'in failed checks: sum'],
      ['field', 'b', 'read with doubt'],
    ]);
  });
});

describe('applyCorrections', () => {
  it('lays the newest answer for a key over the reading and keeps the print beside it', () => {
    const record = aRecord({ fields: { a: aField(4), b: aField(1) } });
    const older = aCorrection({ id: '2', value: 3 });
    const newer = aCorrection({ createdAt: '2026-01-02T00:00:00.000Z' });
    const settled = applyCorrections(record, [newer, older]);
    expect(settled.fields).toEqual({ a: { ...aField(4), value: 5, confidence: 1 }, b: aField(1) });
    expect(record.fields['a']?.value).toBe(4);
  });

  it('corrects meta values and leaves keys alone that the record lacks', () => {
    const year = aCorrection({ target: 'meta', key: 'year', value: 2022, status: null });
    const settled = applyCorrections(aRecord(), [year, aCorrection({ key: 'missing' })]);
    expect(settled.meta.year).toMatchObject({ value: 2022, confidence: 1 });
    expect(Object.keys(settled.fields)).toEqual(Object.keys(aRecord().fields));
  });

  it('takes a question for answered only while the reading is the one that was seen', () => {
    const latest = latestCorrections([aCorrection({})]);
    const item = {
      kind: 'field',
      key: 'a',
      confidence: 0.1,
      reason: '',
      seen: seenField(aField(4)),
    } as const;
    expect(isAnswered(item, latest)).toBe(true);
    expect(isAnswered({ ...item, seen: seenField(aField(6)) }, latest)).toBe(false);
  });
});
