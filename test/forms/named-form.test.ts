import { describe, expect, it } from '@jest/globals';
import { FORM_2019 } from '../../src/forms/form-2019.js';
import { FORM_2021 } from '../../src/forms/form-2021.js';
import { fieldsOf, type FormDefinition } from '../../src/forms/form.js';
import { namedForm } from '../../src/forms/named-form.js';
import { textDocument } from '../helpers/text-document.js';

/** A text with every row and column of a form named on a line of its own, and no number. */
function labelsOnly(form: FormDefinition): string {
  const labels = fieldsOf(form).flatMap(({ row, column }) => [column, row]);
  return [...new Set(labels)].filter((label) => label !== '').join('\n');
}

describe('a form of which only the labels are left', () => {
  it.each([FORM_2019, FORM_2021])('is told by them, and none of its fields is found', (form) => {
    const reading = namedForm(textDocument(labelsOnly(form)));
    expect(reading?.form.id).toBe(form.id);
    const fields = reading?.tables.flatMap((table) => table.fields) ?? [];
    expect(fields.map(({ key }) => key)).toEqual(fieldsOf(form).map(({ key }) => key));
    expect(fields.every(({ slot }) => slot === null)).toBe(true);
  });

  it('is not told by a few labels, or by those that two forms share', () => {
    expect(namedForm(textDocument('规章\n行政许可\n行政处罚\n行政强制'))).toBeNull();
    const shared = fieldsOf(FORM_2021)
      .filter(({ row }) => fieldsOf(FORM_2019).some((other) => other.row === row))
      .map(({ row }) => row);
    expect(namedForm(textDocument([...new Set(shared)].join('\n')))).toBeNull();
  });
});
