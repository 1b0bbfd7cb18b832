import { isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import { pieceOf, type Line } from './lines.js';

const FEWEST_ROWS = 2;
/** `- - 规章`: the first cell of a row; `- [规章, 0]`: a whole one. */
const ROW_START = /^(\s*-\s+)-\s+/;
const WHOLE_ROW = /^\s*-\s+\[(.*)\]\s*$/;
const CELL = /^(\s+)-(?:\s+|$)/;

/** A row and the line behind its last one. */
interface Row {
  readonly cells: readonly DraftCell[];
  readonly to: number;
}

/** Rows of cells as YAML writes lists of lists: a cell a line behind two dashes or one, or a row a line in brackets. */
export function readYamlTable(lines: readonly Line[], from: number): DraftTable | null {
  const rows: (readonly DraftCell[])[] = [];
  let to = from;
  for (let row = rowAt(lines, from); row; row = rowAt(lines, to)) {
    rows.push(row.cells);
    to = row.to;
  }
  if (rows.length < FEWEST_ROWS || !rows.flat().some(({ text }) => isValue(text))) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'list' };
}

function rowAt(lines: readonly Line[], from: number): Row | null {
  const line = lines[from];
  if (!line || !/^\s*-/.test(line.text)) return null;
  const whole = WHOLE_ROW.exec(line.text);
  if (whole) return { cells: flowCells(line, line.text.indexOf('[') + 1, whole[1] ?? ''), to: from + 1 };
  const start = ROW_START.exec(line.text);
  if (!start) return null;
  const cells = [yamlScalar(line, start[0].length)];
  const indent = start[1]?.length ?? 0;
  let to = from + 1;
  for (let next = lines[to]; next && !ROW_START.test(next.text); next = lines[++to]) {
    const cell = CELL.exec(next.text);
    if (cell?.[1]?.length !== indent) break;
    cells.push(yamlScalar(next, cell[0].length));
  }
  return { cells, to };
}

/** One item between commas; commas in quotes part nothing. */
const FLOW_ITEM = /\s*('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^,]*)(?:,|$)/gy;

function flowCells(line: Line, from: number, text: string): DraftCell[] {
  return [...text.matchAll(FLOW_ITEM)]
    .filter(({ index }) => index < text.length)
    .map((match) => {
      const start = from + match.index + match[0].indexOf(match[1] ?? '');
      return yamlScalar(line, start, start + (match[1] ?? '').length);
    });
}

/** A value of YAML from `from` on: without its quotes; `null` and `~` are nothing. */
export function yamlScalar(line: Line, from: number, to = line.text.length): DraftCell {
  const piece = pieceOf(line, from, to);
  if (/^(?:null|~)$/i.test(piece.text)) return { ...piece, text: '', end: piece.start };
  const quoted = /^(['"])(.*)\1$/s.exec(piece.text);
  if (!quoted) return piece;
  const [, quote, inside = ''] = quoted;
  const text = quote === "'" ? inside.replaceAll("''", "'") : inside.replace(/\\(.)/g, unescaped);
  return { text: text.trim(), start: piece.start + 1, end: piece.end - 1 };
}

function unescaped(_: string, character: string): string {
  return /[nrt]/.test(character) ? '\n' : character;
}
