import { unifyRadicals } from './radicals.js';

/** Characters that folding leaves as they are; most texts are made of nothing else. */
const PLAIN = /^[!"#$%&()*+,\-./0-9:;<=>?@A-Z[\\\]^_a-z{|}~、。《》一-\u9fcc]*$/;

/** Text as it is compared: compatibility forms unified (full width to half width), no white space, no zero-width marks. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text;
  const unified = unifyRadicals(text).normalize('NFKC');
  if (PLAIN.test(unified)) return unified;
  const dense = unified.replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad\u3164]+/g, '');
  return PLAIN.test(dense) ? dense : foldMarks(dense);
}

/** With one form for every kind of comma, quotation mark, dash and bracket. */
function foldMarks(text: string): string {
  return text
    .replace(/[，]/g, ',')
    .replace(/[“”„‟〝〞"＂'‘’`´]/g, '"')
    .replace(/[—–―－─﹣‐‑‒−]/g, '-')
    .replace(/[〔﹝【［\[]/g, '[')
    .replace(/[〕﹞】］\]]/g, ']');
}

/** All white space out, other characters kept as printed. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b-\u200f\u2060\ufeff\u3164]+/g, '');
}

const CHINESE_NUMERAL = '[一二三四五六七八九十]';
const NUMBERING = new RegExp(
  `^(?:第?\\(?${CHINESE_NUMERAL}{1,3}\\)|${CHINESE_NUMERAL}{1,3}[、.．,]|\\(?\\d{1,2}\\)|\\d{1,2}(?:[、．,]|\\.(?!\\d))|其中[::]?)+`,
);

/**
 * A label as it is compared: folded, without its numbering (一、 （一） 1. 其中：), brackets, quotes and
 * punctuation, so that 「（六）其 他处理」 and 「(六)其他处理」 are one.
 */
export function foldLabel(text: string): string {
  return stripNumbering(fold(withoutCircled(text))).replace(/[()[\]"、,.:;。・·《》<>\-_/\\*#|]/g, '');
}

/** Without circled numbers in front (①), which folding would turn into digits of the label. */
function withoutCircled(text: string): string {
  return text.replace(/^[\s\u3000]*[①-⑳][\s\u3000]*/, '');
}

/** The folded text without the numbering in front of it. */
export function stripNumbering(folded: string): string {
  return folded.replace(NUMBERING, '');
}

/** The numbering in front of a folded text (`（一）` gives `(一)`), or an empty string. */
export function numberingOf(folded: string): string {
  return NUMBERING.exec(folded)?.[0] ?? '';
}

/** Share of characters two texts have in common in order: 2 × longest common subsequence ÷ both lengths; 0 to 1. */
export function similarity(a: string, b: string): number {
  if (a === b) return a.length > 0 ? 1 : 0;
  if (a.length === 0 || b.length === 0) return 0;
  return (2 * longestCommonSubsequence(a, b)) / (a.length + b.length);
}

/** Length of the longest common subsequence of two strings. */
export function longestCommonSubsequence(a: string, b: string): number {
  let previous = new Uint16Array(b.length + 1);
  let current = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      current[j + 1] =
        a[i] === b[j] ? (previous[j] ?? 0) + 1 : Math.max(previous[j + 1] ?? 0, current[j] ?? 0);
    }
    [previous, current] = [current, previous];
  }
  return previous[b.length] ?? 0;
}
