import { onceEach } from '../../text/once-each.js';
import { isProse, isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry, usualWidth } from './judge-geometry.js';
import { isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

/** What rows are joined with; punctuation of running text is looked at last. */
const SEPARATORS = [',', ';', '^', '；', '，', '……'] as const;

/** A stroke between spaces: in other texts the mark of a cell without a number, and no separator. */
const STROKE = ' / ';

const DELIMITED_SETTINGS = {
  /** Rows of one width that make a table, and cells of a row. */
  fewestRows: 3,
  fewestCells: 3,
  /** So many rows with values joined in one way in a text make shorter tables and rows believable, too. */
  tellingRows: 8,
  /** A quoted cell runs over no more lines than this. */
  maxQuotedLines: 12,
} as const;

/** A row and the line behind its last one. */
interface Row {
  readonly cells: readonly DraftCell[];
  readonly to: number;
}

/**
 * Rows of values between commas, semicolons or the like (RFC 4180 quotes); three rows of one width at least, values among
 * them, fewer where the rest of the text is written so.
 */
export function readDelimitedTable(lines: readonly Line[], from: number): DraftTable | null {
  const text = lines[from]?.text ?? '';
  if (isBlankLine(lines[from])) return null;
  const { usual } = usualSeparator(lines);
  for (const separator of usual === null ? SEPARATORS : [usual]) {
    if (!text.includes(separator)) continue;
    const table = readSeparated(lines, from, separator, separator === usual);
    if (table !== null) return table;
  }
  return null;
}

function readSeparated(
  lines: readonly Line[],
  from: number,
  separator: string,
  isUsual: boolean,
): DraftTable | null {
  const fewestCells = isUsual ? 2 : DELIMITED_SETTINGS.fewestCells;
  const rows: (readonly DraftCell[])[] = [];
  let to = from;
  for (let row = rowAt(lines, from, separator); isRow(row, fewestCells); row = rowAt(lines, to, separator)) {
    rows.push(row.cells);
    to = row.to;
  }
  if (!rows.some(hasValue)) return null;
  const width = usualWidth(rows);
  const even = rows.filter((row) => row.length === width);
  const isEven = even.length >= DELIMITED_SETTINGS.fewestRows && even.length * 2 >= rows.length;
  if (!isUsual && (!isEven || width < fewestCells)) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'delimited' };
}

/** A comma that may stand inside a number; rows are told by others. */
const IN_NUMBER = /(?<=\d),(?=\d{3})/g;

/** The separator that joins many rows with values in a text, or null. */
const usualSeparator = onceEach((lines: readonly Line[]): { readonly usual: string | null } => {
  const isTelling = (separator: string): boolean => {
    let count = 0;
    for (const [at, line] of lines.entries()) {
      if (!joinsThree(line.text, separator)) continue;
      const row = rowAt(lines, at, separator);
      const isTold = separator === STROKE ? hasValue : hasValues;
      if (isRow(row, DELIMITED_SETTINGS.fewestCells) && isTold(row.cells)) count++;
      if (count >= DELIMITED_SETTINGS.tellingRows) return true;
    }
    return false;
  };
  const usual = SEPARATORS.find(isTelling) ?? null;
  return { usual: usual ?? (isTelling(STROKE) && lines.every(isStrokedOrPlain) ? STROKE : null) };
});

/**
 * Whether strokes part all the cells of a line: as a mark, a stroke stands for a cell of its own, so that somewhere two
 * of them, or two numbers, stand side by side.
 */
function isStrokedOrPlain({ text }: Line): boolean {
  if (!joinsThree(text, STROKE)) return true;
  return text.split(STROKE).every((cell) => {
    const words = cell.trim().split(/\s+/);
    return !words.includes('/') && (words.length === 1 || !isValue(words.at(-1) ?? ''));
  });
}

/** Whether a separator stands in a line twice at least, commas inside numbers aside. */
function joinsThree(text: string, separator: string): boolean {
  const isTwice = (line: string): boolean => line.indexOf(separator) !== line.lastIndexOf(separator);
  return isTwice(text) && isTwice(text.replaceAll(IN_NUMBER, ''));
}

function isRow(row: Row | null, fewestCells: number): row is Row {
  return (
    row !== null &&
    row.cells.length >= fewestCells &&
    !row.cells.some(({ text }) => text.includes('。') && isProse(text))
  );
}

function hasValue(cells: readonly DraftCell[]): boolean {
  return cells.some(({ text }) => isValue(text));
}

/** Whether several cells hold values; one alone may be what a comma cut off another number (规章 1,234). */
function hasValues(cells: readonly DraftCell[]): boolean {
  return cells.filter(({ text }) => isValue(text)).length > 1;
}

/** The cells of the row that starts on a line; null on a blank line. */
function rowAt(lines: readonly Line[], from: number, separator: string): Row | null {
  if (isBlankLine(lines[from])) return null;
  const cells: DraftCell[] = [];
  let open: Piece[] = [];
  const last = Math.min(lines.length, from + DELIMITED_SETTINGS.maxQuotedLines);
  for (let at = from; at < last; at++) {
    const line = lines[at];
    if (line === undefined) break;
    const { pieces, isQuoted } = splitLine(line, separator, open.length > 0);
    const [first, ...rest] = pieces;
    if (first) rest.unshift(joinPieces([...open, first]));
    const left = isQuoted ? rest.pop() : undefined;
    cells.push(...rest.map(unquoted));
    if (!left) return { cells, to: at + 1 };
    open = [left];
  }
  // A quotation mark of running text: the line ends the row all the same.
  const line = lines[from];
  return line ? { cells: splitLine(line, separator, false).pieces.map(unquoted), to: from + 1 } : null;
}

/** The cells of one line, and whether a quotation mark is left open at its end. */
function splitLine(
  line: Line,
  separator: string,
  startsQuoted: boolean,
): { readonly pieces: readonly Piece[]; readonly isQuoted: boolean } {
  const { text } = line;
  const pieces: Piece[] = [];
  let start = 0;
  let isQuoted = startsQuoted;
  for (let at = 0; at < text.length; at++) {
    if (!isQuoted && !text.includes('"', at)) at = text.indexOf(separator, at);
    if (at < 0) break;
    // Quotes open at the start of a cell only.
    if (text[at] === '"' && (isQuoted || text.slice(start, at).trim() === '')) isQuoted = !isQuoted;
    if (isQuoted || !text.startsWith(separator, at)) continue;
    pieces.push(pieceOf(line, start, at));
    start = at + separator.length;
    at = start - 1;
  }
  return { pieces: [...pieces, pieceOf(line, start)], isQuoted };
}

function unquoted(cell: Piece): DraftCell {
  return /^".*"$/s.test(cell.text)
    ? { ...cell, text: cell.text.slice(1, -1).replaceAll('""', '"').trim() }
    : cell;
}
