import { describe, expect, it } from '@jest/globals';
import { countChanges, diffRuns } from '../../src/review/diff-runs.js';
import { aField, aRecord } from '../helpers/record-builder.js';

describe('diffRuns', () => {
  it('finds nothing between a record and itself', () => {
    expect(diffRuns(aRecord(), aRecord())).toEqual([]);
    expect(diffRuns(null, null)).toEqual([]);
  });

  it('tells value, status and confidence of fields apart', () => {
    const before = aRecord({ fields: { a: aField(1), b: aField(null), c: aField(3), d: aField(4) } });
    const after = aRecord({
      fields: {
        a: aField(2),
        b: aField(null, { status: 'blank', raw: '' }),
        c: aField(3, { confidence: 0.5 }),
        d: aField(4, { confidence: 0.998 }),
      },
    });
    expect(diffRuns(before, after)).toEqual([
      { kind: 'field', key: 'a', what: 'value', before: '1', after: '2' },
      { kind: 'field', key: 'b', what: 'value', before: 'absent', after: 'blank' },
      { kind: 'field', key: 'c', what: 'confidence', before: '0.999', after: '0.500' },
    ]);
  });

  it('tells checks that turned, forms and errors that changed, and runs that are missing', () => {
    const before = aRecord({ form: '2019' });
    const after = aRecord({
      checks: [{ id: 'sum:new', status: 'failed', left: 1, right: 2, fields: [] }],
      error: { code: 'SOURCE_CORRUPT', message: 'x' },
    });
    const changes = diffRuns(before, after);
    expect(changes.map((change) => [change.kind, change.key, change.before, change.after])).toEqual([
      ['record', 'form', '2019', '2021'],
      ['record', 'error', 'none', 'SOURCE_CORRUPT'],
      ['check', 'sum:new', 'passed', 'failed'],
    ]);
    expect(countChanges(changes)).toEqual({ 'record value': 2, 'check value': 1 });
    expect(diffRuns(before, null)).toMatchObject([
      { kind: 'record', key: 'run', before: 'made', after: 'none' },
    ]);
  });
});
