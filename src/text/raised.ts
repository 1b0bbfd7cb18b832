const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Superscript text as it is written in plain text: its digits as the superscript digits of Unicode, so that the mark of a
 * note behind a number (5 with a small 1 above) is not read as another digit of it.
 */
export function raise(text: string): string {
  return text.replace(/[0-9０-９]/g, (digit) => RAISED[digit.charCodeAt(0) & 0xf] ?? digit);
}

/** 「5¹」, 「5①」, 「5[1]」, 「5（注2）」, 「5注1」, 「5*」: what stands behind the number refers to a note. */
const NOTE_MARK =
  /(?<=[\p{Nd}\p{L}%])\s*(?:[[［(（〔【]?(?:注\s*)?[⁰¹²³⁴-⁹]+[\]］)）〕】]?|[[［〔【]\s*注?\s*[0-9０-９]{1,2}\s*[\]］〕】]|[（(]注\s*\d{0,2}[）)]|注\s*[0-9０-９]{1,2}|[①-⑳⑴-⒇❶-❿➀-➉]|[*＊※†‡]{1,3})\s*$/u;

/** Digits of notes right behind a number, wherever it stands. */
const RAISED_BEHIND = /(?<=[0-9０-９])[⁰¹²³⁴-⁹①-⑳]+/gu;

/** A running text without the raised digits and digits in circles behind its numbers, which would be read as part of them. */
export function withoutRaisedDigits(text: string): string {
  return text.replace(RAISED_BEHIND, '');
}

/** The text of a cell without the mark of a note at its end. */
export function withoutNoteMark(text: string): string {
  return text.replace(NOTE_MARK, '');
}
