import { describe, expect, test } from '@jest/globals';
import { runChecks } from '../../src/checks/run-checks.js';
import { logistic } from '../../src/confidence/levels.js';
import { scoreFields } from '../../src/confidence/score-fields.js';
import { REVIEW_BELOW } from '../../src/confidence/score-record.js';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { readForm } from '../../src/forms/read-form.js';
import type { Geometry } from '../../src/model/document.js';
import type { Field } from '../../src/model/record.js';
import { normalizeFields } from '../../src/normalize/fields.js';
import { APPLICANTS } from '../generate/contents/draw-counts.js';
import { printForm, type PrintedTable, tableDocument } from '../helpers/table-document.js';

const HEADS = ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];
/** Three requests, two granted and one carried over: everything adds up. */
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  new: [3, 1, 0, 0, 0, 0, 4],
  granted: [2, 1, 0, 0, 0, 0, 3],
  total: [2, 1, 0, 0, 0, 0, 3],
  carried_forward: [1, 0, 0, 0, 0, 0, 1],
};
const SOUND = [HEADS, ...printForm(APPLICATIONS_2021, (key) => COUNTS[key] ?? [0, 0, 0, 0, 0, 0, 0])];
/** From this confidence on nobody looks. */
const ACCEPTED = 0.99;

function score(table: PrintedTable, geometry: Geometry = 'exact', explain = false): Record<string, Field> {
  return scoreAll([table], geometry, explain);
}

function scoreAll(
  tables: readonly PrintedTable[],
  geometry: Geometry = 'exact',
  explain = false,
): Record<string, Field> {
  const reading = readForm(tableDocument(tables, geometry), 2023);
  if (!reading) throw new Error('no form');
  const fields = normalizeFields(reading);
  const checks = runChecks(reading.form, new Map(fields.map((field) => [field.definition.key, field])), []);
  return scoreFields(fields, checks, explain);
}

function confidence(fields: Readonly<Record<string, Field>>, key: string): number {
  return fields[`applications.${key}`]?.confidence ?? -1;
}

/** The sound table with another row under this label. */
function withRow(label: string, values: readonly string[]): string[][] {
  return SOUND.map((cells) => (cells[0] === label ? [label, ...values] : [...cells]));
}

