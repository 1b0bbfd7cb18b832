import type { CauseVector } from '../../src/confidence/causes.js';
import { fieldCauses } from '../../src/confidence/score-fields.js';
import { runChecks } from '../../src/checks/run-checks.js';
import type { FieldTruth } from '../../src/evaluation/truth.js';
import { readForm } from '../../src/forms/read-form.js';
import type { Document } from '../../src/model/document.js';
import { normalizeFields } from '../../src/normalize/fields.js';
import { readMeta } from '../../src/normalize/meta/read-meta.js';
import { ownReport } from '../../src/normalize/own-report.js';
import { readSections } from '../../src/normalize/sections.js';

/** One field of one document: what spoke for the value that was read, and whether it is what is printed. */
export interface Sample {
  /** Number of its document: folds are cut between documents, never through one. */
  readonly document: number;
  readonly source: 'corpus' | 'generated';
  readonly key: string;
  readonly causes: CauseVector;
  readonly isRight: boolean;
}

type FieldTruths = Readonly<Record<string, FieldTruth | undefined>>;

/**
 * Reads a document as the pipeline does and judges each field that it claims something about. A field of another form
 * than the report's is wrong where it claims a number; where the truth leaves several readings open, any will do.
 */
export function sampleDocument(
  document: Document,
  truth: FieldTruths,
  place: Pick<Sample, 'document' | 'source'>,
  year: number | null = yearOf(document),
): Sample[] {
  const own = ownReport(document, year);
  const form = readForm(own, year);
  if (!form) return [];
  const fields = normalizeFields(form);
  const printed = new Map(fields.map((field) => [field.definition.key, field]));
  const checks = runChecks(form.form, printed, place.source === 'corpus' ? readSections(own) : []);
  const causes = fieldCauses(fields, checks);
  return fields.flatMap((field, i): Sample[] => {
    const { key } = field.definition;
    const wanted = truth[key];
    if (wanted === undefined && field.value === null) return [];
    if (wanted !== null && typeof wanted === 'object') return [];
    const isRight = wanted !== undefined && isSame(wanted, field.value);
    return [{ ...place, key, causes: causes[i] ?? {}, isRight }];
  });
}

function yearOf(document: Document): number | null {
  const year = readMeta(document).year.value;
  return typeof year === 'number' ? year : null;
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
