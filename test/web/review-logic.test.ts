import { describe, expect, test } from '@jest/globals';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { fieldsOf } from '../../src/forms/form.js';
import type { Field, GongkaiRecord } from '../../src/model/record.js';
import type { Correction } from '../../src/model/run.js';
import { seenCheck, seenField, seenMeta } from '../../src/review/select-review-items.js';
import { cellsOf, parseAnswer, type Answer, type AskId, type CellId } from '../../web/src/review/cells.js';
import { identitiesNow, type IdentityNow } from '../../web/src/review/identities.js';
import { questionsOf } from '../../web/src/review/questions.js';
import { gridOf, namesOf, sheetsOf } from '../../web/src/review/layout.js';

describe('the form as the app lays it out', () => {
  test('holds every field of the form exactly once, under its own label', () => {
    const sheets = sheetsOf(FORM_2021);
    const keys = sheets.flatMap(gridOf).flat();
    const fields = fieldsOf(FORM_2021);
    expect([...keys].sort()).toEqual(fields.map(({ key }) => key).sort());
    expect(namesOf(sheets).get('applications.new.total')).toEqual({
      table: 'applications',
      row: '一、本年新收政府信息公开申请数量',
      column: '总计',
    });
  });

  test('puts the five kinds of organisation under their shared head', () => {
    const [part] = sheetsOf(FORM_2021).find(({ id }) => id === 'applications')?.parts ?? [];
    expect(part?.heads[0]?.map(({ label, columnSpan }) => [label, columnSpan])).toEqual([
      ['自然人', 1],
      ['法人或其他组织', 5],
      ['总计', 1],
    ]);
    expect(part?.heads[1]).toHaveLength(5);
  });
});

describe('cells under review', () => {
  const read: Field = { value: 3, raw: '3', status: 'reported', confidence: 0.8, evidence: [] };
  const record = {
    fields: { a: read },
    meta: { year: { value: 2022, confidence: 0.5, evidence: [] } },
    checks: [],
  };
  const given = (seen: string): Correction => ({
    id: '1',
    sha256: '',
    target: 'field',
    key: 'a',
    value: 5,
    status: 'reported',
    seen,
    author: 'Li',
    reason: null,
    createdAt: '2026-01-01T00:00:00Z',
  });
  const cellOf = (corrections: readonly Correction[], drafts = new Map<CellId, Answer>()) =>
    cellsOf(record as unknown as GongkaiRecord, corrections, drafts).get('field:a');

  test('name the reading as the server does, so that an answer is recognised', () => {
    const cells = cellsOf(record as unknown as GongkaiRecord, [], new Map());
    expect(cells.get('field:a')?.seen).toBe(seenField(read));
    expect(cells.get('meta:year')?.seen).toBe(seenMeta(record.meta.year));
  });

  test('show the answer to the same reading as settled', () => {
    expect(cellOf([given(seenField(read))])).toMatchObject({ value: 5, settled: 'saved', isDoubtful: false });
  });

  test('ask again when a later run reads something else', () => {
    expect(cellOf([given('[4,"4","reported"]')])).toMatchObject({
      isReopened: true,
      isDoubtful: true,
      read: 3,
    });
  });

  test('show an answer that is not sent yet before one that is', () => {
    const draft: Answer = { value: 7, status: 'reported', reason: null };
    expect(cellOf([given(seenField(read))], new Map([['field:a', draft]]))).toMatchObject({
      value: 7,
      settled: 'draft',
    });
  });

  test.each([
    ['12', { value: 12, status: 'reported' }],
    ['１２', { value: 12, status: 'reported' }],
    ['1,234.5', { value: 1234.5, status: 'reported' }],
    ['', { value: null, status: 'blank' }],
    ['/', { value: null, status: 'marked' }],
    ['x', { value: null, status: 'absent' }],
    ['twelve', null],
  ])('take what is typed as %j for %j', (typed, expected) => {
    expect(parseAnswer(typed, { target: 'field', key: 'a' })).toEqual(expected);
  });

  test('take the year as a number and other meta values as text', () => {
    expect(parseAnswer('2023', { target: 'meta', key: 'year' })).toEqual({ value: 2023, status: null });
    expect(parseAnswer('last year', { target: 'meta', key: 'year' })).toBeNull();
    expect(parseAnswer('010-1234', { target: 'meta', key: 'phone' })).toEqual({
      value: '010-1234',
      status: null,
    });
  });
});

