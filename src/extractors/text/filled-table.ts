import { isProse, isSectionTitle } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

/** What stands before one pipe: a cell, or nothing where the pipe only fills the row up. */
interface Segment {
  readonly pieces: readonly Piece[];
  /** The line of its pipe. */
  readonly line: number;
  readonly isLineStart: boolean;
  readonly isLineEnd: boolean;
  readonly isBehindBlankLine: boolean;
  /** One of several pipes without a space between them, which stand for no cell. */
  readonly isFill: boolean;
}

type Row = readonly Segment[];

/** Widest table looked for (columns); the table of reviews and lawsuits has fifteen. */
const MAX_WIDTH = 18;
const FEWEST_ROWS = 3;

/**
 * Tables as trafilatura writes them: a space and a pipe behind every cell, with or without a line break; cells that a span
 * covers are left out, and pipes glued to each other fill every row but the last up to the width of the table, so that
 * all rows have the same number of pipes. Empty cells are left out too where the page has nothing in them: the fill stands
 * for no cell in particular. Markdown's pipe in front of a row counts as one more cell.
 */
export function readFilledTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!/\|\s*$/.test(lines[from]?.text ?? '')) return null;
  const segments = segmentsFrom(lines, from);
  if (!segments.some((segment) => segment.isFill)) return null;
  for (let width = 2; width <= MAX_WIDTH; width++) {
    const rows = cutRows(segments, width);
    if (rows !== null) return tableOf(rows, width, from);
  }
  return null;
}

/** The pipes of the lines from `from` on, as far as these look like cells. */
function segmentsFrom(lines: readonly Line[], from: number): Segment[] {
  const segments: Segment[] = [];
  let open: Piece[] = [];
  let isBehindBlankLine = false;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || isBlankLine(line)) {
      isBehindBlankLine = true;
      continue;
    }
    if (/\|\s*$/.test(line.text)) {
      segments.push(...segmentsOf(line, at, open, isBehindBlankLine));
      open = [];
      isBehindBlankLine = false;
    } else if (line.text.includes('|') || !runsOn(lines, at)) break;
    else open.push(pieceOf(line));
  }
  return segments;
}

function segmentsOf(line: Line, at: number, open: readonly Piece[], isBehindBlankLine: boolean): Segment[] {
  const pipes = [...line.text.matchAll(/\|/g)].map((match) => match.index);
  return pipes.map((pipe, index) => {
    const start = index === 0 ? 0 : (pipes[index - 1] ?? 0) + 1;
    const isGlued = pipes[index - 1] === pipe - 1 || pipes[index + 1] === pipe + 1;
    return {
      pieces: [...(index === 0 ? open : []), pieceOf(line, start, pipe)],
      line: at,
      isLineStart: index === 0,
      isLineEnd: index === pipes.length - 1,
      isBehindBlankLine: isBehindBlankLine && index === 0,
      isFill:
        isGlued &&
        line.text.slice(start, pipe).trim() === '' &&
        /^$|\s/.test(line.text[runStart(line.text, pipe) - 1] ?? ''),
    };
  });
}

/** Where a run of pipes begins that are glued to each other. */
function runStart(text: string, pipe: number): number {
  let start = pipe;
  while (text[start - 1] === '|') start--;
  return start;
}

/** Half a label: a short line whose next lines end the cell. */
function runsOn(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isProse(text) || isSectionTitle(text.trim())) return false;
  const next = lines.slice(at + 1, at + 3).find((line) => !isBlankLine(line));
  return next !== undefined && /\|\s*$/.test(next.text) && !/^\s*\|/.test(next.text);
}

/** Rows of `width` pipes each that end at line ends and are filled up at their ends only, or null. */
function cutRows(segments: readonly Segment[], width: number): Row[] | null {
  const [first] = segments;
  const opens = first !== undefined && !isPrinted(first);
  const rows: Row[] = [];
  let at = 0;
  while (at < segments.length) {
    const row = segments.slice(at, at + width);
    const isLast = at + width >= segments.length;
    if (row.length < width || !isRow(row) || (!isLast && startsBlank(row) !== opens)) break;
    rows.push(row);
    at += width;
  }
  const rest = segments.slice(at);
  const last = rest.slice(0, rest.findIndex((segment) => segment.isLineEnd) + 1);
  if (last.length > 0 && last.length < width && isRow(last)) rows.push(last);
  const isWhole = segments.slice(rows.flat().length).every(({ isFill }) => !isFill);
  const isFilled = rows.some((row) => row.some(({ isFill }) => isFill));
  return rows.length >= FEWEST_ROWS && isWhole && isFilled ? rows : null;
}

/** Printed or blank cells, then fill, from the start of a line to the end of one and without a blank line between. */
function isRow(row: Row): boolean {
  const firstFill = row.findIndex(({ isFill }) => isFill);
  const isFilledAtEnd = firstFill < 0 || row.slice(firstFill).every(({ isFill }) => isFill);
  const isUnbroken = row.slice(1).every(({ isBehindBlankLine }) => !isBehindBlankLine);
  return isFilledAtEnd && isUnbroken && row[0]?.isLineStart === true && row.at(-1)?.isLineEnd === true;
}

function startsBlank([first]: Row): boolean {
  return first !== undefined && !isPrinted(first);
}

function isPrinted(segment: Segment): boolean {
  return segment.pieces.some((piece) => piece.text.trim() !== '');
}

function tableOf(rows: readonly Row[], width: number, from: number): DraftTable {
  const isOpen = rows.every(startsBlank);
  const hasFullRow = rows.some((row) => row.filter(isPrinted).length === width - Number(isOpen));
  const cells = rows.map((row) => cellsOf(isOpen ? row.slice(1) : row, width - Number(isOpen), hasFullRow));
  return {
    geometry: 'ordered',
    rows: cells,
    confidence: CONFIDENCE.ordered,
    from,
    to: (rows.at(-1)?.at(-1)?.line ?? from) + 1,
    syntax: 'cell-pipe',
  };
}

/** The cells of a row without its fill. One blank at the end is fill, but for that on a line of its own among full rows. */
function cellsOf(row: Row, width: number, hasFullRow: boolean): DraftCell[] {
  const last = row.at(-1);
  const isOwnLine = last?.isLineStart === true && hasFullRow;
  const isLastFill = last !== undefined && row.length === width && !isPrinted(last) && !isOwnLine;
  return row
    .filter((segment) => !segment.isFill && !(isLastFill && segment === last))
    .map(({ pieces }) => joinPieces(pieces));
}
