/** How an automatic number is written. `none` writes nothing. */
export type OrdinalStyle =
  | 'decimal'
  | 'decimal_zero'
  | 'full_width'
  | 'upper_roman'
  | 'lower_roman'
  | 'upper_letter'
  | 'lower_letter'
  | 'chinese_counting'
  | 'chinese_digits'
  | 'chinese_legal'
  | 'circled'
  | 'parenthesised'
  | 'full_stop'
  | 'chinese_parenthesised'
  | 'heavenly_stems'
  | 'earthly_branches'
  | 'none';

const DIGITS = '〇一二三四五六七八九';
const COUNTING = '零一二三四五六七八九';
const LEGAL = '零壹贰叁肆伍陆柒捌玖';
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'],
  [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
]; // prettier-ignore

/** Writes `value` (1 or more; other numbers come out in digits) in a style: 12 as 十二, ⑫, xii, L. */
export function formatOrdinal(value: number, style: OrdinalStyle): string {
  const digits = String(value);
  if (style === 'none') return '';
  if (value < 1 || !Number.isInteger(value)) return digits;
  switch (style) {
    case 'decimal':
      return digits;
    case 'decimal_zero':
      return digits.padStart(2, '0');
    case 'full_width':
      return digits.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
    case 'upper_roman':
      return roman(value).toUpperCase();
    case 'lower_roman':
      return roman(value);
    case 'upper_letter':
      return letters(value).toUpperCase();
    case 'lower_letter':
      return letters(value);
    case 'chinese_digits':
      return digits.replace(/\d/g, (d) => DIGITS.charAt(Number(d)));
    case 'chinese_counting':
      return counting(value, COUNTING, ['', '十', '百', '千']).replace(/^一十/, '十');
    case 'chinese_legal':
      return counting(value, LEGAL, ['', '拾', '佰', '仟']);
    case 'circled':
      return value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : digits;
    case 'parenthesised':
      return value <= 20 ? String.fromCodePoint(0x2474 + value - 1) : `(${digits})`;
    case 'full_stop':
      return value <= 20 ? String.fromCodePoint(0x2488 + value - 1) : `${digits}.`;
    case 'chinese_parenthesised':
      return value <= 10 ? String.fromCodePoint(0x3220 + value - 1) : digits;
    case 'heavenly_stems':
      return STEMS.charAt((value - 1) % STEMS.length);
    case 'earthly_branches':
      return BRANCHES.charAt((value - 1) % BRANCHES.length);
  }
}

function roman(value: number): string {
  let rest = value;
  let written = '';
  for (const [size, sign] of ROMAN) {
    while (rest >= size) {
      written += sign;
      rest -= size;
    }
  }
  return written;
}

/** a to z, then aa, bb …: the letter is repeated, as word processors do. */
function letters(value: number): string {
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

/** Counting below ten thousand (一百零三); larger numbers come out digit by digit. */
function counting(value: number, signs: string, places: readonly string[]): string {
  const digits = [...String(value)].map(Number);
  if (digits.length > places.length) return digits.map((d) => signs.charAt(d)).join('');
  let written = '';
  let hasGap = false;
  digits.forEach((digit, i) => {
    if (digit === 0) {
      hasGap = true;
      return;
    }
    written +=
      (hasGap && written !== '' ? signs.charAt(0) : '') +
      signs.charAt(digit) +
      (places[digits.length - 1 - i] ?? '');
    hasGap = false;
  });
  return written;
}
