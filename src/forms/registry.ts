import type { FormDefinition } from './form.js';
import { FORM_2014 } from './form-2014.js';
import { FORM_2019 } from './form-2019.js';
import { FORM_2021 } from './form-2021.js';

/** Every form that gongkai knows, oldest first; the only list of them. */
export const FORMS: readonly FormDefinition[] = [FORM_2014, FORM_2019, FORM_2021];
