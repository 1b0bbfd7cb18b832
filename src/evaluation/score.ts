import type { FieldTruth, Truth } from './truth.js';

/** What of a record is scored; a GongkaiRecord fits, and so does any line of the contract's shape. */
export interface ScoredRecord {
  readonly form: string | null;
  readonly meta: Readonly<Record<string, ScoredValue | undefined>>;
  readonly fields: Readonly<Record<string, ScoredValue | undefined>>;
  readonly checks: readonly { readonly status: string }[];
}

export interface ScoredValue {
  readonly value: string | number | null;
  readonly confidence: number;
}

/** A wrong value: `key` is a field, or a meta key led by `meta.`. */
export interface ScoredError {
  readonly file: string;
  readonly family: string;
  readonly key: string;
  readonly wanted: FieldTruth | string;
  readonly got: string | number | null;
  readonly confidence: number;
}

/** The figures of bench/score.py under its names; shares are rounded to five places, null where nothing counts. */
export type Figures = Readonly<Record<string, number | null>>;

export interface Score {
  readonly figures: Figures;
  readonly errors: readonly ScoredError[];
}

/** One field that counts for calibration. */
interface Claim {
  readonly confidence: number;
  readonly isRight: boolean;
}

const ACCEPTANCE_THRESHOLDS = [0.9, 0.95, 0.99];
const CALIBRATION_BINS = 10;
const PLACES = 5;
/** Two numbers are the same when they differ by no more than this, relatively or absolutely. */
const NUMBER_TOLERANCE = 1e-9;
/** On scans a false alarm says something of the reading, not of the checks. */
const FORMATS_WITHOUT_ALARMS = new Set(['scan']);

/**
 * Scores records against truth, with the same figures as the reference (shared/bench/score.py). `recordOf` gives the
 * record for a file or undefined; a field left out stands for "nothing printed" with confidence 0.
 */
export function score(truths: readonly Truth[], recordOf: (file: string) => ScoredRecord | undefined): Score {
  const tally = new Tally();
  const errors: ScoredError[] = [];
  const claims: Claim[] = [];
  for (const truth of truths) {
    const record = recordOf(truth.file);
    tally.add('docs');
    if (!record) tally.add('no_record');
    scoreForm(truth, record, tally);
    scoreFields(truth, record, tally, errors, claims);
    scoreMeta(truth, record, tally, errors);
    scoreChecks(truth, record, tally);
  }
  return { figures: { ...tally.figures(), ...calibration(claims) }, errors };
}

/** The same for all and for each value of a property of the truth, in the order of the values. */
export function scoreBy(
  truths: readonly Truth[],
  recordOf: (file: string) => ScoredRecord | undefined,
  property: 'format' | 'family' | 'form' | null,
): Readonly<Record<string, Figures>> {
  const all = { all: score(truths, recordOf).figures };
  if (property === null) return all;
  const groups = [...new Set(truths.map((truth) => String(truth[property])))].sort();
  const rows = groups.map((group): [string, Figures] => [
    group,
    score(
      truths.filter((truth) => String(truth[property]) === group),
      recordOf,
    ).figures,
  ]);
  return { ...all, ...Object.fromEntries(rows) };
}

function scoreForm(truth: Truth, record: ScoredRecord | undefined, tally: Tally): void {
  if (truth.form === null) return;
  tally.add('form');
  // A truth of "none" is a page that is no report: its record has no form.
  tally.add('form_ok', record !== undefined && (record.form ?? 'none') === truth.form);
}

function scoreFields(
  truth: Truth,
  record: ScoredRecord | undefined,
  tally: Tally,
  errors: ScoredError[],
  claims: Claim[],
): void {
  let isExact = true;
  for (const [key, wanted] of Object.entries(truth.fields)) {
    const got = record?.fields[key]?.value ?? null;
    const confidence = record?.fields[key]?.confidence ?? 0;
    const isRight = fitsField(wanted, got);
    tally.add('fields');
    tally.add('fields_ok', isRight);
    if (!isRight) {
      isExact = false;
      errors.push({ file: truth.file, family: truth.family, key, wanted, got, confidence });
    }
    if (typeof wanted === 'object' && wanted !== null) continue;
    if (wanted !== 0 && wanted !== null) {
      tally.add('nonzero');
      tally.add('nonzero_ok', isRight);
    }
    claims.push({ confidence, isRight });
    if (got !== null) {
      tally.add('reported');
      tally.add('reported_ok', isRight);
    } else tally.add('missed', wanted !== null);
  }
  const extra = Object.entries(record?.fields ?? {}).filter(
    ([key, field]) => !(key in truth.fields) && (field?.value ?? null) !== null,
  );
  tally.add('extra', extra.length);
  tally.add('exact', isExact && extra.length === 0);
}

