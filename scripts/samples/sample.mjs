import { truthOf, figuresOf } from './report.mjs';
import * as prose from './prose.mjs';

/** A sample as it is written: path below samples/, bytes, and truth. */
export function sample(path, bytes, { form, figures, meta: known, free, expectFailed, shows }) {
  const [format, file] = path.split('/');
  const family = `sample:${file.replace(/\.[^.]+$/, '')}`;
  return { path, bytes, truth: truthOf({ file, format, family, form, meta: known, figures, free, expectFailed, shows }) };
}

/** The meta data that every report names. */
export function meta(agency, year, title, hasPeriod = true) {
  return {
    agency_name: agency,
    year,
    title: title.replace(/\s+/g, ''),
    ...(hasPeriod && { period_start: `${year}-01-01`, period_end: `${year}-12-31` }),
  };
}

/** Every table of a report in another shape. */
export function mapTables(tables, convert) {
  return Object.fromEntries(Object.entries(tables).map(([name, grid]) => [name, convert(grid)]));
}

/** The truth of the report that stands both as a PDF and as a page: one report, two formats. */
export function transport() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.issued': 4,
      'disclosure.normative_documents.repealed': 1,
      'disclosure.normative_documents.in_force': 37,
      'disclosure.licensing.decisions': 12846,
      'disclosure.penalties.decisions': 2075,
      'disclosure.coercion.decisions': 18,
      'disclosure.fees.amount': 43.788,
      'review.upheld': 2,
      'review.total': 2,
      'litigation_direct.upheld': 1,
      'litigation_direct.pending': 1,
      'litigation_direct.total': 2,
    },
    applications: {
      new: [39, 2, 0, 1, 1, 0],
      carried_over: [3, 0, 0, 0, 0, 0],
      granted: [14, 1, 0, 0, 1, 0],
      partially_granted: [5, 0, 0, 0, 0, 0],
      'refused.internal_affairs': [2, 0, 0, 0, 0, 0],
      'refused.process_information': [1, 1, 0, 0, 0, 0],
      'unavailable.not_held': [13, 0, 0, 1, 0, 0],
      'not_processed.petition': [3, 0, 0, 0, 0, 0],
      'other.not_corrected': [1, 0, 0, 0, 0, 0],
      'other.other': [1, 0, 0, 0, 0, 0],
      carried_forward: [2, 0, 0, 0, 0, 0],
    },
  });
  const truth = {
    form: '2021',
    figures,
    meta: {
      ...meta('云州市交通运输局', 2023, prose.TRANSPORT.title),
      published_on: '2024-01-22',
      postcode: '641000',
      phone: '0832-2280113',
      address: '云州市滨河大道66号',
    },
  };
  return truth;
}
