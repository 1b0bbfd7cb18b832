import { textOfJson } from './json-text.js';
import { textOfRecognition } from './recognition-dump.js';
import { MOST_COLUMNS, sheetLines } from './sheet-lines.js';

/** So many tags are no example in running text. */
const FEWEST_TAGS = 20;
const MARKUP = 'p|td|th|tr|table|div|span|br|strong';
const ESCAPED_TAG = new RegExp(`&lt;/?(?:${MARKUP})\\b`, 'gi');
const CODED_TAG = new RegExp(`\\\\u003c\\\\?/?(?:${MARKUP})\\b`, 'gi');
const TAG = new RegExp(`</?(?:${MARKUP})\\b`, 'i');
const NAMES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  amp: '&',
};

/**
 * The text that a document carries inside something else: JSON, markup whose signs are escaped, a browser's tree of what
 * it shows, a list of a workbook's cells, what character recognition found with its places. Any other text as it is.
 */
export function unwrapText(text: string): string {
  for (const unwrap of [textOfJson, textOfEscapes, textOfTree, textOfCellNames, textOfRecognition]) {
    const inner = unwrap(text);
    if (inner !== text) return inner;
  }
  return text;
}

/** Markup written as text (`&lt;td&gt;`) or as a string of a program (`\u003ctd\u003e`), as markup again. */
function textOfEscapes(text: string): string {
  if (TAG.test(text)) return text;
  if (count(text, ESCAPED_TAG) >= FEWEST_TAGS)
    return text.replace(/&(lt|gt|quot|apos|#39|amp);/g, (whole, name: string) => NAMES[name] ?? whole);
  if (count(text, CODED_TAG) < FEWEST_TAGS) return text;
  return text.replace(
    /\\(?:u([0-9a-f]{4})|([nrt])|(.))/gi,
    (_, code?: string, space?: string, other?: string) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return space === undefined ? (other ?? '') : '\n';
    },
  );
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** `- row "规章 3":`, `- cell "3" [ref=e9]`, `- paragraph: …` of a tree of accessibility (Playwright's snapshots). */
const NODE = /^\s*- (?<role>[a-z]+)(?: "(?<name>(?:[^"\\]|\\.)*)")?(?: \[[^\]]*\])*(?::(?: (?<text>.*))?)?$/;
const CELL_ROLES = new Set(['cell', 'gridcell', 'columnheader', 'rowheader']);
const FEWEST_CELLS = 12;

/** A tree of what a browser shows, with its rows as lists of cells and its texts as lines. */
function textOfTree(text: string): string {
  const nodes = text.split(/\r?\n/).map((line) => NODE.exec(line)?.groups);
  const isCell = (role: string | undefined): boolean => CELL_ROLES.has(role ?? '');
  if (nodes.filter((node) => isCell(node?.['role'])).length < FEWEST_CELLS) return text;
  if (!nodes.some((node) => node?.['role'] === 'row')) return text;
  const lines: string[] = [];
  let cells: string[] = [];
  const endRow = (): void => {
    if (cells.length > 0) lines.push(JSON.stringify(cells));
    cells = [];
  };
  for (const node of nodes) {
    const role = node?.['role'];
    const words = (node?.['text'] ?? node?.['name'] ?? '').replace(/\\(.)/g, '$1').replace(/^"(.*)"$/, '$1');
    if (isCell(role)) cells.push(words);
    else if (role === 'text' && cells.at(-1) === '') cells[cells.length - 1] = words;
    else {
      endRow();
      if (role !== 'row' && words !== '') lines.push(words);
    }
  }
  endRow();
  return lines.join('\n');
}

/** `B12: 3`: the name of a cell of a workbook and what it holds. */
const NAMED_CELL = /^\$?([A-Z]{1,2})\$?(\d{1,5})\s*[:：=]\s?(.*)$/;
const NAMED_SHARE = 0.9;

/** A list of a workbook's cells, each behind its name, as rows; cells that are not listed are blank. */
function textOfCellNames(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const cells = lines.flatMap((line) => {
    const [, letters = '', row = '', words = ''] = NAMED_CELL.exec(line.trim()) ?? [];
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return letters === '' || column >= MOST_COLUMNS
      ? []
      : [{ row: Number(row), column, words: words.trim() }];
  });
  if (cells.length < FEWEST_CELLS || cells.length < lines.length * NAMED_SHARE) return text;
  const rows = new Map<number, string[]>();
  for (const { row, column, words } of cells) {
    const cellsOfRow = rows.get(row) ?? [];
    rows.set(row, cellsOfRow);
    cellsOfRow[column] = words;
  }
  return sheetLines([...rows].sort(([a], [b]) => a - b).map(([, row]) => row)).join('\n');
}
