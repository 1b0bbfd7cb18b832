/** Built-in formats of dates (ECMA-376 part 1, 18.8.30). */
const DATE_IDS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 57, 58]);
/** Built-in formats that round, ask for a percent sign, or show zero as a dash (18.8.30). */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [37, '#,##0;-#,##0'],
  [38, '#,##0;-#,##0'],
  [39, '#,##0.00;-#,##0.00'],
  [40, '#,##0.00;-#,##0.00'],
  [41, '#,##0;-#,##0;"-"'],
  [42, '#,##0;-#,##0;"-"'],
  [43, '#,##0.00;-#,##0.00;"-"'],
  [44, '#,##0.00;-#,##0.00;"-"'],
]);
const DAY_MS = 86_400_000;
/** Serial day 0 of the 1900 date system, shifted for its leap day that never was. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** The 1904 date system counts from so many days later. */
const DAYS_TO_1904 = 1_462;
const MOST_DIGITS = 15;
/** More decimals than a number can have: no rounding. */
const MOST_DECIMALS = 12;

export interface ShowSettings {
  /** The workbook counts its days from 1904. */
  readonly from1904?: boolean;
  /** The sheet shows zeros as blanks. */
  readonly hidesZeros?: boolean;
}

/**
 * A stored number as a reader sees it: dates in ISO 8601; other numbers rounded as their format says, with its percent
 * sign and its words (12件), without separators; a zero that the format or the sheet hides as nothing, one that the
 * format shows as a dash as that. `format` is a format code, or `#` and a built-in id.
 */
export function formatValue(raw: string, format: string, settings: ShowSettings = {}): string {
  if (raw.trim() === '') return '';
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (value === 0 && settings.hidesZeros === true) return '';
  const id = /^#(\d+)$/.exec(format)?.[1];
  if (id !== undefined && DATE_IDS.has(Number(id))) return toDate(value, settings);
  const code = id === undefined ? format : (BUILT_IN.get(Number(id)) ?? 'General');
  return showNumber(value, sectionFor(value, code), settings);
}

/** A format has sections for numbers above, below and at zero (18.8.31); missing ones are the first. */
function sectionFor(value: number, code: string): string {
  const sections = splitSections(code);
  const index = value < 0 ? 1 : value === 0 ? 2 : 0;
  return sections[index < sections.length ? index : 0] ?? 'General';
}

/** Cuts at semicolons outside quotes, escapes and brackets. */
function splitSections(code: string): string[] {
  const sections = [''];
  for (const [token] of code.matchAll(TOKEN)) {
    if (token === ';') sections.push('');
    else sections.push((sections.pop() ?? '') + token);
  }
  return sections;
}

/** Quoted text, an escaped, padding or filling character, a bracket (colour, condition, locale), the usual format, any other. */
const TOKEN = /"[^"]*"?|[\\!_*].|\[[^\]]*\]|G\/通用格式|General|[^]/giu;
const IS_GENERAL = /^(?:G\/通用格式|General)$/i;

function showNumber(value: number, section: string, settings: ShowSettings): string {
  const tokens = [...section.matchAll(TOKEN)].map(([token]) => token);
  const bare = tokens.filter((token) => token.length === 1).join('');
  if (tokens.some((token) => IS_GENERAL.test(token))) return plain(value, MOST_DECIMALS);
  if (/[ymd年月日]/i.test(bare) && value > 0) return toDate(value, settings);
  const pattern = /[0#?][0#?,]*(?:\.[0#?]*)?/.exec(bare)?.[0];
  if (pattern === undefined) return bare === '@' ? plain(value, MOST_DECIMALS) : literals(tokens);
  // Scaled, scientific and broken ones (0, 0!.0, 0.0E+0, # ?/?) are shown as stored.
  if (/,$|,\./.test(pattern) || /[eE/]/.test(bare) || tokens.includes('!.'))
    return plain(value, MOST_DECIMALS);
  const isPercent = bare.includes('%');
  const decimals = /\.(.*)$/.exec(pattern)?.[1]?.length ?? 0;
  // `#` and `?` print no digit of a zero ("-"?? is a dash): what stands beside them is all that is shown.
  if (!pattern.includes('0') && value === 0) return literals(tokens);
  return plain(isPercent ? value * 100 : value, decimals) + (isPercent ? '%' : words(tokens));
}

/** What a section without a place for digits prints. */
function literals(tokens: readonly string[]): string {
  return tokens
    .map((token) => literalOf(token) ?? (/^[-/—]$/.test(token) ? token : ''))
    .join('')
    .trim();
}

/** The Chinese words of a format behind its digits: a unit. */
function words(tokens: readonly string[]): string {
  const last = tokens.findLastIndex((token) => /^[0#?]$/.test(token));
  const behind = tokens.slice(last + 1).map((token) => literalOf(token) ?? token);
  return /^[\p{Script=Han}]+$/u.exec(behind.join('').trim())?.[0] ?? '';
}

/** Text between quotes or behind an escape; nothing for brackets and paddings; null for what is no literal. */
function literalOf(token: string): string | null {
  if (token.startsWith('"')) return token.replaceAll('"', '');
  if (/^[\\!]/.test(token)) return token.slice(1);
  return token.length > 1 ? '' : null;
}

function plain(value: number, decimals: number): string {
  const exact = Number(value.toPrecision(MOST_DIGITS));
  if (Math.abs(exact) >= 1e21) return String(exact);
  const shown = exact.toLocaleString('en-US', {
    useGrouping: false,
    maximumFractionDigits: Math.min(decimals, MOST_DECIMALS),
  });
  return Number(shown) === 0 ? '0' : shown;
}

function toDate(value: number, settings: ShowSettings): string {
  const days = value + (settings.from1904 === true ? DAYS_TO_1904 : 0);
  const date = new Date(EPOCH_MS + days * DAY_MS);
  return Number.isNaN(date.getTime()) ? plain(value, MOST_DECIMALS) : date.toISOString().slice(0, 10);
}