function scoreMeta(
  truth: Truth,
  record: ScoredRecord | undefined,
  tally: Tally,
  errors: ScoredError[],
): void {
  for (const [key, wanted] of Object.entries(truth.meta)) {
    const got = record?.meta[key]?.value ?? null;
    const isRight = foldMeta(got) === foldMeta(wanted);
    if (wanted !== null) {
      tally.add('meta');
      tally.add('meta_ok', isRight);
    }
    if (isRight) continue;
    const confidence = record?.meta[key]?.confidence ?? 0;
    errors.push({ file: truth.file, family: truth.family, key: `meta.${key}`, wanted, got, confidence });
  }
}

function scoreChecks(truth: Truth, record: ScoredRecord | undefined, tally: Tally): void {
  const hasFailed = record?.checks.some((check) => check.status === 'failed') ?? false;
  if (truth.expect_failed.length > 0) {
    tally.add('slips');
    tally.add('slips_seen', hasFailed);
  } else if (!FORMATS_WITHOUT_ALARMS.has(truth.format)) {
    tally.add('clean');
    tally.add('false_alarm', hasFailed);
  }
}

/** Counts by name; a boolean counts as 0 or 1. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, amount: number | boolean = 1): void {
    this.#counts.set(name, this.#get(name) + Number(amount));
  }

  figures(): Figures {
    return {
      docs: this.#get('docs'),
      no_record: this.#get('no_record'),
      form: this.#share('form_ok', 'form'),
      fields: this.#share('fields_ok', 'fields'),
      nonzero: this.#share('nonzero_ok', 'nonzero'),
      exact_docs: this.#share('exact', 'docs'),
      meta: this.#share('meta_ok', 'meta'),
      wrong_values: this.#get('reported') - this.#get('reported_ok'),
      missed: this.#get('missed'),
      extra: this.#get('extra'),
      slips_seen: this.#share('slips_seen', 'slips'),
      false_alarms: this.#share('false_alarm', 'clean'),
    };
  }

  #get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  #share(part: string, whole: string): number | null {
    return share(this.#get(part), this.#get(whole));
  }
}

function calibration(claims: readonly Claim[]): Figures {
  if (claims.length === 0) return {};
  const accepted = ACCEPTANCE_THRESHOLDS.flatMap((threshold): [string, number | null][] => {
    const above = claims.filter((claim) => claim.confidence >= threshold);
    return [
      [`accepted@${threshold}`, share(above.length, claims.length)],
      [`silent_errors@${threshold}`, above.filter((claim) => !claim.isRight).length],
    ];
  });
  const squared = claims.map((claim) => (claim.confidence - Number(claim.isRight)) ** 2);
  const brier = roundHalfEven(sum(squared) / claims.length);
  return { ...Object.fromEntries(accepted), brier, ece: calibrationError(claims) };
}

/** Expected calibration error: how far confidence and share of right claims are apart, over ten bins. */
function calibrationError(claims: readonly Claim[]): number {
  const gaps = Array.from({ length: CALIBRATION_BINS }, () => 0);
  for (const { confidence, isRight } of claims) {
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS));
    gaps[bin] = (gaps[bin] ?? 0) + confidence - Number(isRight);
  }
  return roundHalfEven(sum(gaps.map(Math.abs)) / claims.length);
}

function fitsField(wanted: FieldTruth, got: string | number | null): boolean {
  if (typeof wanted === 'object' && wanted !== null) return wanted.any.some((one) => isSameNumber(one, got));
  return isSameNumber(wanted, got);
}

function isSameNumber(wanted: number | null, got: string | number | null): boolean {
  if (wanted === null || got === null) return wanted === got;
  const number = Number(got);
  if (!Number.isFinite(number)) return false;
  const scale = Math.max(1, Math.abs(wanted), Math.abs(number));
  return Math.abs(wanted - number) <= NUMBER_TOLERANCE * scale;
}

const HALF_WIDTH: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '：': ':',
  '；': ';',
  '，': ',',
  '－': '-',
  '—': '-',
  '～': '-',
};

/** Meta values are compared without white space, width of punctuation, scheme and case. */
function foldMeta(value: string | number | null): string | null {
  if (value === null) return null;
  const narrow = String(value)
    .replace(/\s+/g, '')
    .replace(/[（）：；，－—～]/g, (mark) => HALF_WIDTH[mark] ?? mark);
  const folded = narrow
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  return folded === '' ? null : folded;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : roundHalfEven(part / whole);
}

/** To five places, an exact tie to the even digit, as the reference does. */
function roundHalfEven(value: number): number {
  const rounded = Number(value.toFixed(PLACES));
  const unit = 10 ** -PLACES;
  const isTie =
    /^50*$/.test(
      value
        .toFixed(PLACES + 15)
        .split('.')[1]
        ?.slice(PLACES) ?? '',
    ) && rounded > value;
  const isOdd = Math.round(rounded / unit) % 2 === 1;
  return isTie && isOdd ? Number((rounded - unit).toFixed(PLACES)) : rounded;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