describe('questions that words answer', () => {
  const sums = { id: 'row:new', left: ['a', 'b'], right: ['total'], leftSum: 3, rightSum: 4 };
  const failing: IdentityNow = { ...sums, state: 'fails' };
  const check = { id: 'row:new', status: 'failed', left: 3, right: 4, fields: [] } as const;
  const record = { form: '2021', checks: [check] } as unknown as GongkaiRecord;
  const said: Correction = {
    ...{ id: '1', sha256: '', target: 'check', key: 'row:new', value: 'as_printed', status: null },
    ...{ seen: seenCheck(check), author: 'Li', reason: 'so it is', createdAt: '2026-01-01T00:00:00Z' },
  };
  const nothing = { openItems: [], identities: [], corrections: [], drafts: new Map<AskId, Answer>() };

  test('name failing sums as the server does, point at their total, and are closed by an answer', () => {
    const asked = questionsOf({ ...nothing, record, identities: [failing] }).get('check:row:new');
    expect(asked).toMatchObject({ seen: seenCheck(check), field: 'total', isOpen: true, answer: null });
    const answered = questionsOf({ ...nothing, record, identities: [failing], corrections: [said] });
    expect(answered.get('check:row:new')).toMatchObject({
      ...{ answer: 'as_printed', author: 'Li', why: 'so it is', isOpen: false },
    });
  });

  test('are asked again when the sums are other ones by now, and gone when they agree', () => {
    const sources = { ...nothing, record, corrections: [said] };
    const other = questionsOf({ ...sources, identities: [{ ...failing, rightSum: 5 }] });
    expect(other.get('check:row:new')).toMatchObject({ isReopened: true, isOpen: true });
    const agreeing: IdentityNow = { ...failing, rightSum: 3, state: 'holds' };
    expect(questionsOf({ ...sources, identities: [agreeing] }).size).toBe(0);
  });

  test('know an answer about a document that is asked about no longer', () => {
    const unread = { form: null, checks: [] } as unknown as GongkaiRecord;
    const verdict: Correction = { ...said, target: 'run', key: 'FORM', value: 'not_a_report', seen: '["x"]' };
    const questions = questionsOf({ ...nothing, record: unread, corrections: [verdict] });
    expect(questions.get('run:FORM')).toMatchObject({ answer: 'not_a_report', isOpen: false });
    expect(questionsOf({ ...nothing, record, corrections: [verdict] }).has('run:FORM')).toBe(false);
  });
});

describe('identities while somebody edits', () => {
  const identity = { id: 'row:new', sum: ['a', 'b'], equals: ['total'] };
  const stateOf = (values: Readonly<Record<string, number | null>>) =>
    identitiesNow([identity], [], (key) => {
      const value = values[key];
      if (value === undefined) return { value: null, status: 'absent' };
      return { value, status: value === null ? 'blank' : 'reported' };
    })[0]?.state;

  test('hold when both sides add up to the same, blanks counting as nothing', () => {
    expect(stateOf({ a: 1, b: 2, total: 3 })).toBe('holds');
    expect(stateOf({ a: 3, b: null, total: 3 })).toBe('holds');
  });

  test('fail when they do not', () => {
    expect(stateOf({ a: 1, b: 2, total: 4 })).toBe('fails');
  });

  test('stay open while a cell that is not found could explain the difference', () => {
    expect(stateOf({ a: 1, total: 4 })).toBe('open');
    expect(stateOf({ a: 5, total: 4 })).toBe('fails');
    expect(stateOf({ a: null, b: null, total: 4 })).toBe('open');
  });

  test('add up the rows that the report itself prints, as the run found them', () => {
    const check = { id: 'row:new', status: 'passed' as const, left: 9, right: 9, fields: ['whole', 'total'] };
    const [now] = identitiesNow([identity], [check], (key) =>
      key === 'whole' || key === 'total'
        ? { value: 9, status: 'reported' }
        : { value: null, status: 'absent' },
    );
    expect(now).toMatchObject({ left: ['whole'], state: 'holds' });
  });
});
