import { AppError } from '../../errors/app-error.js';
import { fieldsOf } from '../../forms/form.js';
import { FORMS } from '../../forms/registry.js';
import type { TypedApp } from '../app-parts.js';
import { answering, options } from '../http/route-options.js';
import { form, formList, formParams } from '../schemas/forms.js';

const LIST = options('read', 'forms', 'The official forms', { response: answering(formList) });
const FORM = options('read', 'forms', 'An official form as data: enough to draw it', {
  params: formParams,
  response: answering(form),
});

/** The official forms, as the matcher knows them. */
export function formRoutes(app: TypedApp): void {
  app.get('/api/forms', LIST, () => ({
    items: FORMS.map((one) => ({ id: one.id, years: one.years, fields: fieldsOf(one).length })),
    next: null,
  }));
  app.get('/api/forms/:id', FORM, ({ params: { id } }) => {
    const found = FORMS.find((one) => one.id === id);
    if (!found) throw new AppError('NOT_FOUND', `There is no form ${id}.`);
    return { ...found, fields: fieldsOf(found) };
  });
}
