import { identityCheck } from '../checks/identity.js';
import { FORMS } from '../forms/registry.js';
import type { CheckResult, Field, GongkaiRecord } from '../model/record.js';

type Fields = Readonly<Record<string, Field>>;

/**
 * The checks of a record over other values of its fields: the identities through a field that changed are added up anew,
 * every other check stays as the run found it.
 */
export function recheck(record: GongkaiRecord, fields: Fields): readonly CheckResult[] {
  const changed = Object.keys(fields).filter((key) => hasChanged(record.fields[key], fields[key]));
  const form = FORMS.find(({ id }) => id === record.form);
  if (!form || changed.length === 0) return record.checks;
  const touched = new Set(
    record.checks.filter((check) => changed.some((key) => check.fields.includes(key))).map(({ id }) => id),
  );
  const identities = form.identities.filter(({ id }) => touched.has(id));
  const values = new Map(Object.entries(fields));
  const results = identityCheck.evaluate({ identities, fields: values, sections: [], claims: [] });
  const anew = new Map(results.map((check) => [check.id, check]));
  return record.checks.map((check) => anew.get(check.id) ?? check);
}

function hasChanged(before: Field | undefined, after: Field | undefined): boolean {
  return before?.value !== after?.value || before?.status !== after?.status;
}
