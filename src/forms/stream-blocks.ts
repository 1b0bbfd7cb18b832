import type { EvidenceRow } from './evidence-rows.js';
import { type DownTable, downKey, type Identity } from './form.js';
import { type FormLine, formLines } from './form-lines.js';
import { findLabelChain, type FoundLabel } from './label-chain.js';
import { BlockSearch, type Grid } from './search-blocks.js';
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
 * many numbers as the form has places, and one reading of the blocks alone satisfies all identities. The rows are
 * marked as torn, for no label stands beside them.
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
    const own = [tokens, numbers].find(({ length }) => length === lines.length * block.columns.length);
    const grid = own && onlyGrid(own, lines, table, identities);
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
      !NUMERAL.test(text.slice(token.end, token.end + 2)) &&
      !chain.some((label) => label.start <= token.start && token.end <= label.end),
  );
}

/** Running text, or the title of the next section. */
const PROSE = /[\u4e00-\u9fff]{12}|行政复议/;

/** What stands behind the numeral of a label (`1.`, `2 、`) or a number inside one. */
const NUMERAL = /^(?: ?[.、)]|[\u4e00-\u9fff])/;

/** The one arrangement of the tokens that satisfies all identities; null where there is none, or several. */
function onlyGrid(
  tokens: readonly StreamToken[],
  lines: readonly FormLine[],
  table: DownTable,
  identities: readonly Identity[],
): Grid | null {
  const values = tokens.map(({ parsed }) => (parsed.kind === 'number' ? parsed.value : 0));
  const keys = lines.map((line) => line.block.columns.map((column) => downKey(table, line.row, column)));
  const own = identities.filter(({ sum, equals }) =>
    [...sum, ...equals].some((key) => keys.flat().includes(key)),
  );
  const grids = new BlockSearch(values, keys, own).grids();
  return grids?.length === 1 ? (grids[0] ?? null) : null;
}
