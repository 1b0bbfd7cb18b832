import { isProse, isValue, opensCell } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { isBlankLine, pieceOf, type Line } from './lines.js';
import { largest } from './extremes.js';
import { yamlScalar } from './yaml-table.js';

/** So many values with a name of their own make a table, at least. */
const FEWEST_NAMED = 6;
/** A longer item of a list is a paragraph. */
const LONGEST_ENTRY = 120;
/** A name longer than this is no head of a column. */
const LONGEST_NAME = 40;

/** One line of a list or of YAML's names with values. */
interface Entry {
  readonly indent: number;
  readonly name: DraftCell;
  /** What stands behind the colon; null where there is none. */
  readonly value: DraftCell | null;
}

/** A row's label with its values, each behind the name of its column; a row without columns has one value without a name. */
export interface EntryRow {
  readonly indent: number;
  /** Its label is the value of a name, beside which the names of its columns stand. */
  readonly isRecord: boolean;
  readonly labels: readonly DraftCell[];
  readonly names: DraftCell[];
  readonly values: DraftCell[];
}

/**
 * Rows written as lists: a label and, set in deeper, a line for each of its values behind the name of its column
 * (`- 规章` / `  - 本年制发件数：3`), or the same as names with values of YAML (`- 项目: 规章` / `  制发: 3`).
 */
export function readEntryTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!/^\s*[-*+•·]\s/.test(lines[from]?.text ?? '')) return null;
  const rows: EntryRow[] = [];
  let to = from;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (isBlankLine(line)) continue;
    const entry = entryOf(line);
    if (!entry) break;
    takeEntry(rows, entry);
    to = at + 1;
  }
  const named = rows.flatMap(({ names, values }) => (names.length > 0 ? values : []));
  if (named.length < FEWEST_NAMED || !named.some(({ text }) => isValue(text))) return null;
  return {
    geometry: 'exact',
    rows: printedRows(rows),
    confidence: CONFIDENCE.exact,
    from,
    to,
    syntax: 'list',
  };
}

const ENTRY =
  /^(\s*[-*+•·]\s+|\s+)(?:\*\*|__)?([^：:]+?)(?:\*\*|__)?\s*(?:[：:]\s*(?:\*\*|__)?\s*(.*?))?\s*$/s;

/** An item without a label: the one row of a table that needs none. */
const UNNAMED = /^\s*[-*+•·]\s*$/;

function entryOf(line: Line): Entry | null {
  if (UNNAMED.test(line.text))
    return { indent: line.text.trimEnd().length + 1, name: pieceOf(line, line.text.length), value: null };
  const match = ENTRY.exec(line.text);
  if (!match || line.text.length > LONGEST_ENTRY || isProse(match[2] ?? '')) return null;
  const [, lead = '', name = '', value] = match;
  const start = line.text.indexOf(name, lead.length);
  const cell = pieceOf(line, start, start + name.length);
  // The dash of a list is part of the indent: what it opens goes on in the column behind it.
  if (value === undefined) return { indent: lead.length, name: cell, value: null };
  const at = line.text.length - line.text.trimStart().length;
  const colon = line.text.slice(start + name.length).search(/[：:]/) + start + name.length;
  const printed = yamlScalar(
    line,
    colon + 1 + (/^\s*(?:\*\*|__)/.exec(line.text.slice(colon + 1))?.[0].length ?? 0),
  );
  return { indent: Math.max(at, lead.length), name: cell, value: withoutWordForNothing(printed) };
}

/** 空 and （空） stand for an empty cell. */
export function withoutWordForNothing(cell: DraftCell): DraftCell {
  return /^[（(]?空(?:白)?[)）]?$/.test(cell.text) ? { ...cell, text: '', end: cell.start } : cell;
}

/** What the first name of a record says: words, not the numbers of a row. */
const RECORD_LABEL = /\p{Script=Han}{2}/u;

function takeEntry(rows: EntryRow[], { indent, name, value }: Entry): void {
  const row = rows.at(-1);
  const isLabel = value === null || RECORD_LABEL.test(value.text);
  if (isLabel) {
    rows.push({
      indent,
      isRecord: value !== null,
      labels: labelsOf(value ?? name),
      names: [],
      values: [],
    });
    return;
  }
  const isNamed =
    row !== undefined && row.labels.length > 0 && name.text.length <= LONGEST_NAME && belongs(row, indent);
  if (isNamed) {
    row.names.push(name);
    row.values.push(value);
  } else rows.push({ indent, isRecord: false, labels: labelsOf(name), names: [], values: [value] });
}

/** Whether an entry set in so far stands below a row's label: deeper, or beside the first name with values of YAML. */
function belongs(row: EntryRow, indent: number): boolean {
  if (row.values.length > row.names.length) return false;
  return indent > row.indent || (row.isRecord && indent === row.indent);
}

/** `（三）不予公开 / 1.属于国家秘密`: the labels of a row from the left, where each is one. */
function labelsOf(cell: DraftCell): DraftCell[] {
  const parts = [...cell.text.matchAll(/[^/→>]+/g)].map((match): DraftCell => {
    const text = match[0].trim();
    const start = cell.start + match.index + match[0].indexOf(text);
    return { text, start, end: start + text.length };
  });
  return parts.length > 1 && parts.every(({ text }) => opensCell(text)) ? parts : [cell];
}

/** The rows with their heads above them wherever these change; values start behind the columns of labels. */
export function printedRows(rows: readonly EntryRow[]): DraftCell[][] {
  const depth = largest(
    rows.map(({ labels }) => labels.length),
    1,
  );
  const place = (cells: readonly DraftCell[], from: number): DraftCell[] =>
    cells.map((cell, i) => ({ ...cell, place: { column: from + i, rowSpan: 1, columnSpan: 1 } }));
  let heads = '';
  return rows.flatMap(({ labels, names, values }) => {
    const own = names.map(({ text }) => text).join('|');
    const isNew = names.length > 0 && own !== heads;
    if (isNew) heads = own;
    const row = [...place(labels, depth - labels.length), ...place(values, depth)];
    return isNew ? [place(names, depth), row] : [row];
  });
}
