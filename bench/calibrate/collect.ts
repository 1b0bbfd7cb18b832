import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../src/errors/app-error.js';
import { parseTruthLines } from '../../src/evaluation/truth.js';
import { extractDocument } from '../../src/extractors/extract-document.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import type { Document } from '../../src/model/document.js';
import { drawRecipe, makeReport } from '../../test/generate/generate.js';
import { handOver } from '../../test/generate/judge.js';
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

/** Fields of generated documents, as extractors hand them over and as files. */
export async function collectGenerated(count: number, firstDocument: number): Promise<Sample[]> {
  const samples: Sample[][] = [];
  for (let i = 0; i < count; i++) {
    const recipe = drawRecipe(FIRST_SEED + i);
    const report = makeReport(recipe);
    const place = { document: firstDocument + i, source: 'generated' as const };
    samples.push(sampleDocument(await handOver(report, recipe.view), report.truth, place, report.year));
  }
  return samples.flat();
}
