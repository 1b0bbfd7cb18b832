/** A day as a report prints it. `year` is null where the text leaves it to the context (「至12月31日」). */
export interface FoundDate {
  /** Character offsets into the text given, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** True where characters were missing (「201411日」) and the day was put together again. */
  readonly repaired: boolean;
  /** True where a time of day follows, as content systems print it. */
  readonly timed: boolean;
}

/** Years a report or its page can speak of; anything else is not read as a date. */
const YEAR_RANGE = { first: 1990, last: 2099 };

const DAYS_BEFORE_LEAP = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const CHINESE_DIGITS = '〇○零Ｏ一二三四五六七八九';
const CHINESE_DIGIT_VALUE: Readonly<Record<string, string>> = {
  〇: '0',
  '○': '0',
  零: '0',
  Ｏ: '0',
  O: '0',
  о: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

const SPACE = '[ \\t\\u00a0\\u3000]{0,4}';
const CHINESE_YEAR = `[${CHINESE_DIGITS}Oо]{4}`;
const CHINESE_DAY = '(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])';

/** One shape of date: its pattern (named groups y, m, d or packed) and whether it counts as repaired. */
interface Shape {
  readonly pattern: RegExp;
  readonly repaired: boolean;
  /** A date of this shape has one of these characters: without them the text need not be searched. */
  readonly marks: RegExp;
}

/** In the order in which they are tried at a place: the fuller and surer shapes first. */
const SHAPES: readonly Shape[] = [
  shape(
    `(?<!\\d)(?<y>\\d{4})${SPACE}年(?:度)?你?那?${SPACE}(?<m>\\d{1,2})${SPACE}月${SPACE}(?<d>\\d{1,2})${SPACE}日?(?!\\d)`,
    /月/,
  ),
  shape(
    `(?<y>${CHINESE_YEAR})${SPACE}年${SPACE}(?<m>正|元|${CHINESE_DAY})${SPACE}月${SPACE}(?<d>${CHINESE_DAY})${SPACE}日`,
    /月/,
  ),
  shape(`(?<!\\d)(?<y>\\d{4})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})日?(?!\\d|\\k<s>\\d)`, /[-/.]/),
  shape('(?<![\\d.])(?<d>\\d{1,2})\\.(?<m>\\d{1,2})\\.(?<y>\\d{4})(?![\\d.])', /\./),
  shape(
    `(?<!\\d)(?<y>\\d{4})${SPACE}你那${SPACE}(?<m>\\d{1,2})${SPACE}月${SPACE}(?<d>\\d{1,2})${SPACE}日`,
    /月/,
    true,
  ),
  shape(`(?<!\\d)(?<y>\\d{4})${SPACE}年${SPACE}(?<packed>\\d{2,4})${SPACE}日`, /日/, true),
  shape(`(?<!\\d)(?<y>\\d{4})${SPACE}(?<m>\\d{1,2})${SPACE}月${SPACE}(?<d>\\d{1,2})${SPACE}日`, /月/, true),
  shape(`(?<!\\d)(?<y>\\d{4})(?<packed>\\d{2,4})${SPACE}(?:日|(?=止))`, /[日止]/, true),
  shape(`(?<=[至到]${SPACE})(?<packed>\\d{2,4})${SPACE}日`, /日/, true),
  shape('(?<!\\d)(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})(?!\\d)', /\d{8}/),
  shape(`(?<!\\d)(?<m>\\d{1,2})${SPACE}月${SPACE}(?<d>\\d{1,2})${SPACE}日`, /月/),
];

const TIME_BEHIND = /^\s*(?:T|上午|下午)?\s*\d{1,2}[:：]\d{2}/;

/**
 * Every date in `text`, left to right, without overlaps: 2021年1月20日, 2021-1-20, 2021/01/20, 2021.1.20, 20.01.2021
 * (day first, as mirrors print it), 20210120, 二〇二一年一月二十日, dates without a year, and dates from which a copier
 * dropped 年 or 月 (「201411日」, 「20141231日」: contract FORMS.md 6.1). Days that no calendar has are left out.
 */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const { pattern, repaired, marks } of SHAPES) {
    if (!marks.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((f) => start < f.end && f.start < end)) continue;
      const date = readGroups(match.groups ?? {});
      if (date)
        found.push({ start, end, repaired, timed: TIME_BEHIND.test(text.slice(end, end + 16)), ...date });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The first full date in `text` as YYYY-MM-DD, or null where there is none. */
export function parseDate(text: string): string | null {
  const first = findDates(text).find((date) => date.year !== null);
  return first ? isoDate(first) : null;
}

/** A found date as YYYY-MM-DD; `contextYear` stands in for a year the text leaves out. Null where neither is known. */
export function isoDate(
  date: Pick<FoundDate, 'year' | 'month' | 'day'>,
  contextYear: number | null = null,
): string | null {
  const year = date.year ?? contextYear;
  if (year === null || !isCalendarDay(year, date.month, date.day)) return null;
  return `${String(year)}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`;
}

/** A year written in figures or in Chinese numerals (二〇二一), or null. */
export function parseYear(text: string): number | null {
  const digits = [...text].map((c) => CHINESE_DIGIT_VALUE[c] ?? c).join('');
  if (!/^\d{4}$/.test(digits)) return null;
  const year = Number(digits);
  return year >= YEAR_RANGE.first && year <= YEAR_RANGE.last ? year : null;
}

function shape(source: string, marks: RegExp, repaired = false): Shape {
  return { pattern: new RegExp(source, 'g'), repaired, marks };
}

function readGroups(
  groups: Partial<Record<string, string>>,
): Pick<FoundDate, 'year' | 'month' | 'day'> | null {
  const { y, m, d, packed } = groups;
  const year = y === undefined ? null : parseYear(y);
  if (y !== undefined && year === null) return null;
  const [month, day] = packed === undefined ? [parseSmall(m ?? ''), parseSmall(d ?? '')] : unpackDay(packed);
  // A leap year is granted where the year is not said.
  return isCalendarDay(year ?? 2000, month, day) ? { year, month, day } : null;
}

/** Month and day from digits between which 月 was lost: `11` is 1-1, `1231` is 12-31; of two readings the earlier month. */
function unpackDay(packed: string): [number, number] {
  for (const width of [1, 2]) {
    const month = Number(packed.slice(0, width));
    const dayText = packed.slice(width);
    if (dayText.length > 2 || /^0?$/.test(dayText)) continue;
    if (isCalendarDay(2000, month, Number(dayText))) return [month, Number(dayText)];
  }
  return [0, 0];
}

/** A number up to 31 in figures or Chinese numerals (正月 and 元月 are the first); 0 where it is none. */
function parseSmall(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '正' || text === '元') return 1;
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const ten = text.includes('十') ? Number(CHINESE_DIGIT_VALUE[tens ?? ''] ?? '1') : 0;
  return ten * 10 + Number(CHINESE_DIGIT_VALUE[ones ?? ''] ?? '0');
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < YEAR_RANGE.first || year > YEAR_RANGE.last) return false;
  const days = DAYS_BEFORE_LEAP[month - 1];
  if (days === undefined || day < 1 || day > days) return false;
  return month !== 2 || day < 29 || new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
}
