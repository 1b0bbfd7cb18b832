import { type FormLine, formLines } from './form-lines.js';
import type { EvidenceRow } from './evidence-rows.js';
import { type DownTable, downKey, type Identity } from './form.js';
import { type FoundLabel, findLabelChain } from './label-chain.js';
import { tornRow } from './stream-rows.js';
import { type StreamText } from './stream-text.js';
import { type StreamToken, tokensOf } from './stream-tokens.js';

/** Settings of the search for columns that stand one behind the other. */
const COLUMN_SETTINGS = {
  /** Fewer labels in a row without a value between them are no column of labels. */
  fewestRows: 3,
  /** Several columns are believed where so many rows with other numbers than 0 add up, and none fails to. */
  fewestSums: 2,
  /** The values of a page do not run on over more characters than this. */
  maxReach: 3_000,
} as const;

/** A column of labels and, behind it, all values of its rows. */
interface LabelColumn {
  readonly lines: readonly FormLine[];
  readonly tokens: readonly StreamToken[];
  /** Where the labels stand in the stream. */
  readonly start: number;
}

/**
 * The rows of a table whose columns were written one behind the other, first all labels of a page, then the values of one
 * column after the other (pdfminer's order). Believed only where there are exactly as many values as the rows have
 * places, and where several columns add up. The rows are marked as torn: nothing but their order joins label and values.
 */
export function columnRows(
  stream: StreamText,
  table: DownTable,
  identities: readonly Identity[],
): EvidenceRow[] {
  return labelColumns(stream, table).flatMap((column) => {
    const grid = arrange(column, table, identities);
    return column.lines.map((line, row) => tornRow(stream, line, grid?.[row] ?? [], column.start));
  });
}

function labelColumns(stream: StreamText, table: DownTable): LabelColumn[] {
  const lines = formLines(table);
  const chain = findLabelChain(stream, lines);
  const runs = labelRuns(stream, chain);
  return runs.flatMap(({ labels, tokens }, index) => {
    const first = labels[0];
    const end = runs[index + 1]?.labels[0]?.line;
    const until = end ? lines.indexOf(end) : lines.length;
    for (const values of [belowHead(stream, labels, tokens), longestRun(stream, tokens), tokens]) {
      const found = rowsFor(labels, values.length, lines, until);
      if (first && found) return [{ lines: found, tokens: values, start: first.start }];
    }
    return [];
  });
}

/** The values behind the head of the last column: what stands before it are page numbers and numerals of cut labels. */
function belowHead(
  stream: StreamText,
  labels: readonly FoundLabel[],
  tokens: readonly StreamToken[],
): readonly StreamToken[] {
  const head = labels[0]?.line.block.columns.at(-1)?.labels[0] ?? '';
  const at = stream.text.lastIndexOf(head, tokens.at(-1)?.start);
  return tokens.filter((token) => token.start > at);
}

/** The most values that stand together without a word between them. */
function longestRun(stream: StreamText, tokens: readonly StreamToken[]): readonly StreamToken[] {
  const runs: StreamToken[][] = [];
  tokens.forEach((token, i) => {
    const between = stream.text.slice(tokens[i - 1]?.end ?? 0, token.start);
    if (i > 0 && between.trim() === '') runs.at(-1)?.push(token);
    else runs.push([token]);
  });
  return runs.reduce<StreamToken[]>((best, run) => (run.length > best.length ? run : best), []);
}

interface LabelRun {
  readonly labels: readonly FoundLabel[];
  readonly tokens: readonly StreamToken[];
}

/** Labels that follow each other without values between them (but for a stray numeral), with the values behind the last. */
function labelRuns(stream: StreamText, chain: readonly FoundLabel[]): LabelRun[] {
  const runs: LabelRun[] = [];
  let labels: FoundLabel[] = [];
  chain.forEach((label, index) => {
    labels.push(label);
    const tokens = withoutGroupMarks(stream.text, tokensBehind(stream, label, chain[index + 1]));
    if (tokens.length < COLUMN_SETTINGS.fewestRows) return;
    runs.push({ labels, tokens });
    labels = [];
  });
  return runs;
}

/** Running text, where a table ends that has no further label. */
const PROSE = /[\u4e00-\u9fff]{12}/;

