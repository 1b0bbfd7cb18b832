import type { EvidenceRow } from './evidence-rows.js';
import { type DownTable, downKey, type Identity } from './form.js';
import { type FormLine, formLines } from './form-lines.js';
import { findLabelChain, type FoundLabel } from './label-chain.js';
import { prepareText } from './match-label.js';
import { type BlockHints, BlockSearch, type Grid, type Thirds } from './search-blocks.js';
import { tornRow } from './stream-rows.js';
import type { StreamText } from './stream-text.js';
import { type StreamToken, tokensOf } from './stream-tokens.js';

/** Settings of the search for a table whose labels and numbers were written apart. */
const BLOCK_SETTINGS = {
  /** So many labels of the table have to be there. */
  fewestLabels: 4,
  /** The head of the first column stands no more characters before the first label. */
  headReach: 600,
  /** Numbers do not run on over more characters behind the last label. */
  tailReach: 3_000,
} as const;

/**
 * The rows of a table whose labels and numbers were written apart, a piece of the page at a time (pdftotext's reading
 * order): the numbers stand in blocks of rows, row by row or column by column. Believed only where there are just as
 * many numbers as the form has places, and where all readings of the blocks that satisfy the identities agree. The rows
 * are marked as torn, for no label stands beside them.
 */
export function blockRows(
  stream: StreamText,
  table: DownTable,
  identities: readonly Identity[],
): EvidenceRow[] {
  const [block, another] = table.blocks;
  if (!block || another) return [];
  const chain = findLabelChain(stream, formLines(table));
  const first = chain[0];
  if (!first || chain.length < BLOCK_SETTINGS.fewestLabels) return [];
  const tokens = tokensAround(stream, chain, block.columns[0]?.labels[0] ?? '');
  // Of several numbers in one cell nobody can tell whether they are pieces of one.
  if (new Set(tokens.map((token) => stream.origins[token.start])).size < tokens.length) return [];
  // A mark may be a piece of a label that a line end cut (无 / 法提供).
  const numbers = tokens.filter(({ parsed }) => parsed.kind !== 'mark');
  for (const lines of rowSets(table)) {
    const width = block.columns.length;
    const own = [tokens, numbers].find(({ length }) => length === lines.length * width);
    const thirds = own && printedThirds(stream, table, chain, own);
    const grid =
      own &&
      (commonRows(own, lines, table, identities, { starts: rowStarts(own, chain, width), thirds }) ??
        commonRows(own, lines, table, identities, { thirds }));
    if (grid) return lines.map((line, row) => tornRow(stream, line, placed(grid, own, row), first.start));
  }
  return [];
}

function placed(grid: Grid, tokens: readonly StreamToken[], row: number): StreamToken[] {
  return (grid[row] ?? []).flatMap((at) => tokens[at] ?? []);
}

/** The rows a report prints: those that every report has, or with the one row that may stand for its parts. */
function rowSets(table: DownTable): (readonly FormLine[])[] {
  const data = formLines(table).filter(({ row }) => row.kind === 'data');
  const wholes = data.filter(({ row }) => row.optional === true);
  const usual = data.filter(({ row }) => row.optional !== true);
  const standIns = wholes.map((whole) =>
    data.filter((line) => line === whole || !line.row.key.startsWith(`${whole.row.key}.`)),
  );
  return [usual, ...standIns];
}

/** Every value from the head of the first column to the end of the table, without the numerals of labels. */
function tokensAround(stream: StreamText, chain: readonly FoundLabel[], firstHead: string): StreamToken[] {
  const { text } = stream;
  const start = chain[0]?.start ?? 0;
  const head = text.lastIndexOf(firstHead, start);
  const from = head >= 0 && start - head <= BLOCK_SETTINGS.headReach ? head : start;
  const end = chain.at(-1)?.end ?? start;
  const rest = text.slice(end, end + BLOCK_SETTINGS.tailReach);
  const to = end + (PROSE.exec(rest)?.index ?? rest.length);
  return tokensOf(text, from, to).filter(
    (token) =>
      !isNumeral(stream, token) &&
      !chain.some((label) => label.start <= token.start && token.end <= label.end),
  );
}

