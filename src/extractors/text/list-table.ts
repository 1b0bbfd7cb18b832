import { isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import type { Line } from './lines.js';

const FEWEST_ROWS = 2;

/** One item of a printed list: text in quotes, a number, or the word for nothing. */
const ITEM = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d[\d.]*)|None|null|nan|NaN|<NA>/g;
const ROW = new RegExp(
  `^\\s*\\[{0,2}\\[\\s*(?:${ITEM.source})(?:\\s*,\\s*(?:${ITEM.source}))*\\s*\\]{1,3},?\\s*$`,
);

/** Rows as programs print lists, one a line: `['规章', '0', None]` of Python, `["规章", "0", null]` of JSON. */
export function readListTable(lines: readonly Line[], from: number): DraftTable | null {
  let to = from;
  while (isListRow(lines[to])) to++;
  const rows = lines.slice(from, to).map(listItems);
  if (rows.length < FEWEST_ROWS || !rows.flat().some((cell) => isValue(cell.text))) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'list' };
}

function isListRow(line: Line | undefined): boolean {
  return line !== undefined && /^\s*\[/.test(line.text) && ROW.test(line.text);
}

function listItems(line: Line): DraftCell[] {
  return [...line.text.matchAll(ITEM)].map((match) => {
    const printed = match[1] ?? match[2] ?? match[3] ?? '';
    const start = line.start + match.index + (printed === '' ? 0 : match[0].indexOf(printed));
    return { text: unescaped(printed), start, end: start + printed.length };
  });
}

function unescaped(text: string): string {
  return text
    .replace(/\\[nrt]/g, '\n')
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\(.)/g, '$1')
    .trim();
}