describe('scoreFields', () => {
  const sound = score(SOUND);

  test('counts the cells of a row that prints all of them, also where one head is lost', () => {
    const halfHeaded = SOUND.map((cells, i) =>
      i === 0 ? cells.map((head) => (head === '科研机构' || head === '其他' ? '' : head)) : cells,
    );
    const isAccepted = (table: PrintedTable): boolean =>
      confidence(score(table, 'aligned'), 'partially_granted.natural_person') > ACCEPTED;
    expect(isAccepted(halfHeaded)).toBe(true);
    const withBlank = halfHeaded.map((cells) =>
      cells[0]?.startsWith('（二）部分公开') === true ? cells.with(3, '') : cells,
    );
    expect(isAccepted(withBlank)).toBe(false);
  });

  test('accepts what stands under its head in a row that adds up', () => {
    expect(confidence(sound, 'granted.natural_person')).toBeGreaterThan(ACCEPTED);
    expect(confidence(sound, 'granted.total')).toBeGreaterThan(ACCEPTED);
  });

  test('is never certain, neither of a value nor of a lack', () => {
    for (const { confidence: one } of Object.values(sound)) {
      expect(one).toBeGreaterThan(0);
      expect(one).toBeLessThan(1);
    }
  });

  test('never trusts a table more where less is known about its columns, and some fields less', () => {
    const ordered = score(SOUND, 'ordered');
    const differences = Object.entries(sound)
      .filter(([, { status }]) => status === 'reported')
      .map(([key, field]) => field.confidence - (ordered[key]?.confidence ?? 0));
    expect(Math.min(...differences)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...differences)).toBeGreaterThan(0);
  });

  test('keeps a row that does not add up as printed, and is less sure of it, the less it knows of the columns', () => {
    const slip = withRow('（一）予以公开', ['2', '1', '0', '0', '0', '0', '9']);
    const [exact, ordered] = [score(slip), score(slip, 'ordered')];
    for (const fields of [exact, ordered]) {
      expect(fields['applications.granted.total']).toMatchObject({ value: 9, raw: '9' });
    }
    expect(confidence(exact, 'granted.total')).toBeLessThan(confidence(sound, 'granted.total'));
    expect(confidence(ordered, 'granted.total')).toBeLessThan(confidence(exact, 'granted.total'));
  });

  test('accepts no row that prints parts and no total, least of all where every row lacks it', () => {
    const one = score(withRow('（一）予以公开', ['2', '1', '0', '0', '0', '0', '']));
    expect(confidence(one, 'granted.natural_person')).toBeLessThan(ACCEPTED);
    expect(confidence(one, 'new.natural_person')).toBeGreaterThan(ACCEPTED);
    const all = score(SOUND.map((cells) => [...cells.slice(0, -1), '']));
    expect(confidence(all, 'granted.natural_person')).toBeLessThan(confidence(one, 'granted.natural_person'));
    expect(confidence(all, 'granted.natural_person')).toBeLessThan(REVIEW_BELOW);
  });

  test('does not accept that a row is blank where the column of the totals was lost: its only count may be gone', () => {
    const withBlanks = SOUND.map((cells) => cells.map((text) => (text === '0' ? '' : text)));
    expect(confidence(score(withBlanks), 'partially_granted.natural_person')).toBeGreaterThan(ACCEPTED);
    const without = score(withBlanks.map((cells) => [...cells.slice(0, -1), '']));
    expect(confidence(without, 'partially_granted.natural_person')).toBeLessThan(ACCEPTED);
  });

  test('does not accept numbers whose columns are a guess', () => {
    const short = score(withRow('（一）予以公开', ['2', '1', '3']), 'ordered');
    const guessed = Object.entries(short).filter(([key]) => key.startsWith('applications.granted.'));
    expect(guessed).toHaveLength(7);
    const accepted = guessed.filter(([, field]) => field.confidence >= ACCEPTED);
    // The sums leave no choice about the numbers that are placed, and those alone may be accepted.
    for (const [key, { value }] of accepted)
      expect([key, value]).toEqual([key, COUNTS['granted']?.[COLUMNS.indexOf(key)]]);
  });

  test('doubts a blank where two sums lack the same amount', () => {
    const causesOf = (cells: readonly string[], column: string) =>
      (
        score(withRow('（一）予以公开', cells), 'exact', true)[`applications.granted.${column}`]?.explain ??
        []
      ).map(({ cause }) => cause);
    expect(causesOf(['', '1', '0', '0', '0', '0', '3'], 'natural_person')).toContain('identity:fails');
    expect(causesOf(['2', '1', '', '', '', '', '9'], 'research')).not.toContain('identity:fails');
  });

  test('doubts numbers that no sum tells of where sums fail all over the report', () => {
    const [disclosure] = FORM_2021.tables;
    if (disclosure?.arrangement !== 'down') throw new Error('no table two');
    const other = disclosure.blocks.flatMap((block) => [
      ['信息内容', ...block.columns.map(({ labels }) => labels[0] ?? '')],
      ...printForm({ ...disclosure, blocks: [block] }, () => block.columns.map((_, i) => 27 + i)),
    ]);
    const garbled = SOUND.map((cells) =>
      cells.map((cell, column) => (column > 0 && /^[1-9]$/.test(cell) ? `${column}${cell}` : cell)),
    );
    const known = (fields: ReturnType<typeof score>) =>
      fields['disclosure.regulations.in_force']?.confidence ?? -1;
    expect(known(scoreAll([other, SOUND]))).toBeGreaterThan(ACCEPTED);
    expect(known(scoreAll([other, garbled]))).toBeLessThan(ACCEPTED);
  });

  test('leaves the absence of a field that was not found to a person', () => {
    const lost = score(SOUND.filter(([label]) => label !== '（一）予以公开'));
    expect(lost['applications.granted.total']).toMatchObject({ status: 'absent', value: null });
    expect(confidence(lost, 'granted.total')).toBeLessThan(REVIEW_BELOW);
  });

  test('knows that parts are rightly absent where one row is printed for them, and the other way round', () => {
    expect(sound['applications.other.total']).toMatchObject({ status: 'absent' });
    expect(confidence(sound, 'other.total')).toBeGreaterThan(REVIEW_BELOW);
  });

  test('explains a confidence by its causes, the largest first, and only when asked', () => {
    const field = score(SOUND, 'ordered', true)['applications.granted.total'];
    const effects = (field?.explain ?? []).map(({ effect }) => Math.abs(effect));
    expect(effects.length).toBeGreaterThan(1);
    expect(effects).toEqual([...effects].sort((a, b) => b - a));
    const odds = (field?.explain ?? []).reduce((sum, { effect }) => sum + effect, 0);
    expect(field?.confidence).toBeCloseTo(logistic(odds), 3);
    expect(sound['applications.granted.total']).not.toHaveProperty('explain');
  });
});

const COLUMNS = [...APPLICANTS, 'total'].map((column) => `applications.granted.${column}`);
