import { isValue, opensRow } from './cell-kinds.js';
import { pieceOf, type Line } from './lines.js';
import { itemsOf, type Item } from './words.js';

/** The cells of one line; `number` is the line's number, kept in the items. */
export type CellRule = (line: Line, number: number) => Item[];

/** A rule is believed where so many numbered rows, in this share of all, have the same number of values, this at least. */
const FEWEST_ROWS = 6;
const EVEN_SHARE = 0.9;
const FEWEST_COLUMNS = 5;

/** What may stand between two cells, once: where it stands twice there is an empty cell. */
const SEPARATORS: readonly RegExp[] = [/ /g, / {2}/g, /\u3000/g];

const RULES: readonly CellRule[] = [
  hardSpaceCells,
  ...SEPARATORS.map(
    (separator): CellRule =>
      (line, number) =>
        splitCells(line, number, separator),
  ),
];

/**
 * How a text sets its cells apart where that shows its blank cells: one separator behind the other, or a hard space in
 * the place of the number. Believed where it makes nearly all numbered rows of a region equally wide that were uneven
 * before; null otherwise. Lines set by position are never even in this sense: their gaps depend on what stands before.
 */
export function learnCellRule(regions: readonly (readonly Line[])[]): CellRule | null {
  const uneven = regions
    .map((lines) => lines.filter((line) => itemsOf(line, 0).some(opensRowOfTable)))
    .filter((rows) => rows.length >= FEWEST_ROWS && !isEven(rows, itemsOf));
  return RULES.find((rule) => uneven.some((rows) => isEven(rows, rule))) ?? null;
}

/**
 * Whether the numbered rows that hold a number have as many values each, and in most of their columns stands a number
 * somewhere: columns counted by the blanks of a line that is set by position are many and mostly empty.
 */
function isEven(lines: readonly Line[], rule: CellRule): boolean {
  const rows = lines.flatMap((line) => {
    const items = rule(line, 0);
    const values = items.filter(({ kind }) => kind === 'value');
    return items.some(opensRowOfTable) && values.some(({ text }) => text !== '') ? [values] : [];
  });
  return [...new Set(rows.map(({ length }) => length))].some((width) => {
    const even = rows.filter(({ length }) => length === width);
    const filled = new Set(even.flatMap((row) => row.flatMap(({ text }, at) => (text === '' ? [] : [at]))));
    return (
      width >= FEWEST_COLUMNS &&
      even.length >= FEWEST_ROWS &&
      even.length >= rows.length * EVEN_SHARE &&
      filled.size * 2 > width
    );
  });
}

function opensRowOfTable({ kind, text }: Item): boolean {
  return kind === 'label' && opensRow(text);
}

/** What stands between separators: blank and filled values behind the last label, and the labels as words tell them. */
function splitCells(line: Line, number: number, separator: RegExp): Item[] {
  const cuts = [...line.text.matchAll(separator)];
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  const ends = [...cuts.map((cut) => cut.index), line.text.length];
  const cells = starts.map((from, at): Item => {
    const to = ends[at] ?? from;
    return { kind: 'value', line: number, from, to, ...pieceOf(line, from, to) };
  });
  const lastLabel = cells.findLastIndex(({ text }) => text !== '' && !isValue(text));
  const label = { ...line, text: line.text.slice(0, cells[lastLabel]?.to ?? 0) };
  return [...itemsOf(label, number), ...cells.slice(lastLabel + 1)];
}

/** Words between white space, among them a hard space (`&nbsp;`) that stands for a blank cell. */
function hardSpaceCells(line: Line, number: number): Item[] {
  return itemsOf({ ...line, text: line.text.replaceAll('\u00a0', '\u3000') }, number);
}
