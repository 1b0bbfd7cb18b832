import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CheckedField } from '../../src/checks/check.js';
import { CHECKS } from '../../src/checks/registry.js';
import { runChecks } from '../../src/checks/run-checks.js';
import type { CheckResult, Section } from '../../src/model/record.js';

type Cell = number | 'blank' | 'marked' | 'absent';

function fieldsOf(cells: Record<string, Cell>): Map<string, CheckedField> {
  return new Map(
    Object.entries(cells).map(([key, cell]) => [
      key,
      typeof cell === 'number' ? { value: cell, status: 'reported' } : { value: null, status: cell },
    ]),
  );
}

const ROW = { id: 'row', sum: ['t.a.x', 't.b.x', 't.c.x'], equals: ['t.all.x'] };

function evaluate(cells: Record<string, Cell>, sections: Section[] = []): CheckResult[] {
  return runChecks({ id: '2021', identities: [ROW] }, fieldsOf(cells), sections);
}

describe('an identity', () => {
  it('passes where the parts make the whole', () => {
    expect(evaluate({ 't.a.x': 1, 't.b.x': 2, 't.c.x': 0, 't.all.x': 3 })[0]).toMatchObject({
      id: 'row',
      status: 'passed',
      left: 3,
      right: 3,
    });
  });

  it('fails where they do not, with both sums', () => {
    expect(evaluate({ 't.a.x': 1, 't.b.x': 2, 't.c.x': 0, 't.all.x': 4 })[0]).toMatchObject({
      status: 'failed',
      left: 3,
      right: 4,
    });
  });

  it('counts blanks and marks as nothing beside a number', () => {
    expect(evaluate({ 't.a.x': 3, 't.b.x': 'blank', 't.c.x': 'marked', 't.all.x': 3 })[0]?.status).toBe(
      'passed',
    );
    expect(evaluate({ 't.a.x': 3, 't.b.x': 'blank', 't.c.x': 'marked', 't.all.x': 0 })[0]?.status).toBe(
      'failed',
    );
  });

  it('is skipped where a whole side is blank', () => {
    expect(evaluate({ 't.a.x': 'blank', 't.b.x': 'blank', 't.c.x': 'blank', 't.all.x': 5 })[0]?.status).toBe(
      'skipped',
    );
    expect(evaluate({ 't.a.x': 3, 't.b.x': 1, 't.c.x': 1, 't.all.x': 'blank' })[0]?.status).toBe('skipped');
  });

  it('is skipped where an unfound cell could settle it, and fails where none could', () => {
    expect(evaluate({ 't.a.x': 3, 't.b.x': 'absent', 't.c.x': 0, 't.all.x': 5 })[0]?.status).toBe('skipped');
    expect(evaluate({ 't.a.x': 7, 't.b.x': 'absent', 't.c.x': 0, 't.all.x': 5 })[0]?.status).toBe('failed');
  });

  it('adds the one row printed in place of its parts', () => {
    const identity = {
      id: 'outcomes',
      sum: ['t.granted.x', 't.other.p.x', 't.other.q.x'],
      equals: ['t.all.x'],
    };
    const cells = fieldsOf({
      't.granted.x': 2,
      't.other.p.x': 'absent',
      't.other.q.x': 'absent',
      't.other.x': 4,
      't.all.x': 6,
    });
    const [result] = runChecks({ id: '2021', identities: [identity] }, cells, []);
    expect(result).toMatchObject({
      status: 'passed',
      left: 6,
      fields: ['t.granted.x', 't.other.x', 't.all.x'],
    });
  });

  it('holds for decimals', () => {
    expect(evaluate({ 't.a.x': 0.1, 't.b.x': 0.2, 't.c.x': 0, 't.all.x': 0.3 })[0]?.status).toBe('passed');
  });

  it('fails exactly when complete sums differ', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, all) => {
        const [result] = evaluate({ 't.a.x': a, 't.b.x': b, 't.c.x': c, 't.all.x': all });
        expect(result?.status).toBe(a + b + c === all ? 'passed' : 'failed');
      }),
    );
  });
});

describe('a count in the prose', () => {
  const TABLE: Record<string, Cell> = {
    'applications.new.total': 95,
    'applications.carried_over.total': 5,
    'applications.total.total': 98,
    'applications.carried_forward.total': 2,
    'review.total': 10,
    'review.upheld': 7,
    'review.corrected': 1,
    'litigation_direct.total': 3,
    'litigation_after_review.total': 4,
  };
  const prose = (text: string, cells: Record<string, Cell> = TABLE): CheckResult[] =>
    runChecks({ id: '2021', identities: [] }, fieldsOf(cells), [
      { kind: 'overview', heading: '一、总体情况', text },
    ]);

  it('may be the new requests, or these and those carried over: the note says which', () => {
    expect(prose('全年共收到政府信息公开申请95件。')[0]).toMatchObject({
      id: 'prose:received',
      status: 'passed',
      note: 'the text counts new requests',
    });
    expect(prose('全年受理政府信息公开申请100件。')[0]?.note).toBe(
      'the text counts new requests and those carried over',
    );
  });

  it('of another scope never fails, but is skipped with both numbers', () => {
    expect(prose('区政府办受理政府信息公开申请17件。')[0]).toMatchObject({
      status: 'skipped',
      left: 17,
      right: 95,
    });
  });

  it('is read for every kind', () => {
    const results = prose(
      '新收政府信息公开申请95件，上年结转申请5件，办结98件，结转下一年度继续办理2件。行政复议10件，其中维持7件、纠正1件；行政诉讼7件。',
    );
    expect(results.map((result) => [result.id, result.status])).toEqual(
      [
        'received',
        'carried_over',
        'concluded',
        'carried_forward',
        'review',
        'review_upheld',
        'review_corrected',
        'litigation',
      ].map((kind) => [`prose:${kind}`, 'passed']),
    );
  });

  it('gives no result without a count, a table cell or an exact number', () => {
    expect(prose('全年做好工作。')).toEqual([]);
    expect(prose('共收到政府信息公开申请约95件。')).toEqual([]);
    expect(prose('共收到政府信息公开申请95件。', {})).toEqual([]);
    expect(prose('共收到领导信箱来信95件。')).toEqual([]);
  });

  it('of nothing is 0', () => {
    const none = { ...TABLE, 'applications.new.total': 0, 'applications.carried_over.total': 0 };
    expect(prose('本年度未收到政府信息公开申请。', none)[0]).toMatchObject({ status: 'passed', left: 0 });
  });
});

describe('the registry', () => {
  it('documents every check under its own id', () => {
    expect(new Set(CHECKS.map((check) => check.id)).size).toBe(CHECKS.length);
    for (const check of CHECKS) {
      expect(check.title.length).toBeGreaterThan(5);
      expect(check.docs.length).toBeGreaterThan(50);
    }
  });
});
