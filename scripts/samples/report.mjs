import {
  applicationKeys,
  applicationsGrid,
  COLUMNS,
  disclosureGrid,
  disclosureKeys,
  reviewGrid,
  reviewKeys,
  statisticsGrid,
  statisticsKeys,
} from './forms.mjs';

const UNPRINTED_2021 = COLUMNS.map(([column]) => `applications.other.${column}`);

/**
 * All numbers of a report from the few that are not zero. `applications` gives the six applicant columns of a row,
 * its total is their sum; the outcome total is the sum of the outcomes. `slips` are what the report prints instead.
 */
export function figuresOf({ form, numbers = {}, applications = {}, blank = [], slips = {} }) {
  if (form === '2014') return finish(statisticsKeys(), numbers, blank, slips);
  const keys = applicationKeys(form);
  const rows = Object.fromEntries(keys.map((key) => [key, applications[key] ?? [0, 0, 0, 0, 0, 0]]));
  const outcomes = keys.slice(2, -2);
  rows.total = [0, 1, 2, 3, 4, 5].map((at) => outcomes.reduce((sum, key) => sum + rows[key][at], 0));
  const cells = Object.entries(rows).flatMap(([key, six]) => {
    const all = [...six, six.reduce((sum, one) => sum + one, 0)];
    return COLUMNS.map(([column], at) => [`applications.${key}.${column}`, all[at]]);
  });
  const named = [...disclosureKeys(form), ...cells.map(([key]) => key), ...reviewKeys()];
  const unprinted = form === '2021' ? UNPRINTED_2021 : [];
  return finish(named, { ...Object.fromEntries(cells), ...numbers }, blank, slips, unprinted);
}

function finish(keys, numbers, blank, slips, unprinted = []) {
  const printed = keys.map((key) => [key, blank.some((lead) => key.startsWith(lead)) ? null : (numbers[key] ?? 0)]);
  return Object.fromEntries([...printed, ...unprinted.map((key) => [key, null]), ...Object.entries(slips)]);
}

/** The tables of a report as grids, their numbers as `print` writes them. */
export function tablesOf(form, figures, print = (value) => value) {
  const text = (key) => print(figures[key], key);
  if (form === '2014') return { statistics: statisticsGrid(text) };
  return {
    disclosure: disclosureGrid(form, text),
    applications: applicationsGrid(form, text),
    review: reviewGrid(text),
  };
}

const NO_META = {
  published_on: null,
  period_start: null,
  period_end: null,
  postcode: null,
  phone: null,
  fax: null,
  email: null,
  address: null,
  website: null,
};

/** The truth of a sample, in the shape of a line of truth.jsonl. */
export function truthOf({ file, format, family, form, meta, figures, free = [], expectFailed = [], shows }) {
  const fields = Object.entries(figures).map(([key, value]) => [
    key,
    free.some((lead) => key.startsWith(lead)) ? { any: [value, null] } : value,
  ]);
  return {
    file,
    format,
    family,
    form,
    shows,
    meta: meta ? { agency_name: meta.agency_name, year: meta.year, title: meta.title, ...NO_META, ...meta } : {},
    fields: Object.fromEntries(fields),
    expect_failed: expectFailed,
  };
}
