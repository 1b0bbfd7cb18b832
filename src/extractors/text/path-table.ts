import { isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { printedRows, type EntryRow, withoutWordForNothing } from './entry-table.js';
import { pieceOf, type Line } from './lines.js';
import { isUnitText } from './regions.js';

/** Fewer values, each with its path, are no table. */
const FEWEST_VALUES = 6;
/** Longer lines are running text. */
const LONGEST_LINE = 160;
/** `规章 / 本年制发件数：3`: a path, and the value behind the last colon or equals sign. */
const PATH_LINE = /^(.*\S)\s*[：:=]\s*([^：:=]*)$/;
const STEP = /\s+(?:\/|→|->|>|›|»|·|\||-|—)\s+|\s*(?:→|›|»)\s*/g;
/** `规章,本年制发件数,3`: a row, a column and their value between commas. */
const TRIPLE = /^([^,\t]*)([,\t])([^,\t]+)\2([^,\t]*)$/;
/** Not the stroke of 本年增/减. */
const TRIPLE_STEP = /[->→]|(?<=[^/]{2})\/(?=[^/]{2})/g;
/** Heads over several columns, which name none. */
const ABOVE_COLUMNS = /^(?:申请人情况|法人或(?:者)?其[他它]组织)$/;

/** A value with the steps that lead to it, row and column. */
interface PathValue {
  readonly steps: readonly DraftCell[];
  readonly value: DraftCell;
}

/**
 * Values written one a line, each behind its whole path: the labels of its row and the name of its column, in this order
 * or the other way round. Lines that follow each other with one row's labels are the row.
 */
export function readPathTable(lines: readonly Line[], from: number): DraftTable | null {
  const found: PathValue[] = [];
  let to = isTripleHead(lines[from]) ? from + 1 : from;
  for (let line = lines[to]; line; line = lines[++to]) {
    const value = pathValueOf(line);
    if (!value) break;
    found.push(value);
  }
  if (found.length < FEWEST_VALUES || !found.some(({ value }) => isValue(value.text))) return null;
  const rows = rowsOf(found, shared(found, (steps) => steps[0]) >= shared(found, (steps) => steps.at(-1)));
  if (rows.every(({ values }) => values.length < 2)) return null;
  return {
    geometry: 'exact',
    rows: printedRows(rows),
    confidence: CONFIDENCE.exact,
    from,
    to,
    syntax: 'list',
  };
}

function pathValueOf(line: Line): PathValue | null {
  if (line.text.length > LONGEST_LINE) return null;
  const triple = TRIPLE.exec(line.text);
  const path = triple ? null : PATH_LINE.exec(line.text);
  const printed = triple?.[4] ?? path?.[2];
  if (printed === undefined) return null;
  const start = line.text.length - printed.length;
  const value = withoutWordForNothing(pieceOf(line, start));
  if (value.text !== '' && !isValue(value.text)) return null;
  const [row = '', between = '', column = ''] = triple ? triple.slice(1, 4) : [];
  const steps = triple
    ? [
        ...stepsOf(line, 0, row, TRIPLE_STEP),
        ...stepsOf(line, row.length + between.length, column, TRIPLE_STEP),
      ]
    : stepsOf(line, 0, path?.[1] ?? '', STEP);
  const named = steps.filter(({ text }) => text !== '' && !ABOVE_COLUMNS.test(text));
  // A unit beside a label is a column of its own.
  const isPath = named.length > 1 && named.every(({ text }) => !isUnitText(text) && !isValue(text));
  return isPath ? { steps: named, value } : null;
}

/** The names of the three columns. */
function isTripleHead(line: Line | undefined): boolean {
  const cells = TRIPLE.exec(line?.text ?? '');
  return cells !== null && [cells[1], cells[3], cells[4]].every((text = '') => text !== '' && !isValue(text));
}

function stepsOf(line: Line, from: number, path: string, step: RegExp): DraftCell[] {
  const cuts = [...path.matchAll(step)];
  return [...cuts, null].map((cut, i) => {
    const before = cuts[i - 1];
    const start = before ? before.index + before[0].length : 0;
    return pieceOf(line, from + start, from + (cut?.index ?? path.length));
  });
}

/** How often a step is the same in a line and the next. */
function shared(
  values: readonly PathValue[],
  stepOf: (steps: readonly DraftCell[]) => DraftCell | undefined,
): number {
  return values.filter(
    ({ steps }, i) => i > 0 && stepOf(steps)?.text === stepOf(values[i - 1]?.steps ?? [])?.text,
  ).length;
}

/** Values that follow each other under the same labels, each in a column of its own, make a row. */
function rowsOf(values: readonly PathValue[], isColumnLast: boolean): EntryRow[] {
  const rows: EntryRow[] = [];
  const keyOf = (labels: readonly DraftCell[]): string => labels.map(({ text }) => text).join('\n');
  for (const { steps, value } of values) {
    const name = isColumnLast ? steps.at(-1) : steps[0];
    const labels = isColumnLast ? steps.slice(0, -1) : steps.slice(1);
    if (!name) continue;
    const row = rows.at(-1);
    if (row && keyOf(row.labels) === keyOf(labels) && row.names.every(({ text }) => text !== name.text)) {
      row.names.push(name);
      row.values.push(value);
    } else rows.push({ indent: 0, isRecord: false, labels, names: [name], values: [value] });
  }
  return rows;
}
