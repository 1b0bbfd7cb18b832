import { isProse, isSectionTitle } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

const FEWEST_CELLS = 6;

/**
 * A cell a line with a pipe behind it, `|` alone (or several, for covered cells) at the end of a row, as some
 * converters leave tables: `规章 |`, `0 |`, `0 |`, `|`. A line without a pipe runs on into the next.
 */
export function readCellPipes(lines: readonly Line[], from: number): DraftTable | null {
  if (!isCellLine(lines[from]?.text)) return null;
  const rows: DraftCell[][] = [];
  let row: DraftCell[] = [];
  let open: Piece[] = [];
  let cellCount = 0;
  // Lines that hold several cells are rows, with pipes behind their cells: no table of a cell a line.
  let rowLines = 0;
  let to = from;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || isBlankLine(line)) continue;
    const text = line.text.trim();
    const isRowEnd = /^\|[|\s]*$/.test(text);
    if (!isRowEnd && !text.endsWith('|') && !runsOn(lines, at)) break;
    to = at + 1;
    if (isRowEnd) {
      row.push(...coveredCells(line, text));
      if (row.length > 0) rows.push(row);
      row = [];
    } else if (text.endsWith('|')) {
      row.push(...cellsOf(line, open));
      cellCount++;
      if (text.slice(0, -1).includes('|')) rowLines++;
      open = [];
    } else open.push(pieceOf(line));
  }
  if (row.length > 0) rows.push(row);
  if (cellCount < FEWEST_CELLS || rowLines * 2 > cellCount) return null;
  return { geometry: 'ordered', rows, confidence: CONFIDENCE.ordered, from, to, syntax: 'cell-pipe' };
}

function isCellLine(text: string | undefined): boolean {
  const trimmed = text?.trim() ?? '';
  return (
    trimmed.endsWith('|') &&
    !trimmed.startsWith('|') &&
    !trimmed.slice(0, -1).includes('|') &&
    !isProse(trimmed)
  );
}

/** Half a label: a short line whose next lines end the cell. */
function runsOn(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isProse(text) || isSectionTitle(text)) return false;
  for (let next = at + 1; next <= at + 3 && next < lines.length; next++) {
    if (lines[next]?.text.trim().endsWith('|') === true) return true;
  }
  return false;
}

function cellsOf(line: Line, open: readonly Piece[]): DraftCell[] {
  const parts = line.text.trimEnd().slice(0, -1).split('|');
  let from = 0;
  return parts.map((part, index) => {
    const piece = pieceOf(line, from, from + part.length);
    from += part.length + 1;
    return index === 0 ? joinPieces([...open, piece]) : piece;
  });
}

/** `||||` behind a caption stands for the covered cells beside it; the last pipe only ends the row. */
function coveredCells(line: Line, text: string): DraftCell[] {
  const pipes = text.replace(/\s/g, '').length;
  return Array.from({ length: pipes - 1 }, () => pieceOf(line, 0, 0));
}
