import type { Document } from '../model/document.js';
import { foldLabel } from '../text/fold.js';
import { onceEach } from '../text/once-each.js';
import type { FormReading } from './form-reading.js';
import { fieldsOf, type FormDefinition } from './form.js';
import { absent } from './read-down.js';
import { FORMS } from './registry.js';

/** So many labels of a form's rows and columns on lines of their own are its tables, without their cells. */
const FEWEST_LABELS = 12;

/** A form names so many labels more than the next one, whose wording is partly the same. */
const FEWEST_LABELS_AHEAD = 3;

/** A blank form may be of another year than its report, and labels are all that is known. */
const CONFIDENCE = 0.9;

/**
 * The form whose labels a text prints one by one without a number behind any of them: a converter drops blank cells, and
 * with a table that nobody filled in nothing but its labels is left. No cell of it was found. Null where no form's
 * labels, or those of two forms alike, are there.
 */
export function namedForm(document: Document): FormReading | null {
  const printed = new Set(
    document.blocks.flatMap((block) =>
      block.kind === 'table' ? [] : block.text.split('\n').map((line) => foldLabel(line)),
    ),
  );
  const counted = FORMS.map((form) => ({
    form,
    count: labelsOf(form).filter((label) => printed.has(label)).length,
  })).sort((a, b) => b.count - a.count);
  const [best, second] = counted;
  if (!best || best.count < FEWEST_LABELS || best.count - (second?.count ?? 0) < FEWEST_LABELS_AHEAD)
    return null;
  return {
    form: best.form,
    confidence: CONFIDENCE,
    tables: best.form.tables.map(({ id }) => ({
      table: id,
      fields: fieldsOf(best.form)
        .filter(({ table }) => table === id)
        .map(({ key, optional }) => absent(key, 0, optional)),
      score: 0,
      coverage: 0,
      hasSecondCopy: false,
      hasOtherHeads: false,
      rows: [],
    })),
    runnerUp: null,
  };
}

/** The official wording of a form's rows and columns, each once, folded. */
const labelsOf = onceEach((form: FormDefinition): readonly string[] => {
  const fields = fieldsOf(form);
  return [...new Set(fields.flatMap(({ row, column }) => [foldLabel(row), foldLabel(column)]))].filter(
    (label) => label.length > 1,
  );
});
