import { isSectionTitle } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import { textOfMarkup } from './markup-table.js';
import { isBlankLine, joinPieces, pieceOf, type Line } from './lines.js';

const RULE = /^[\s|+:=-]*-[\s|+:=-]*$/;
/** A line that starts, or ends, with a pipe; a full-width one separates too. */
const STARTS_WITH_PIPE = /^\s*[|｜]/;
const ENDS_WITH_PIPE = /[|｜]\s*$/;
const SHORT_ROW_WITHOUT_PIPE = 30;
/** One line alone is a table when it has so many. */
const MANY_PIPES = 12;

/** A Markdown delimiter row, an Org or psql rule: dashes with pipes, plus signs or colons between them. */
function isPipeRule(text: string): boolean {
  return text.includes('-') && /[|+]/.test(text) && RULE.test(text);
}

/**
 * Rows of cells between pipes: GFM and other Markdown tables, Org tables, psql output, antiword's rows, cells joined
 * with ` | `. Rows may lack the outer pipes and may have fewer cells than the others. Needs two rows, or one and a
 * delimiter row.
 */
export function readPipeTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!hasPipe(lines[from])) return null;
  let to = from;
  while (to < lines.length && belongs(lines, from, to)) to++;
  const region = lines.slice(from, to);
  const content = region.filter((line) => !isPipeRule(line.text));
  const isJoined = isJoinedByPipes(content);
  const isOpen = !isJoined && content.some((line) => STARTS_WITH_PIPE.test(line.text));
  const hasRule = content.length < region.length;
  if (content.length < (hasRule ? 1 : 2) && pipesIn(content[0]) < MANY_PIPES) return null;
  if (!hasRule && !isJoined && isWrapped(content)) return wrappedCells(content, from, to);
  const isClosed = content.length > 1 && content.every((line) => ENDS_WITH_PIPE.test(line.text));
  const rows = content.map((line) => splitRow(line, isOpen, isOpen || isClosed));
  if (rows.every((row) => row.length < 2) || (!hasRule && !isOpen && content.length < 2)) return null;
  const kept =
    hasRule && rows[0]?.every((cell) => cell.text === '') === true && rows.length > 1 ? rows.slice(1) : rows;
  const geometry = judgeGeometry(kept);
  return { geometry, rows: kept, confidence: CONFIDENCE[geometry], from, to, syntax: 'pipe' };
}

function pipesIn(line: Line | undefined): number {
  return line?.text.match(/[|｜]/g)?.length ?? 0;
}

/** Rows of as many cells, joined without outer pipes: some of them start with a blank cell and therefore with a pipe. */
function isJoinedByPipes(content: readonly Line[]): boolean {
  const isEven = content.every((line) => pipesIn(line) === pipesIn(content[0]));
  return content.length > 2 && isEven && content.some(({ text }) => !STARTS_WITH_PIPE.test(text));
}

/** Rows run together and wrapped like prose (antiword's way with wide tables): some lines start with a pipe, others end without. */
function isWrapped(content: readonly Line[]): boolean {
  if (content.length === 1) return pipesIn(content[0]) >= MANY_PIPES;
  return (
    content.some(({ text }) => STARTS_WITH_PIPE.test(text)) &&
    content.some(({ text }) => !STARTS_WITH_PIPE.test(text) && !ENDS_WITH_PIPE.test(text))
  );
}

/** Cells in order, where rows end unknown: a cell may run over a line end. */
function wrappedCells(content: readonly Line[], from: number, to: number): DraftTable {
  const cells: DraftCell[] = [];
  for (const line of content) {
    const parts = splitRow(line, false, false);
    const [first, ...rest] = parts;
    const last = cells.at(-1);
    if (first !== undefined && last !== undefined) cells[cells.length - 1] = joinPieces([last, first]);
    else if (first !== undefined) cells.push(first);
    for (const cell of rest) cells.push(cell);
  }
  return {
    geometry: 'stream',
    rows: cells.map((cell) => [cell]),
    confidence: CONFIDENCE.stream,
    from,
    to,
    syntax: 'pipe',
  };
}

function hasPipe(line: Line | undefined): boolean {
  return line !== undefined && /[|｜]/.test(line.text);
}

/**
 * A line without a pipe belongs to a table of rows without outer pipes where it is short and stands between rows, but for
 * the title of the section that the next table stands in.
 */
function belongs(lines: readonly Line[], from: number, at: number): boolean {
  const line = lines[at];
  if (line === undefined || isBlankLine(line)) return false;
  if (hasPipe(line)) return true;
  if (at === from || STARTS_WITH_PIPE.test(lines[from]?.text ?? '')) return false;
  if (line.text.trim().length > SHORT_ROW_WITHOUT_PIPE || isSectionTitle(line.text.trim())) return false;
  return hasPipe(lines[at + 1]) && hasPipe(lines[at - 1]);
}

/**
 * The cells of one row. `\|` is a pipe of the text; a full-width pipe separates too. A pipe in front is none of the cells'
 * where rows open with one, a pipe at the end where they close with one.
 */
function splitRow(line: Line, opens: boolean, closes: boolean): DraftCell[] {
  const cells: DraftCell[] = [];
  const end = line.text.trimEnd().length;
  let start = 0;
  for (let at = 0; at <= end; at++) {
    const character = line.text[at];
    if (at < end && character !== '|' && character !== '｜') continue;
    if (at < end && isEscaped(line.text, at)) continue;
    cells.push(unescaped(line, start, at));
    start = at + 1;
  }
  if (opens && STARTS_WITH_PIPE.test(line.text)) cells.shift();
  if (closes && cells.length > 1 && ENDS_WITH_PIPE.test(line.text)) cells.pop();
  return cells;
}

/** `\|` is a pipe of the text, but for a cell that holds nothing but a backslash, a mark for no number (`|\|0|`). */
function isEscaped(text: string, at: number): boolean {
  return text[at] === '|' && text[at - 1] === '\\' && at > 1 && text[at - 2] !== '|';
}

/** A cell's text without Markdown's escapes, emphasis and `<br>`; its place is that of the printed text. */
function unescaped(line: Line, from: number, to: number): DraftCell {
  const piece = pieceOf(line, from, to);
  return { ...piece, text: plainMarkdown(piece.text) };
}

/** Text of a Markdown span without emphasis marks, escapes, images and entities; a lone mark such as `\` or `*` stays. */
export function plainMarkdown(text: string): string {
  if (text.length <= 2) return text;
  const plain = /<\/?[a-z][^>]*>|&[a-z#0-9]+;/i.test(text) ? textOfMarkup(text) : text;
  return plain
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/(?<!\\)\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^*_]*?\S)\1/g, '$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~"'^$])/g, '$1')
    .trim();
}
