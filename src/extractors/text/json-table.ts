import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import { isBlankLine, type Line } from './lines.js';

/** A word of JSON and the white space around it. */
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:])\s*/y;

const JSON_SETTINGS = {
  /** A table has so many rows at least. */
  fewestRows: 2,
  /** Longer values of JSON, and values nested deeper, are not read. */
  maxTokens: 100_000,
  maxDepth: 8,
} as const;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly line: number;
}

/** A value of JSON: a cell with its place, a list, or names with values. */
type Node =
  | { readonly kind: 'scalar'; readonly cell: DraftCell }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'record'; readonly names: readonly DraftCell[]; readonly items: readonly Node[] };

/**
 * A table written as JSON: a list of rows (lists, or records whose names are the heads), on one line or many, or such rows
 * one behind the other on lines of their own. `null` is a blank cell.
 */
export function readJsonTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!/^\s*[[{]/.test(lines[from]?.text ?? '')) return null;
  const tokens = new TokenReader(lines, from);
  const first = readValue(tokens);
  if (!first) return null;
  const own = first.kind === 'scalar' ? [] : rowsOf(first.items);
  const rows = own.length > 0 ? own : rowsOf([first, ...readValues(tokens)]);
  if (rows.length < JSON_SETTINGS.fewestRows) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to: tokens.lastLine + 1, syntax: 'json' };
}

/** The values that follow, up to something that is no JSON. */
function readValues(tokens: TokenReader): Node[] {
  const values: Node[] = [];
  for (let value = readValue(tokens); value; value = readValue(tokens)) values.push(value);
  return values;
}

function readValue(tokens: TokenReader): Node | null {
  const value = readNode(tokens, 0);
  if (value) tokens.mark();
  return value;
}

/** Rows of cells; the names of the first record stand above the rows where they are words. */
function rowsOf(items: readonly Node[]): DraftCell[][] {
  const rows = items.map((item) => (item.kind === 'scalar' ? null : cellsOf(item.items)));
  if (!rows.every((row) => row !== null && row.length > 1)) return [];
  const [first] = items;
  const heads =
    first?.kind === 'record' && first.names.some(({ text }) => !/^\d*$/.test(text)) ? [first.names] : [];
  return [...heads, ...rows].map((row) => [...(row ?? [])]);
}

/** The cells of a row; null where it holds anything else. */
function cellsOf(items: readonly Node[]): DraftCell[] | null {
  const cells = items.flatMap((item) => (item.kind === 'scalar' ? [item.cell] : []));
  return cells.length === items.length ? cells : null;
}

/** The words of JSON from a line on, one after the other; null where something else stands, or at the end. */
class TokenReader {
  readonly #lines: readonly Line[];
  #line: number;
  #at = 0;
  #count = 0;
  /** The line of the last word that belongs to a whole value. */
  lastLine: number;

  constructor(lines: readonly Line[], from: number) {
    this.#lines = lines;
    this.#line = from;
    this.lastLine = from;
  }

  next(): Token | null {
    while (
      this.#at >= (this.#lines[this.#line]?.text.length ?? Infinity) ||
      isBlankLine(this.#lines[this.#line])
    ) {
      if (++this.#line >= this.#lines.length) return null;
      this.#at = 0;
    }
    const line = this.#lines[this.#line];
    TOKEN.lastIndex = this.#at;
    const match = line && ++this.#count <= JSON_SETTINGS.maxTokens ? TOKEN.exec(line.text) : null;
    if (!line || !match) return null;
    const text = match[1] ?? '';
    this.#at = TOKEN.lastIndex;
    return { text, start: line.start + match.index + match[0].indexOf(text), line: this.#line };
  }

  /** Notes that a value ends here. */
  mark(): void {
    this.lastLine = this.#line;
  }
}

function readNode(tokens: TokenReader, depth: number, known?: Token | null): Node | null {
  const token = known === undefined ? tokens.next() : known;
  if (!token || depth > JSON_SETTINGS.maxDepth) return null;
  if (token.text === '[') return readList(tokens, depth);
  if (token.text === '{') return readRecord(tokens, depth);
  return /^[\]},:]$/.test(token.text) ? null : { kind: 'scalar', cell: cellOf(token) };
}

function readList(tokens: TokenReader, depth: number): Node | null {
  const items: Node[] = [];
  for (let token = tokens.next(); token && token.text !== ']'; token = tokens.next()) {
    const item = readNode(tokens, depth + 1, token);
    const behind = item && tokens.next();
    if (!item || !behind) return null;
    items.push(item);
    if (behind.text === ']') return { kind: 'list', items };
    if (behind.text !== ',') return null;
  }
  return items.length === 0 ? { kind: 'list', items } : null;
}

function readRecord(tokens: TokenReader, depth: number): Node | null {
  const names: DraftCell[] = [];
  const items: Node[] = [];
  for (let name = tokens.next(); name?.text.startsWith('"') === true; name = tokens.next()) {
    if (tokens.next()?.text !== ':') return null;
    const item = readNode(tokens, depth + 1);
    const behind = item && tokens.next();
    if (!item || !behind) return null;
    names.push(cellOf(name));
    items.push(item);
    if (behind.text === '}') return { kind: 'record', names, items };
    if (behind.text !== ',') return null;
  }
  return null;
}

/** A string without its quotes and escapes, another value as it is written. */
function cellOf({ text, start }: Token): DraftCell {
  const isString = text.startsWith('"');
  const value = isString ? unescaped(text) : text === 'null' ? '' : text;
  const edge = isString ? 1 : 0;
  return { text: value.trim(), start: start + edge, end: start + text.length - edge };
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
