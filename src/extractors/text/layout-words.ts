import { isValue, startsLabel } from './cell-kinds.js';
import { displayWidth, type Line, type Piece } from './lines.js';
import { wordsOf, type Word } from './words.js';

/** A cell's text in one line of laid-out text, with the columns it covers (end exclusive). */
export interface Token extends Piece {
  readonly kind: 'label' | 'value';
  readonly line: number;
  readonly left: number;
  readonly right: number;
}

/** One line of the region: its labels and header words left to right, then the values at its end. */
export interface LayoutLine {
  readonly line: Line;
  /** Place among the region's printed lines, from 0. */
  readonly order: number;
  readonly page: number;
  readonly labels: readonly Token[];
  readonly values: readonly Token[];
}

export type Metric = (character: string) => number;

/** Converters count columns in characters, or in terminal columns (CJK two). */
const METRICS: readonly Metric[] = [() => 1, displayWidth];
const CELL_GAP = 2;
const UNIT = /^(?:件|条|次|元|万元|人次)$/;

export function centreOf(token: { readonly left: number; readonly right: number }): number {
  return (token.left + token.right) / 2;
}

/** The printed lines of a region under the measure that sets its values straightest, one under the other. */
export function layoutLines(lines: readonly Line[]): LayoutLine[] {
  const readings = METRICS.map((metric) => readLines(lines, metric));
  const shifts = readings.map(meanShift);
  return readings[shifts.indexOf(Math.min(...shifts))] ?? [];
}

function readLines(lines: readonly Line[], metric: Metric): LayoutLine[] {
  const read: LayoutLine[] = [];
  let page = 0;
  lines.forEach((line, index) => {
    if (index > 0 && line.afterPageBreak) page++;
    const words = joinUnits(line, wordsOf(line));
    if (words.length === 0) return;
    let first = words.length;
    while (first > 0 && isValueWord(words[first - 1])) first--;
    const columns = columnsOf(line, metric);
    const token = (group: readonly Word[], kind: Token['kind']): Token =>
      toToken(line, group, kind, read.length, columns);
    read.push({
      line,
      order: read.length,
      page,
      labels: groupWords(words.slice(0, first)).map((group) => token(group, 'label')),
      values: words.slice(first).map((word) => token([word], 'value')),
    });
  });
  return read;
}

function isValueWord(word: Word | undefined): boolean {
  return word !== undefined && (word.isBlankCell || isValue(word.text));
}

/** `19 件` is one value. */
function joinUnits(line: Line, words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && word.gap === 1 && UNIT.test(word.text) && /^\d[\d,.]*$/.test(before.text)) {
      joined[joined.length - 1] = {
        ...before,
        text: line.text.slice(before.from, word.to),
        to: word.to,
        end: word.end,
      };
    } else joined.push(word);
  }
  return joined;
}

/** Words with one blank between them are one cell, unless the second starts a numbered label. */
function groupWords(words: readonly Word[]): Word[][] {
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    const isNumberOnly = /^[\d（(一二三四五六七八九十]{1,3}$/.test(
      (group ?? []).map((part) => part.text).join(''),
    );
    if (
      group === undefined ||
      word.gap >= CELL_GAP ||
      (startsLabel(word.text) && !word.text.startsWith('第') && !isNumberOnly)
    )
      groups.push([word]);
    else group.push(word);
  }
  return groups;
}

/** For every place in the line (and its end) the column at which it is printed. */
function columnsOf(line: Line, metric: Metric): number[] {
  const columns: number[] = [];
  let column = 0;
  for (const character of line.text) {
    for (let i = 0; i < character.length; i++) columns.push(column);
    column += metric(character);
  }
  columns.push(column);
  return columns;
}

function toToken(
  line: Line,
  group: readonly Word[],
  kind: Token['kind'],
  order: number,
  columns: readonly number[],
): Token {
  const from = group[0]?.from ?? 0;
  const to = group.at(-1)?.to ?? from;
  const text = group.every((word) => word.isBlankCell) ? '' : line.text.slice(from, to);
  return {
    kind,
    text,
    line: order,
    start: line.start + from,
    end: line.start + (text === '' ? from : to),
    left: columns[from] ?? 0,
    right: columns[to] ?? 0,
  };
}

/** Mean sideways move of values from a line to the next line with as many. */
function meanShift(read: readonly LayoutLine[]): number {
  let sum = 0;
  let count = 0;
  let before: LayoutLine | undefined;
  for (const line of read) {
    if (line.values.length === 0) continue;
    if (before?.values.length === line.values.length && before.page === line.page) {
      line.values.forEach((value, index) => {
        sum += Math.abs(centreOf(value) - centreOf(before?.values[index] ?? value));
        count++;
      });
    }
    before = line;
  }
  return count === 0 ? 0 : sum / count;
}
