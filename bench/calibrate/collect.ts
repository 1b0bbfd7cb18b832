import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../src/errors/app-error.js';
import { parseTruthLines } from '../../src/evaluation/truth.js';
import { extractDocument } from '../../src/extractors/extract-document.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import type { Document } from '../../src/model/document.js';
import { drawRecipe, makeReport } from '../../test/generate/generate.js';
import { randomOf } from '../../test/generate/random.js';
import { RENDERINGS, toBytes } from '../../test/generate/render/to-bytes.js';
import { toDocument } from '../../test/generate/render/to-document.js';
import { type Sample, sampleDocument } from './sample.js';

/** Seeds of the calibration; the property tests use others. */
const FIRST_SEED = 1_000_000;

/** What scans print is read by recognition of characters, whose errors have causes of their own. */
const LEFT_OUT = new Set(['scan']);

/** Fields of every document in a folder with a truth.jsonl, formats that no extractor reads left out. */
export async function collectFolder(folder: string, firstDocument: number): Promise<Sample[]> {
  const list = join(folder, 'truth.jsonl');
  if (!existsSync(list)) return [];
  const samples: Sample[] = [];
  const truths = parseTruthLines(readFileSync(list, 'utf8'), list).filter(
    (truth) => !LEFT_OUT.has(truth.format),
  );
  for (const [i, truth] of truths.entries()) {
    const path = join(folder, truth.file);
    const document = await extractOrSkip(readFileSync(path), basename(path));
    if (document)
      samples.push(
        ...sampleDocument(document, truth.fields, { document: firstDocument + i, source: 'corpus' }),
      );
  }
  return samples;
}

async function extractOrSkip(bytes: Uint8Array, name: string): Promise<Document | null> {
  try {
    return await extractDocument(bytes, DEFAULT_EXTRACT_SETTINGS, { name });
  } catch (error) {
    if (error instanceof AppError) {
      console.error(`left out: ${name}: ${error.message}`);
      return null;
    }
    throw error;
  }
}

/** Fields of generated documents as extractors would hand them over. */
export function collectViews(count: number, firstDocument: number): Sample[] {
  return Array.from({ length: count }, (_, i) => i).flatMap((i) => {
    const recipe = drawRecipe(FIRST_SEED + i);
    const report = makeReport(recipe);
    const place = { document: firstDocument + i, source: 'generated' as const };
    return sampleDocument(toDocument(report, recipe.view), report.truth, place, report.year);
  });
}

/** Fields of generated documents written into real bytes and read by the extractors. */
export async function collectBytes(count: number, firstDocument: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const seed = 2 * FIRST_SEED + i;
    const report = makeReport({ ...drawRecipe(seed), view: 'exact' });
    const rendering = randomOf(seed).fork('rendering').pick(RENDERINGS);
    const document = await extractOrSkip(
      toBytes(report, rendering),
      `${seed}.${rendering === 'html' ? 'html' : 'txt'}`,
    );
    const place = { document: firstDocument + i, source: 'generated' as const };
    if (document) samples.push(...sampleDocument(document, report.truth, place));
  }
  return samples;
}
