import { runChecks } from '../../src/checks/run-checks.js';
import { scoreFields } from '../../src/confidence/score-fields.js';
import { extractDocument } from '../../src/extractors/extract-document.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import { readForm } from '../../src/forms/read-form.js';
import type { Document } from '../../src/model/document.js';
import type { CheckResult, Field, FormId } from '../../src/model/record.js';
import { normalizeFields } from '../../src/normalize/fields.js';
import { ownReport } from '../../src/normalize/own-report.js';
import { makeReport, type Recipe } from './generate.js';
import type { Report } from './report.js';
import { isRendering, toBytes } from './render/to-bytes.js';
import { toDocument } from './render/to-document.js';

/** A field that came out otherwise than it is printed. */
export interface WrongField {
  readonly key: string;
  readonly wanted: number | null;
  readonly got: number | null;
  readonly confidence: number;
}

export interface Verdict {
  readonly form: FormId;
  readonly fields: number;
  readonly wrong: readonly WrongField[];
  /** Fields with at least the accepted confidence. */
  readonly accepted: number;
  readonly silent: readonly WrongField[];
  readonly failedChecks: readonly CheckResult[];
}

/** From this confidence on a field is taken without a look at it. */
export const ACCEPTED = 0.99;

/** What the steps behind the extractors read of a document whose year is known. */
export function readFields(
  document: Document,
  year: number,
): { fields: Record<string, Field>; checks: CheckResult[] } {
  const form = readForm(ownReport(document, year), year);
  if (!form) return { fields: {}, checks: [] };
  const normalized = normalizeFields(form);
  const checks = runChecks(form.form, new Map(normalized.map((field) => [field.definition.key, field])), []);
  return { fields: scoreFields(normalized, checks, true), checks };
}

/** Makes the report of a recipe, reads it and compares. */
export async function judge(recipe: Recipe): Promise<Verdict> {
  const report = makeReport(recipe);
  const { fields, checks } = readFields(await handOver(report, recipe.view), report.year);
  return compare(report, fields, checks);
}

/** A report as the pipeline gets it behind the extractors. */
export async function handOver(report: Report, view: Recipe['view']): Promise<Document> {
  if (!isRendering(view)) return toDocument(report, view);
  return extractDocument(toBytes(report, view), DEFAULT_EXTRACT_SETTINGS, {});
}

/** Compares fields with what a report prints; a field left out claims nothing. */
export function compare(
  report: Pick<Report, 'form' | 'truth'>,
  fields: Readonly<Record<string, Field>>,
  checks: readonly CheckResult[],
): Verdict {
  const wrong: WrongField[] = [];
  let accepted = 0;
  const foreign = Object.keys(fields).filter((key) => !(key in report.truth) && fields[key]?.value !== null);
  for (const key of [...Object.keys(report.truth), ...foreign]) {
    const wanted = report.truth[key] ?? null;
    const got = fields[key]?.value ?? null;
    const confidence = fields[key]?.confidence ?? 0;
    if (confidence >= ACCEPTED) accepted++;
    if (!isSame(wanted, got)) wrong.push({ key, wanted, got, confidence });
  }
  return {
    form: report.form,
    fields: Object.keys(report.truth).length,
    wrong,
    accepted,
    silent: wrong.filter((field) => field.confidence >= ACCEPTED),
    failedChecks: checks.filter((check) => check.status === 'failed'),
  };
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
