import { cellKind, isValue, startsLabel } from './cell-kinds.js';
import type { Line, Piece } from './lines.js';

/** A run of characters without white space in a line; a blank cell where only an ideographic space stands for it. */
export interface Word extends Piece {
  /** Place in the line, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** How many blanks stand before it. */
  readonly gap: number;
  readonly isBlankCell: boolean;
}

/** The words of a line. An ideographic space counts as a blank cell where other white space sets it apart. */
export function wordsOf(line: Line): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of line.text.matchAll(
    /[^\s]+|(?<=[ \t\u00a0])\u3000(?=[ \t\u00a0\d０-９—-]|$)|^\u3000(?=[ \t\u00a0])/g,
  )) {
    const isBlankCell = match[0] === '\u3000';
    const from = match.index;
    // Units end one value and begin the next: 0件2件 are two.
    const glued = /^(?:\d[\d,.]*[件条元]){2,}$/.test(match[0])
      ? [...match[0].matchAll(/\d[\d,.]*[件条元]/g)]
      : [];
    for (const part of glued)
      words.push(wordAt(line, from + part.index, part[0], part.index === 0 ? from - end : 1));
    if (glued.length > 0) {
      end = from + match[0].length;
      continue;
    }
    const word = wordAt(line, from, match[0], from - end);
    words.push(isBlankCell ? { ...word, text: '', end: word.start, isBlankCell } : word);
    end = from + match[0].length;
  }
  return words;
}

function wordAt(line: Line, from: number, text: string, gap: number): Word {
  const start = line.start + from;
  return { text, start, end: start + text.length, from, to: from + text.length, gap, isBlankCell: false };
}

/** A cell as a line shows it: a label (words that belong together) or one value. */
export interface Item extends Piece {
  readonly kind: 'label' | 'value';
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Blanks that set cells apart even inside a label. */
const CELL_GAP = 2;
const SHORT_WORD = 8;
const FEWEST_HEADERS = 3;
/** What stands behind a number in front of a label is a part of its numbering however wide the gap: `1  . 当面申请数`. */
const ENDS_NUMBERING = /^[.．、)）]/;

/**
 * The cells of a line whose separators are gone or are spaces: values at its end (or alone), labels before them, cut at
 * wide gaps and before numbering. `line` is the line's number, kept in the items.
 */
export function itemsOf(line: Line, number: number): Item[] {
  const words = wordsOf(line);
  const firstValue = startOfValues(words);
  const labels = labelItems(line, words.slice(0, firstValue), number);
  const values = words.slice(firstValue).map((word): Item => ({ kind: 'value', line: number, ...word }));
  return [...labels, ...values];
}

/** Where the values at the end of the line start; a value in front of a label (1 .属于…) is not one. */
function startOfValues(words: readonly Word[]): number {
  let at = words.length;
  while (at > 0 && isValueWord(words[at - 1])) at--;
  return at;
}

function isValueWord(word: Word | undefined): boolean {
  return word !== undefined && (word.isBlankCell || isValue(word.text));
}

function labelItems(line: Line, words: readonly Word[], number: number): Item[] {
  const filled = words.filter((word) => !word.isBlankCell);
  const isHeader =
    filled.length >= FEWEST_HEADERS &&
    filled.every((word) => word.text.length <= SHORT_WORD && cellKind(word.text) === 'label');
  const groups: Word[][] = [];
  filled.forEach((word, index) => {
    const group = groups.at(-1);
    const isCut =
      group === undefined ||
      (word.gap >= CELL_GAP && !(isSplitNumber(group) && ENDS_NUMBERING.test(word.text))) ||
      isHeader ||
      (index > 0 && startsLabel(word.text) && !word.text.startsWith('第') && !isSplitNumber(group));
    if (isCut) groups.push([word]);
    else group.push(word);
  });
  return groups.map((group) => itemOfWords(line, group, number));
}

/** Words so far are only a number (`1 .属于`, `4 . 无正当…`), so that what follows belongs to it. */
function isSplitNumber(group: readonly Word[]): boolean {
  return /^[\d一二三四五六七八九十（()]{1,3}$/.test(group.map((word) => word.text).join(''));
}

function itemOfWords(line: Line, words: readonly Word[], number: number): Item {
  const from = words[0]?.from ?? 0;
  const to = words.at(-1)?.to ?? from;
  return {
    kind: 'label',
    text: line.text.slice(from, to),
    start: line.start + from,
    end: line.start + to,
    line: number,
    from,
    to,
  };
}
