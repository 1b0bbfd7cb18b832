import { markupOfCells } from './json-cells.js';
import { MOST_COLUMNS, sheetLines } from './sheet-lines.js';

/** Longer documents are not parsed as one JSON value. */
const MAX_CHARACTERS = 4_000_000;
/** Values nested deeper are left out. */
const MAX_DEPTH = 12;
/** A key with its value is worth a line where the value is so short; a longer value stands for itself. */
const LONGEST_SCALAR = 120;

/** Nothing but a table in HTML. */
const WHOLE_TABLE = /^\s*<table\b[\s\S]*<\/table>\s*$/i;

/**
 * The text inside a document that is one JSON value, as crawlers and extraction services save pages (`{"title": …,
 * "content": "…\n…"}`): each string on lines of its own, a short one behind its key where the key is Chinese, tables as
 * JSON again for the reader of tables, or as HTML where their cells have places. Any other text is given back as it is.
 */
export function textOfJson(text: string): string {
  const trimmed = text.trim();
  if (!/^[[{][\s\S]*[\]}]$/.test(trimmed) || trimmed.length > MAX_CHARACTERS) return text;
  const value = parse(trimmed);
  if (value === undefined || (isTable(value) && !sheetOf(value))) return text;
  const lines = linesOf(value, '', 0);
  return lines.some((line) => /\p{Script=Han}/u.test(line)) ? lines.join('\n') : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesOf(value: unknown, key: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === 'string' || typeof value === 'number') return [withKey(String(value), key)];
  const sheet = sheetOf(value);
  if (sheet) return sheetLines(sheet);
  if (isTable(value)) return [JSON.stringify(value)];
  if (Array.isArray(value)) return value.flatMap((item) => linesOf(item, '', depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const markup = markupOfCells(value) ?? markupAmong(Object.values(value));
  if (markup !== null) return [markup];
  return Object.entries(value).flatMap(([name, item]) => linesOf(item, name, depth + 1));
}

/** The table that one of the values beside each other holds as HTML: the others say the same in fewer words. */
function markupAmong(values: readonly unknown[]): string | null {
  for (const value of values) {
    const inner: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
    const markup = [value, ...inner].find((one) => typeof one === 'string' && WHOLE_TABLE.test(one));
    if (typeof markup === 'string') return markup;
  }
  return null;
}

function withKey(text: string, key: string): string {
  const isLabel = /\p{Script=Han}/u.test(key) && text.length <= LONGEST_SCALAR && !text.includes('\n');
  return isLabel ? `${key}：${text}` : text;
}

/** SheetJS calls the columns of a sheet without heads so; the first one has the name of its first cell. */
const SHEET_KEY = /^__EMPTY(?:_(\d+))?$/;

/** The rows of a sheet as SheetJS writes them: records of the cells that hold something; null for anything else. */
function sheetOf(value: unknown): string[][] | null {
  if (!Array.isArray(value) || value.length < 2) return null;
  let isSheet = false;
  const rows = value.map((record: unknown) => {
    const row: string[] = [];
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return null;
    for (const [key, cell] of Object.entries(record)) {
      const named = SHEET_KEY.exec(key);
      isSheet ||= named !== null;
      const column = named ? Number(named[1] ?? 0) + 1 : 0;
      if (column >= MOST_COLUMNS || (typeof cell !== 'string' && typeof cell !== 'number')) return null;
      row[column] = String(cell);
    }
    return row;
  });
  return isSheet && rows.every((row) => row !== null) ? rows : null;
}

/** Rows of cells: several arrays, or objects, that hold nothing but short values. */
function isTable(value: unknown): boolean {
  return Array.isArray(value) && value.length > 1 && value.every(isRow);
}

function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const cells: unknown[] = Object.values(value);
  return (
    cells.length > 1 && cells.every((cell) => cell === null || (typeof cell !== 'object' && !isLong(cell)))
  );
}

function isLong(cell: unknown): boolean {
  return typeof cell === 'string' && cell.length > LONGEST_SCALAR * 2;
}
