import { type ParsedCell, parseCell } from '../text/parse-number.js';

/** A value as it stands in a stream. */
export interface StreamToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly parsed: ParsedCell;
}

const SIGN_WORD = '增加?|减少?';
const SIGN = `${SIGN_WORD}|[+-]`;
const UNIT = '(?: ?(?:万元|亿元|元|人次|件|条|次|篇|个|人|期)(?![\\u4e00-\\u9fff]))?';

/**
 * A number with its sign, separators and unit, or a mark that stands alone. Of digits that run on behind the last group
 * of a number (23,13525,337) the next number is made, never a part of one; a run before the first group (5435,489) is
 * given as one text, since nobody can tell where it is to be cut.
 */
const TOKEN = new RegExp(
  `(?:(?<![\\d.,])(?:${SIGN})?|(?<=,\\d{3}))\\d{4,}(?:,\\d{3})+|(?:(?<![^ \\d,;|-])(?:${SIGN_WORD})|(?<![\\d.])[+-]?|(?<=,\\d{3}))(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?${UNIT}|(?<![^ \\d件条次篇个人元期])(?:-{1,4}|/|\\\\|无|N/A)(?![^ \\d-])`,
  'g',
);

/** Digits that parseCell reads as no number, but may be several. */
const UNCUT = new RegExp(`^(?:${SIGN})?\\d[\\d,]*$`);

const UNITS_BETWEEN = /万元|亿元|人次|[元件条次篇个人期份]/g;

/**
 * Whether one of the values that stand behind `from` stands among other words than its column's head (含3件转送办理) or numbers
 * an item (2.), so that it may be no value of the row before it.
 */
export function standAmongWords(
  text: string,
  tokens: readonly StreamToken[],
  from: number,
  heads: readonly string[],
): boolean {
  return tokens.some((token, i) => {
    const before = text.slice(tokens[i - 1]?.end ?? from, token.start).replace(/\s/g, '');
    const isForeign = /\p{Script=Han}/u.test(before.replace(UNITS_BETWEEN, '')) && !heads.includes(before);
    return isForeign || /^[.、:](?!\d)/.test(text.slice(token.end, token.end + 2));
  });
}

/**
 * Letters and signs that look like digits, where somebody typed or recognised them so (l0, 2〇, 9丨丨). A bar is none: it
 * parts the cells of many texts, as `\t` and `\n` do, written out, in some.
 */
const LIKE_DIGIT = /[BDGIOQSZbgiloqsz丨〇○◯]/;

/** Words that multiply the number before them. */
const TIMES = /[万千百]/;

/** Whether one of the values runs on in letters that may be digits of it, or in a word that multiplies it. */
export function touchLetters(text: string, tokens: readonly StreamToken[]): boolean {
  return tokens.some(
    ({ text: own, start, end, parsed }) =>
      parsed.kind === 'number' &&
      /\d$/.test(own) &&
      (LIKE_DIGIT.test(text.charAt(start - 1)) ||
        LIKE_DIGIT.test(text.charAt(end)) ||
        TIMES.test(text.charAt(end))),
  );
}

/** The values of a stretch of a stream, in order; words between them are passed over. */
export function tokensOf(text: string, from: number, to: number): StreamToken[] {
  const tokens: StreamToken[] = [];
  TOKEN.lastIndex = 0;
  const stretch = text.slice(from, to);
  for (const match of stretch.matchAll(TOKEN)) {
    const parsed = parseCell(match[0]);
    const start = from + match.index;
    if (parsed.kind === 'number' || parsed.kind === 'mark' || UNCUT.test(match[0])) {
      tokens.push({ text: match[0], start, end: start + match[0].length, parsed });
    }
  }
  return tokens;
}
