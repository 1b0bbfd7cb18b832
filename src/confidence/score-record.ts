import type { CheckResult, Field } from '../model/record.js';

/** Below this a field is shown to a person. */
export const REVIEW_BELOW = 0.9;

/**
 * Probability that all fields of a record are right. Fields of one record go wrong together (a table is misread,
 * not a cell), so the fields of a confidence count once, not once each: the product over the distinct confidences.
 */
export function recordConfidence(fields: Readonly<Record<string, Field>>, form: number): number {
  const distinct = new Set(Object.values(fields).map((field) => field.confidence));
  if (distinct.size === 0) return 0;
  let product = form;
  for (const confidence of distinct) product *= confidence;
  return Math.round(product * 10_000) / 10_000;
}

/** Whether a person should look, and why. */
export function reviewOf(
  fields: Readonly<Record<string, Field>>,
  checks: readonly CheckResult[],
  hasForm: boolean,
): { needed: boolean; reasons: string[] } {
  const doubtful = Object.values(fields).filter((field) => field.confidence < REVIEW_BELOW).length;
  const failed = checks.filter((check) => check.status === 'failed');
  const reasons = [
    ...(hasForm ? [] : ['FORM_NOT_MATCHED']),
    ...(doubtful > 0 ? [`${doubtful} fields below ${REVIEW_BELOW}`] : []),
    ...failed.map((check) => `check failed: ${check.id}`),
    ...checks.filter(tellsOtherwise).map((check) => `the text says otherwise: ${check.id}`),
  ];
  return { needed: reasons.length > 0, reasons };
}

/** A count of the report's prose that does not fit its tables; scope may explain it, so it is told and never fails. */
function tellsOtherwise(check: CheckResult): boolean {
  return (
    check.status === 'skipped' && check.left !== null && check.right !== null && check.left !== check.right
  );
}
