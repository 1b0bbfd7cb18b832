/**
 * Fits the confidence of fields: reads ../shared (where present) and generated reports, notes for every field what
 * spoke for and against it and whether it came out right, fits one coefficient for each cause, measures it on
 * documents that the fit had not seen, and writes
 *
 *   src/confidence/coefficients.ts   the coefficients
 *   docs/reliability.svg             the reliability diagram on held-out documents
 *   docs/reliability.json            its figures
 *
 *   npm run calibrate -- [--documents 4000] [--dry]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CAUSES, type ConfidenceModel } from '../src/confidence/causes.js';
import { collectFolder, collectGenerated } from './calibrate/collect.js';
import { drawReliability } from './calibrate/draw-reliability.js';
import {
  binsOf,
  type CalibrationFigures,
  measure,
  predictHeldOut,
  type Prediction,
} from './calibrate/measure.js';
import { fitModel } from './calibrate/model.js';
import type { Sample } from './calibrate/sample.js';

const ROOT = join(import.meta.dirname, '..');
const SHARED = join(ROOT, '..', 'shared');
const BOUNDS = [0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1];
/** Document numbers of the sources start this far apart, so that none is used twice. */
const STRIDE = 1_000_000;

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '4000' },
    dry: { type: 'boolean', default: false },
  },
});

const samples = await collectAll();
const held = predictHeldOut(samples);
const model = fitModel(samples);
const figures = {
  corpus: measure(of(held, 'corpus')),
  generated: measure(of(held, 'generated')),
};
console.log(JSON.stringify(figures, null, 2));
for (const cause of CAUSES) console.log(cause.padEnd(24), String(model.coefficients[cause]).padStart(8));
printSilent(held);
if (!values.dry) writeAll();

async function collectAll(): Promise<Sample[]> {
  const folders = ['corpus', 'corpus/real', 'seeds'];
  const parts: Sample[][] = [];
  for (const [i, folder] of folders.entries())
    parts.push(await collectFolder(join(SHARED, folder), i * 1000));
  parts.push(await collectGenerated(Number(values.documents), STRIDE));
  return parts.flat();
}

function of(predictions: readonly Prediction[], source: Sample['source']): Prediction[] {
  return predictions.filter(({ sample }) => sample.source === source);
}

/** The sets of causes that most often go wrong without saying so: what a new cause would have to tell apart. */
function printSilent(predictions: readonly Prediction[]): void {
  const kinds = new Map<string, { wrong: number; documents: Set<number> }>();
  for (const { sample, confidence } of predictions) {
    if (sample.isRight || confidence < 0.99) continue;
    const name = Object.entries(sample.causes)
      .filter(([cause, value]) => value !== 0 && cause !== 'bias')
      .map(([cause, value]) => (value === 1 ? cause : `${cause}=${value.toFixed(2)}`))
      .join(' ');
    const kind = kinds.get(name) ?? { wrong: 0, documents: new Set<number>() };
    kind.wrong++;
    kind.documents.add(sample.document);
    kinds.set(name, kind);
  }
  for (const [name, kind] of [...kinds].sort(([, a], [, b]) => b.wrong - a.wrong).slice(0, 20)) {
    console.log(
      String(kind.wrong).padStart(5),
      `in ${kind.documents.size} documents (${[...kind.documents][0]}):`,
      name || 'no doubt',
    );
  }
}

function writeAll(): void {
  writeFileSync(join(ROOT, 'src/confidence/coefficients.ts'), coefficientsFile(model));
  writeFileSync(join(ROOT, 'docs/reliability.json'), `${JSON.stringify(figures, null, 2)}\n`);
  const curves = [
    { name: '../shared, held out', colour: '#1f5fa8', bins: binsOf(of(held, 'corpus'), BOUNDS) },
    { name: 'generated, held out', colour: '#d1702f', bins: binsOf(of(held, 'generated'), BOUNDS) },
  ].filter((curve) => curve.bins.length > 0);
  writeFileSync(
    join(ROOT, 'docs/reliability.svg'),
    drawReliability(curves, 'Is a confidence of 0.9 right nine times in ten?'),
  );
}

function coefficientsFile({ coefficients, levels }: ConfidenceModel): string {
  const documents = (source: Sample['source']): number =>
    new Set(samples.filter((sample) => sample.source === source).map((sample) => sample.document)).size;
  return [
    "import type { Coefficients } from './causes.js';",
    "import type { Level } from './levels.js';",
    '',
    '/**',
    " * Effect of each cause on a field's confidence, in log-odds. Made by `npm run calibrate` on",
    ` * ${new Date().toISOString().slice(0, 10)} from ${documents('corpus')} documents of ../shared and ${documents('generated')} generated ones (${samples.length} fields,`,
    ` * ${samples.filter((sample) => !sample.isRight).length} of them read wrongly). On documents the fit had not seen:`,
    ` * ../shared ${describe(figures.corpus)};`,
    ` * generated ${describe(figures.generated)}.`,
    ' * A doubt never weighs less than the bound that bench/calibrate/model.ts sets it, and many lie at theirs: drawn',
    ' * reports show some doubts too seldom for their weight in layouts that nobody drew.',
    ' */',
    'export const COEFFICIENTS: Coefficients = {',
    ...CAUSES.map((cause) => `  ${/^\w+$/.test(cause) ? cause : `'${cause}'`}: ${coefficients[cause]},`),
    '};',
    '',
    '/** What the plain sums of effects turned out to mean on the same documents, for fields with a cell. */',
    'export const LEVELS: readonly Level[] = [',
    ...levels.map(({ odds, settled }) => `  { odds: ${odds}, settled: ${settled} },`),
    '];',
    '',
  ].join('\n');
}

function describe(part: CalibrationFigures): string {
  return `${part.fields} fields, accepted@0.99 ${part.accepted.toFixed(4)}, silent ${part.silent}, ECE ${part.ece.toFixed(4)}`;
}