/** Running text, or the title of the next section. */
const PROSE = /[\u4e00-\u9fff]{12}|行政复议/;

/** What stands behind the numeral of a label (`1.`, `2 、`) or a number inside one. */
const NUMERAL = /^(?: ?[.、)]|[\u4e00-\u9fff])/;

/** Whether a label goes on behind a token in the same cell or line. */
function isNumeral({ text, origins }: StreamText, { start, end }: StreamToken): boolean {
  const behind = NUMERAL.exec(text.slice(end, end + 2));
  return behind !== null && origins[end + behind[0].length - 1] === origins[start];
}

/**
 * The rows of which all arrangements of the tokens that satisfy the identities have the same values; null where no
 * arrangement does, or too many.
 */
function commonRows(
  tokens: readonly StreamToken[],
  lines: readonly FormLine[],
  table: DownTable,
  identities: readonly Identity[],
  hints: BlockHints,
): Grid | null {
  const values = tokens.map(({ parsed }) => (parsed.kind === 'number' ? parsed.value : 0));
  const keys = lines.map((line) => line.block.columns.map((column) => downKey(table, line.row, column)));
  const own = identities.filter(({ sum, equals }) =>
    [...sum, ...equals].some((key) => keys.flat().includes(key)),
  );
  const grids = new BlockSearch(values, keys, own, hints).grids() ?? [];
  const [first, ...others] = grids;
  const isCommon = (places: readonly number[], row: number): boolean =>
    others.every((grid) => places.every((at, column) => values[at] === values[grid[row]?.[column] ?? -1]));
  return first?.map((places, row) => (isCommon(places, row) ? places : [])) ?? null;
}

/**
 * Rows that others start at: labels stand between their values and those of the row above. None where the values between
 * labels do not make whole rows.
 */
function rowStarts(
  tokens: readonly StreamToken[],
  chain: readonly FoundLabel[],
  width: number,
): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const isApart = before && chain.some(({ start, end }) => start >= before.end && end <= token.start);
    if (!isApart) continue;
    if (at % width !== 0) return new Set();
    starts.add(at / width);
  }
  return starts;
}

/** Narrower tables have no columns in the middle that stand apart from the first and the last. */
const FEWEST_COLUMNS = 4;

/** The order in which the heads of the first, second and last column stand among the values, where it is not the form's. */
function printedThirds(
  stream: StreamText,
  { blocks: [block] }: DownTable,
  chain: readonly FoundLabel[],
  tokens: readonly StreamToken[],
): Thirds | undefined {
  const columns = block?.columns ?? [];
  if (columns.length < FEWEST_COLUMNS) return undefined;
  const end = tokens.at(-1)?.start ?? 0;
  const heads = (['first', 'middle', 'last'] as const).map((third, i) => {
    const { labels } = columns[i < 2 ? i : columns.length - 1] ?? { labels: [] };
    const places = labels.map((label) => headPlace(stream, prepareText(label).bare, chain, end));
    return { third, at: Math.min(...places) };
  });
  if (heads.some(({ at }) => at === Infinity)) return undefined;
  const printed = [...heads].sort((a, b) => a.at - b.at);
  return printed.every((head, i) => head === heads[i]) ? undefined : printed.map(({ third }) => third);
}

/** Where a head stands first, labels of rows aside, among the text from the table's first label or head up to `end`. */
function headPlace(stream: StreamText, head: string, chain: readonly FoundLabel[], end: number): number {
  const from = (chain[0]?.start ?? 0) - BLOCK_SETTINGS.headReach;
  for (let at = stream.bare.indexOf(head); at >= 0; at = stream.bare.indexOf(head, at + 1)) {
    const place = stream.bareToText[at] ?? 0;
    if (place > end) break;
    if (place >= from && !chain.some((label) => label.start <= place && place < label.end)) return place;
  }
  return Infinity;
}
