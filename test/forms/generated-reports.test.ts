import { describe, expect, test } from '@jest/globals';
import { FORMS } from '../../src/forms/registry.js';
import { readForm } from '../../src/forms/read-form.js';
import { ownReport } from '../../src/normalize/own-report.js';
import { DEFAULT_SETTINGS, processDocument } from '../../src/pipeline/process-document.js';
import { describeCase } from '../generate/describe.js';
import { drawRecipe, makeReport, type Recipe } from '../generate/generate.js';
import { compare, handOver, judge, readFields, type Verdict } from '../generate/judge.js';
import { type Rendering, toBytes } from '../generate/render/to-bytes.js';
import type { View } from '../generate/render/to-document.js';
import { shrink } from '../generate/shrink.js';

/**
 * Properties of reading over generated reports. `npm run test:generated` reads 20,000 tables with random breaks in two
 * processes; here a sample of them stands in, so that `npm test` stays short.
 */
const SAMPLE = { whole: 30, bytes: 4, broken: 320, slips: 60, once: 120 } as const;

/** Reports of a larger sweep that once had a wrong field which claimed to be sure. */
const ONCE_SILENT: readonly Recipe[] = [
  { seed: 196, view: 'layout', breaks: ['values-on-next-line', 'cut-rows'] },
  ...[
    6351, 3006614, 3007098, 3002163, 3003559, 3007295, 3008109, 3008283, 4004210, 4005100, 4007667, 5003868,
    5003911, 5006561, 5000467, 6000027, 6001821, 7000439,
  ].map(drawRecipe),
];

/** Seeds of these tests; the calibration uses others, so that nothing is tested on what it was fitted to. */
const FIRST_SEED = 50_000;

const seeds = (count: number, from = FIRST_SEED): number[] =>
  Array.from({ length: count }, (_, i) => from + i);

/** Fails with the simplest report for which `isBad` holds, if there is one. */
async function expectNone(
  recipes: readonly Recipe[],
  isBad: (verdict: Verdict) => Verdict['wrong'],
): Promise<void> {
  for (const recipe of recipes) {
    if (isBad(await judge(recipe)).length === 0) continue;
    const simplest = await shrink(recipe, async (candidate) => isBad(await judge(candidate)).length > 0);
    throw new Error(describeCase(simplest, isBad(await judge(simplest))));
  }
}

describe('a whole report', () => {
  const views: View[] = ['exact', 'aligned', 'ordered', 'stream'];
  test.each(views)('is read without a wrong field from %s tables', async (view) => {
    await expectNone(
      seeds(SAMPLE.whole).map((seed) => ({ seed, view, breaks: [] })),
      (verdict) => verdict.wrong,
    );
  });

  const renderings: Rendering[] = ['html', 'tabs', 'tabs-compact', 'commas', 'pipes', 'cell-lines'];
  test.each(renderings)('is read without a wrong field from real bytes written as %s', async (rendering) => {
    for (const seed of seeds(SAMPLE.bytes)) {
      const report = makeReport({ seed, view: 'exact', breaks: [] });
      const input = { path: null, uri: null, hints: {} };
      const record = await processDocument(toBytes(report, rendering), input, DEFAULT_SETTINGS);
      expect(compare(report, record.fields, record.checks).wrong).toEqual([]);
      expect(record.form).toBe(report.form);
    }
  });
});

describe('a broken report', () => {
  test('has no wrong field that claims to be sure', async () => {
    await expectNone(seeds(SAMPLE.broken).map(drawRecipe), (verdict) => verdict.silent);
  });

  test('has none either where a larger sweep once found some', async () => {
    await expectNone(ONCE_SILENT, (verdict) => verdict.silent);
  });

  test('lends no printed cell to two fields', async () => {
    for (const recipe of seeds(SAMPLE.once).map(drawRecipe)) {
      const report = makeReport(recipe);
      const reading = readForm(ownReport(await handOver(report, recipe.view), report.year), report.year);
      const used = reading?.tables.flatMap((table) =>
        table.fields.flatMap(({ slot }) => (slot?.cell && slot.text.trim() !== '' ? [slot.cell] : [])),
      );
      const places = (used ?? []).map((evidence) => JSON.stringify(evidence));
      const twice = places.filter((place, i) => places.indexOf(place) !== i);
      if (twice.length > 0) throw new Error(`${describeCase(recipe, [])}\n  used twice: ${twice.join(' ')}`);
    }
  });
});

describe("a slip of the author's", () => {
  test('is kept as printed and shows as a failed check', async () => {
    let slips = 0;
    for (let seed = FIRST_SEED; slips < SAMPLE.slips; seed++) {
      const recipe: Recipe = { seed, view: 'exact', breaks: [] };
      const report = makeReport(recipe);
      if (report.slips.length === 0) continue;
      slips++;
      const { fields, checks } = readFields(await handOver(report, recipe.view), report.year);
      for (const key of report.slips)
        expect([seed, key, fields[key]?.value]).toEqual([seed, key, report.truth[key]]);
      const failed = checks.filter((check) => check.status === 'failed').flatMap((check) => check.fields);
      expect(failed).toEqual(expect.arrayContaining([...report.slips]));
    }
  });

  test('changes no other field either: a legible number is never bent to make sums agree', async () => {
    const withSlips = seeds(SAMPLE.slips * 10).filter(
      (seed) => makeReport({ seed, view: 'exact', breaks: [] }).slips.length > 0,
    );
    await expectNone(
      withSlips.flatMap((seed) =>
        (['exact', 'ordered'] as const).map((view) => ({ seed, view, breaks: [] })),
      ),
      (verdict) => verdict.wrong,
    );
  });
});

test('every form is among the generated reports', () => {
  const forms = new Set(seeds(40).map((seed) => makeReport({ seed, view: 'exact', breaks: [] }).form));
  expect([...forms].sort()).toEqual(FORMS.map((form) => form.id).sort());
});
