import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { score, scoreBy, type ScoredRecord } from '../../src/evaluation/score.js';
import { parseTruthLines, type Truth } from '../../src/evaluation/truth.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const REFERENCE = join(process.cwd(), '..', 'shared', 'bench', 'score.py');
const canCompare = existsSync(REFERENCE) && hasPython();
const testReference = canCompare ? test : test.skip;

describe('score', () => {
  test('counts a field as right when number, blank or one of several readings fits', () => {
    const { figures } = scoreOne(
      { a: 3, b: null, c: { any: [0, null] }, d: 0 },
      { a: 3, b: null, c: 0, d: 1 },
    );
    expect(figures).toMatchObject({ fields: 0.75, nonzero: 1, wrong_values: 1, missed: 0, exact_docs: 0 });
  });

  test('a field that the record lacks claims nothing and is missed', () => {
    const { figures } = scoreOne({ a: 3 }, {});
    expect(figures).toMatchObject({ fields: 0, missed: 1, 'accepted@0.9': 0, 'silent_errors@0.9': 0 });
  });

  test('a number that nobody printed spoils the document', () => {
    const { figures } = scoreOne({ a: 3 }, { a: 3, b: 7 });
    expect(figures).toMatchObject({ fields: 1, extra: 1, exact_docs: 0 });
  });

  test('a wrong value with high confidence is a silent error', () => {
    const { figures, errors } = scoreOne({ a: 3 }, { a: 4 }, 0.995);
    expect(figures['silent_errors@0.99']).toBe(1);
    expect(errors).toEqual([expect.objectContaining({ key: 'a', wanted: 3, got: 4 })]);
  });

  test('a look-alike is right without a form', () => {
    const truth = parseTruthLines('{"file":"x.txt","form":"none","meta":{},"fields":{}}', 'truth');
    const record = { form: null, meta: {}, fields: {}, checks: [] };
    expect(score(truth, () => record).figures['form']).toBe(1);
    expect(score(truth, () => ({ ...record, form: '2021' })).figures['form']).toBe(0);
  });

  test('compares meta values without spaces, width of punctuation, scheme and case', () => {
    const truth = parseTruthLines('{"file":"x.txt","meta":{"website":"www.a.cn","phone":"0537-1"}}', 'truth');
    const meta = { website: value('http://WWW.a.cn/'), phone: value('0537—1') };
    expect(score(truth, () => ({ form: null, meta, fields: {}, checks: [] })).figures['meta']).toBe(1);
  });

  test('refuses a truth that does not fit and says where it stands', () => {
    expect(() => parseTruthLines('{"file":"a"}\n{"fields":{}}', 'truth.jsonl')).toThrow(
      'truth.jsonl, line 2',
    );
  });

  testReference(
    `gives the figures of the reference scorer${canCompare ? '' : ' (skipped: no ../shared or no python3)'}`,
    () => {
      const folder = new TemporaryFolder();
      try {
        // One call of the reference for many documents: starting Python takes longer than all the rest.
        const documents = fc.sample(documentArbitrary, { numRuns: 80, seed: 7 });
        const named = documents.map((one, index) => ({ ...one, file: `${index}.txt` }));
        expect(ownFigures(named)).toEqual(referenceFigures(folder, named));
      } finally {
        folder.remove();
      }
    },
  );
});

interface MadeDocument {
  readonly family: string;
  readonly form: string | null;
  readonly expectFailed: boolean;
  readonly truth: Readonly<Record<string, number | null | { any: (number | null)[] }>>;
  readonly got: Readonly<Record<string, { value: number | null; confidence: number }>>;
  readonly gotForm: string | null;
  readonly failed: boolean;
}

const numberArbitrary = fc.option(fc.constantFrom(0, 1, 2, 3119, 43.788), { nil: null });
const keyArbitrary = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const documentArbitrary: fc.Arbitrary<MadeDocument> = fc.record({
  family: fc.constantFrom('x', 'y'),
  form: fc.constantFrom('2021', '2019', 'none', null),
  expectFailed: fc.boolean(),
  truth: fc.dictionary(
    keyArbitrary,
    fc.oneof(numberArbitrary, fc.record({ any: fc.array(numberArbitrary) })),
  ),
  got: fc.dictionary(
    keyArbitrary,
    fc.record({ value: numberArbitrary, confidence: fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000) }),
  ),
  gotForm: fc.constantFrom('2021', '2019', null),
  failed: fc.boolean(),
});

function truthLine(made: MadeDocument & { file: string }): string {
  const { file, family, form, truth } = made;
  return JSON.stringify({
    file,
    family,
    form,
    meta: {},
    fields: truth,
    expect_failed: made.expectFailed ? ['sum'] : [],
  });
}

function recordOf(made: MadeDocument): ScoredRecord {
  return {
    form: made.gotForm,
    meta: {},
    fields: made.got,
    checks: made.failed ? [{ status: 'failed' }] : [],
  };
}

function ownFigures(documents: readonly (MadeDocument & { file: string })[]): unknown {
  const truths = parseTruthLines(documents.map(truthLine).join('\n'), 'truth');
  const records = new Map(documents.map((one) => [one.file, recordOf(one)]));
  return JSON.parse(JSON.stringify(scoreBy(truths, (file) => records.get(file), 'family')));
}

function referenceFigures(
  folder: TemporaryFolder,
  documents: readonly (MadeDocument & { file: string })[],
): unknown {
  const truth = folder.write('truth.jsonl', documents.map(truthLine).join('\n'));
  const lines = documents.map((one) => JSON.stringify({ source: { path: one.file }, ...recordOf(one) }));
  const records = folder.write('records.jsonl', lines.join('\n'));
  return JSON.parse(
    execFileSync('python3', [REFERENCE, truth, records, '--json', '--by', 'family'], { encoding: 'utf8' }),
  );
}

function scoreOne(
  fields: Truth['fields'],
  got: Readonly<Record<string, number | null>>,
  confidence = 0.5,
): ReturnType<typeof score> {
  const truth = parseTruthLines(JSON.stringify({ file: 'x.txt', meta: {}, fields }), 'truth');
  const entries = Object.entries(got).map(([key, number]) => [key, { value: number, confidence }]);
  const record = {
    form: null,
    meta: {},
    fields: Object.fromEntries(entries) as ScoredRecord['fields'],
    checks: [],
  };
  return score(truth, () => record);
}

function value(text: string): { value: string; confidence: number } {
  return { value: text, confidence: 0.9 };
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