/** The values between a label and the next one, or up to the end of the table. */
function tokensBehind(stream: StreamText, label: FoundLabel, next: FoundLabel | undefined): StreamToken[] {
  if (next) return tokensOf(stream.text, label.end, next.start);
  const rest = stream.text.slice(label.end, label.end + COLUMN_SETTINGS.maxReach);
  return tokensOf(stream.text, label.end, label.end + (PROSE.exec(rest)?.index ?? rest.length));
}

const UNIT_BEHIND = /^ ?(?:条|件|次|篇|个|人|万元|元|期|人次)(?: |$)/;

/** Without the dashes that a column of units has beside the names of groups (—— 条 条 件 —— 次). */
function withoutGroupMarks(text: string, tokens: readonly StreamToken[]): StreamToken[] {
  return tokens.filter(
    (token) => !/^-+$/.test(token.text) || !UNIT_BEHIND.test(text.slice(token.end, token.end + 5)),
  );
}

/**
 * The rows that so many values fill: those whose labels were found, with the rows between them that were not, or those
 * behind them up to the next labels (a label cut by the end of the page). Null where no choice fits the number of values.
 */
function rowsFor(
  labels: readonly FoundLabel[],
  values: number,
  lines: readonly FormLine[],
  until: number,
): readonly FormLine[] | null {
  const block = labels.at(-1)?.line.block;
  const own = labels.map(({ line }) => line).filter((line) => line.block === block);
  const [first, last] = [own[0], own.at(-1)];
  if (!block || !first || !last) return null;
  const isData = (line: FormLine): boolean => line.block === block && line.row.kind === 'data';
  const whole = (end: number): FormLine[] =>
    lines.slice(lines.indexOf(first), end).filter((line) => isData(line) && line.row.optional !== true);
  const choices = [own.filter(isData)];
  for (let end = lines.indexOf(last) + 1; end <= until; end++) choices.push(whole(end));
  return (
    choices.find(
      (rows) => rows.length >= COLUMN_SETTINGS.fewestRows && rows.length * block.columns.length === values,
    ) ?? null
  );
}

type Grid = readonly (readonly StreamToken[])[];

/** The values by row; null where several columns do not add up under any order, or under orders that differ. */
function arrange(column: LabelColumn, table: DownTable, identities: readonly Identity[]): Grid | null {
  const { lines, tokens } = column;
  const width = lines[0]?.block.columns.length ?? 0;
  if (width === 1) return tokens.map((token) => [token]);
  const fitting = orders(lines.length, width)
    .map((order) => order.map((row) => row.flatMap((at) => tokens[at] ?? [])))
    .filter((grid) => addsUp(grid, lines, table, identities));
  const [grid] = fitting;
  return grid && fitting.every((other) => sameValues(other, grid)) ? grid : null;
}

/**
 * Where the value of each row and column stands: some columns one behind the other, and the rest, which were too narrow
 * to be told apart, row by row.
 */
function orders(rows: number, columns: number): number[][][] {
  const whole = Array.from({ length: columns + 1 }, (_, count) => count).filter(
    (count) => count !== columns - 1,
  );
  return whole.map((count) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        column < count ? column * rows + row : count * rows + row * (columns - count) + (column - count),
      ),
    ),
  );
}

function addsUp(
  grid: Grid,
  lines: readonly FormLine[],
  table: DownTable,
  identities: readonly Identity[],
): boolean {
  let sums = 0;
  for (const [index, line] of lines.entries()) {
    const keys = line.block.columns.map((column) => downKey(table, line.row, column));
    const values = new Map(keys.map((key, i) => [key, valueOf(grid[index]?.[i])]));
    for (const { sum, equals } of identities) {
      if (![...sum, ...equals].every((key) => values.has(key))) continue;
      const [left, right] = [sum, equals].map((side) =>
        side.reduce((total, key) => total + (values.get(key) ?? 0), 0),
      );
      if (left !== right) return false;
      if (left !== 0) sums++;
    }
  }
  return sums >= COLUMN_SETTINGS.fewestSums;
}

function valueOf(token: StreamToken | undefined): number {
  return token?.parsed.kind === 'number' ? token.parsed.value : 0;
}

function sameValues(a: Grid, b: Grid): boolean {
  return a.every((row, i) => row.every((token, j) => valueOf(token) === valueOf(b[i]?.[j])));
}
