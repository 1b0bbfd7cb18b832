import type { FormDefinition } from '../forms/form.js';
import type { CheckResult, Section } from '../model/record.js';
import type { CheckedField, CheckInput } from './check.js';
import { readClaims } from './read-claims.js';
import { CHECKS } from './registry.js';

/**
 * Evaluates every check on the fields of one report, keyed as in the form. A failed check is a fact about the report;
 * nothing is changed.
 */
export function runChecks(
  form: Pick<FormDefinition, 'id' | 'identities'>,
  fields: ReadonlyMap<string, CheckedField>,
  sections: readonly Section[],
): CheckResult[] {
  const input: CheckInput = { identities: form.identities, fields, sections, claims: readClaims(sections) };
  return CHECKS.flatMap((check) => check.evaluate(input));
}
