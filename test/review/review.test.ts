import { describe, expect, it } from '@jest/globals';
import { FORMS } from '../../src/forms/registry.js';
import type { GongkaiRecord } from '../../src/model/record.js';
import type { Correction } from '../../src/model/run.js';
import { applyCorrections } from '../../src/review/apply-corrections.js';
import { openQuestions } from '../../src/review/open-questions.js';
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

const ROW = 'row:new';
const TOTAL = 'applications.new.total';
const PERSON = 'applications.new.natural_person';

/** Two sums that fail: 3 persons of 4 in all, and another one. */
function withFailedSums(): GongkaiRecord {
  const identity = FORMS.find(({ id }) => id === '2021')?.identities.find(({ id }) => id === ROW);
  const parts = identity?.sum ?? [];
  return aRecord({
    fields: {
      ...Object.fromEntries(parts.map((key) => [key, aField(0)])),
      ...{ [PERSON]: aField(3), [TOTAL]: aField(4) },
    },
    checks: [
      { id: ROW, status: 'failed', left: 3, right: 4, fields: [...parts, TOTAL] },
      { id: 'row:granted', status: 'failed', left: 1, right: 2, fields: [] },
    ],
  });
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

  it('adds identities up anew that a corrected value stands in, and leaves the other checks as they were found', () => {
    const settled = applyCorrections(withFailedSums(), [aCorrection({ key: TOTAL, value: 3 })]);
    expect(settled.checks).toMatchObject([
      { id: ROW, status: 'passed', left: 3, right: 3 },
      { id: 'row:granted', status: 'failed', left: 1, right: 2 },
    ]);
  });

  it('says of a failed check and of a document what people said, while they are what was seen', () => {
    const author = { answer: 'as_printed', author: 'Li', reason: null, at: '2026-01-01T00:00:00.000Z' };
    const said = aCorrection({ target: 'check', key: 'row:granted', value: 'as_printed', seen: '[1,2]' });
    expect(applyCorrections(withFailedSums(), [said]).checks[1]?.settled).toEqual(author);
    expect(
      applyCorrections(withFailedSums(), [{ ...said, seen: '[1,3]' }]).checks[1]?.settled,
    ).toBeUndefined();
    const error = { code: 'SOURCE_CORRUPT', message: 'cut' } as const;
    const seen = JSON.stringify(['SOURCE_CORRUPT: cut']);
    const verdict = aCorrection({ target: 'run', key: error.code, value: 'unusable', seen });
    expect(applyCorrections(aRecord({ error }), [verdict]).settled).toEqual({
      ...author,
      answer: 'unusable',
    });
    expect(applyCorrections(aRecord(), [verdict]).settled).toBeUndefined();
  });
});

describe('openQuestions', () => {
  const item = { kind: 'field', key: 'a', confidence: 0.1, reason: '', seen: seenField(aField(4)) } as const;

  it('takes a question for answered only while the reading is the one that was seen', () => {
    const other = { ...item, seen: seenField(aField(6)) };
    expect(openQuestions(aRecord(), [item, other], [aCorrection({})])).toEqual([other]);
    expect(openQuestions(aRecord(), [item, other], [])).toEqual([item, other]);
  });

  it('settles a failed check by an answer or by values that make it hold, until other values break it anew', () => {
    const record = withFailedSums();
    const [about] = selectReviewItems(record).filter(({ key }) => key === ROW);
    if (!about) throw new Error('nothing asked');
    const asPrinted = aCorrection({ target: 'check', key: ROW, value: 'as_printed', seen: about.seen });
    const right = aCorrection({ key: TOTAL, value: 3 });
    const wrong = aCorrection({ key: TOTAL, value: 9, createdAt: '2026-01-02T00:00:00.000Z' });
    expect(openQuestions(record, [about], [asPrinted])).toEqual([]);
    expect(openQuestions(record, [about], [right])).toEqual([]);
    expect(openQuestions(record, [about], [asPrinted, right])).toEqual([]);
    expect(openQuestions(record, [about], [asPrinted, right, wrong])).toEqual([about]);
  });
});
