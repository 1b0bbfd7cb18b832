import { isProse, isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry, usualWidth } from './judge-geometry.js';
import { isBlankLine, pieceOf, type Line } from './lines.js';

const FEWEST_ROWS = 3;
const FEWEST_CELLS = 3;

/** Rows of comma-separated values (RFC 4180 quotes, one line a row); three rows of one width at least, values among them. */
export function readCommaTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!isCommaRow(lines[from])) return null;
  let to = from;
  while (to < lines.length && isCommaRow(lines[to])) to++;
  const rows = lines.slice(from, to).map(splitRow);
  const width = usualWidth(rows);
  const usual = rows.filter((row) => row.length === width);
  if (usual.length < FEWEST_ROWS || usual.length * 2 < rows.length || width < FEWEST_CELLS) return null;
  if (!rows.some((row) => row.filter((cell) => isValue(cell.text)).length >= 1)) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'comma' };
}

function isCommaRow(line: Line | undefined): boolean {
  if (line === undefined || isBlankLine(line)) return false;
  const cells = splitRow(line);
  return (
    cells.length >= FEWEST_CELLS && !cells.some((cell) => cell.text.includes('。') && isProse(cell.text))
  );
}

function splitRow(line: Line): DraftCell[] {
  const cells: DraftCell[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at <= line.text.length; at++) {
    const character = line.text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (at < line.text.length && (isQuoted || character !== ',')) continue;
    cells.push(unquoted(pieceOf(line, start, at)));
    start = at + 1;
  }
  return cells;
}

function unquoted(cell: DraftCell): DraftCell {
  return /^".*"$/.test(cell.text)
    ? { ...cell, text: cell.text.slice(1, -1).replaceAll('""', '"').trim() }
    : cell;
}
