import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import { isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

/** Tables of MediaWiki (`{|` … `|}`) and AsciiDoc (`|===`), which print cells behind marks and not in columns. */
export function readWikiTable(lines: readonly Line[], from: number): DraftTable | null {
  const text = lines[from]?.text.trim() ?? '';
  if (text.startsWith('{|')) return readMediaWiki(lines, from);
  const hasAttributes = /^\[.*\]$/.test(text) && isFence(lines[from + 1]);
  if (isFence(lines[from]) || hasAttributes) return readAsciiDoc(lines, from, hasAttributes);
  return null;
}

function isFence(line: Line | undefined): boolean {
  return /^[|!]={3,}$/.test(line?.text.trim() ?? '');
}

function draft(rows: readonly (readonly DraftCell[])[], from: number, to: number): DraftTable | null {
  if (rows.length === 0) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'wiki' };
}

function readMediaWiki(lines: readonly Line[], from: number): DraftTable | null {
  const rows: Piece[][][] = [[]];
  let at = from + 1;
  for (; at < lines.length; at++) {
    const line = lines[at];
    const text = line?.text.trim() ?? '';
    if (line === undefined || text.startsWith('|}')) break;
    if (text.startsWith('|-')) rows.push([]);
    else if (/^[|!]/.test(text) && !text.startsWith('|+'))
      rows.at(-1)?.push(...wikiCells(line).map((piece) => [piece]));
    else if (text !== '') rows.at(-1)?.at(-1)?.push(pieceOf(line));
  }
  const cells = rows
    .filter((row) => row.length > 0)
    .map((row) => row.map((pieces): DraftCell => joinPieces(pieces)));
  return draft(cells, from, Math.min(at + 1, lines.length));
}

/** `| a || b` holds two cells; `style="…" | a` one with attributes. */
function wikiCells(line: Line): Piece[] {
  const mark = line.text.search(/[|!]/);
  const cells: Piece[] = [];
  let start = mark + 1;
  for (const match of line.text.slice(mark + 1).matchAll(/\|\||!!|$/g)) {
    const end = mark + 1 + match.index;
    const attributes = /^\s*[\w-]+\s*=\s*(?:"[^"]*"|\S+)(?:\s+[\w-]+\s*=\s*(?:"[^"]*"|\S+))*\s*\|(?!\|)/.exec(
      line.text.slice(start, end),
    );
    cells.push(pieceOf(line, start + (attributes?.[0].length ?? 0), end));
    start = end + 2;
  }
  return cells;
}

/** Cells follow each other behind `|`, line ends mean nothing: rows are as long as the columns stated, or as the first line. */
function readAsciiDoc(lines: readonly Line[], from: number, hasAttributes: boolean): DraftTable | null {
  const first = from + (hasAttributes ? 2 : 1);
  const cells: Piece[][] = [];
  let firstLineCells = 0;
  let at = first;
  for (; at < lines.length && !isFence(lines[at]); at++) {
    const line = lines[at];
    if (line === undefined || isBlankLine(line)) continue;
    const parts = asciiCells(line);
    const lead = parts[0];
    if (lead !== undefined && lead.text !== '') cells.at(-1)?.push(lead);
    cells.push(...parts.slice(1).map((piece) => [piece]));
    if (firstLineCells === 0) firstLineCells = cells.length;
  }
  const columnCount = statedColumns(hasAttributes ? (lines[from]?.text ?? '') : '') ?? firstLineCells;
  if (columnCount === 0) return null;
  const rows: DraftCell[][] = [];
  for (let index = 0; index < cells.length; index += columnCount)
    rows.push(cells.slice(index, index + columnCount).map(joinPieces));
  return draft(rows, from, Math.min(at + 1, lines.length));
}

function asciiCells(line: Line): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const match of line.text.matchAll(/(?<!\\)\||$/g)) {
    pieces.push(pieceOf(line, start, match.index));
    start = match.index + 1;
  }
  return pieces;
}

function statedColumns(attributes: string): number | null {
  const columns = /cols\s*=\s*"([^"]*)"/.exec(attributes)?.[1];
  if (columns === undefined) return null;
  const repeated = /^(\d+)\*/.exec(columns.trim());
  return repeated ? Number(repeated[1]) : columns.split(',').length;
}
