/** Built-in formats of dates (ECMA-376 part 1, 18.8.30), and of percentages. */
const DATE_IDS = new Set([
  '#14',
  '#15',
  '#16',
  '#17',
  '#22',
  '#27',
  '#28',
  '#29',
  '#30',
  '#31',
  '#36',
  '#50',
  '#57',
  '#58',
]);
const PERCENT_IDS = new Set(['#9', '#10']);
const DAY_MS = 86_400_000;
/** Serial day 0 of the 1900 date system, shifted for its leap day that never was. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const MOST_DIGITS = 15;

/**
 * A stored number as a reader sees it: dates in ISO 8601, percentages with their sign, other numbers in full and
 * without the noise of binary fractions. Rounding for display is not repeated: the stored number says more. `format` is
 * a format code, or `#` and a built-in id.
 */
export function formatValue(raw: string, format: string): string {
  if (raw.trim() === '') return '';
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (isDateFormat(format) && value > 0)
    return new Date(EPOCH_MS + value * DAY_MS).toISOString().slice(0, 10);
  if (PERCENT_IDS.has(format) || /%/.test(withoutQuotes(format))) return `${plain(value * 100)}%`;
  return plain(value);
}

function plain(value: number): string {
  const rounded = Number(value.toPrecision(MOST_DIGITS));
  return Math.abs(rounded) < 1e21
    ? rounded.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 })
    : String(rounded);
}

function isDateFormat(format: string): boolean {
  return DATE_IDS.has(format) || /[ymd年月日]/i.test(withoutQuotes(format).replace(/General/i, ''));
}

/** A format code without its literal texts and colours. */
function withoutQuotes(format: string): string {
  return format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
}
