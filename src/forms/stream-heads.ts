import type { EvidenceRow } from './evidence-rows.js';
import { makeSlot, type Slot } from './slot.js';
import type { AcrossTable, Identity } from './form.js';
import { prepareText } from './match-label.js';
import { hasBlankBetween, streamEvidence, type StreamText } from './stream-text.js';
import { STREAM_CONFIDENCE, STREAM_TABLE, valueSlot } from './stream-rows.js';
import { type StreamToken, tokensOf } from './stream-tokens.js';

/** Settings of the search for a headed row in a stream. */
const HEAD_SETTINGS = {
  /** A run of fewer heads is no table. */
  minHeads: 5,
  /** Values of one row do not run on over more characters than this. */
  maxReach: 400,
  /** Heads of one table stand no farther apart than this, numbers between them or not. */
  maxGap: 120,
} as const;

/** A word of the table's head found in the stream. */
interface FoundWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Rows of a table of two levels of heads in a running text: each run of heads with the values behind it becomes a row of
 * texts and a row of values, as they would stand in a table without columns.
 */
export function streamHeadRows(stream: StreamText, table: AcrossTable): EvidenceRow[] {
  const words = findWords(stream, [...table.groups, ...table.columns, ...table.spans]);
  const rows: EvidenceRow[] = [];
  for (const run of runsOf(stream, words)) {
    const last = run.at(-1);
    if (!last || run.length < HEAD_SETTINGS.minHeads) continue;
    const tokens = tokensBehind(stream, last.end);
    const end = tokens.at(-1)?.start;
    if (end === undefined) continue;
    rows.push(
      row(
        rows.length,
        run.map((word, i) => headSlot(stream, word, i)),
      ),
    );
    const values = tokens.map((token, i) => valueSlot(stream, token, i));
    rows.push({ ...row(rows.length, values), isTorn: hasBlankBetween(stream, last.end, end) });
  }
  return rows;
}

/**
 * The same for a table whose heads and numbers were written in pieces, some numbers between the heads: where there are
 * just as many numbers as places, and all sums hold in the order they were written in. The row is marked as torn.
 */
export function scatteredHeadRows(
  stream: StreamText,
  table: AcrossTable,
  identities: readonly Identity[],
): EvidenceRow[] {
  const words = findWords(stream, [...table.groups, ...table.columns, ...table.spans]);
  const keys = table.groups.flatMap((group) => table.columns.map((column) => `${group.key}.${column.key}`));
  const names = (table.groups[0]?.labels ?? []).map((label) => prepareText(label).bare);
  // Another table may end just above; the name of the first group opens this one, in its title or in its head.
  const openings = clustersOf(words).flatMap((cluster) =>
    cluster.flatMap((word, i) => (names.includes(word.text) ? [cluster.slice(i)] : [])),
  );
  for (const cluster of openings) {
    const [first, last] = [cluster[0], cluster.at(-1)];
    if (!first || !last || cluster.length < table.columns.length) continue;
    const tokens = [...tokensOf(stream.text, first.start, last.end), ...tokensBehind(stream, last.end)];
    if (tokens.length !== keys.length || !addsUp(tokens, keys, identities)) continue;
    const heads = table.groups.flatMap((group) =>
      [group, ...table.columns].map(({ labels: [text = ''] }) => ({ ...first, text })),
    );
    const values = tokens.map((token, i) => valueSlot(stream, token, i));
    return [
      row(
        0,
        heads.map((head, i) => headSlot(stream, head, i)),
      ),
      { ...row(1, values), isTorn: true },
    ];
  }
  return [];
}

/** Words that stand near each other. */
function clustersOf(words: readonly FoundWord[]): FoundWord[][] {
  const clusters: FoundWord[][] = [];
  for (const word of words) {
    const cluster = clusters.at(-1);
    const previous = cluster?.at(-1);
    if (cluster && previous && word.start - previous.end <= HEAD_SETTINGS.maxGap) cluster.push(word);
    else clusters.push([word]);
  }
  return clusters;
}

function addsUp(
  tokens: readonly StreamToken[],
  keys: readonly string[],
  identities: readonly Identity[],
): boolean {
  const values = new Map(
    tokens.map(({ parsed }, i) => [keys[i] ?? '', parsed.kind === 'number' ? parsed.value : 0]),
  );
  const total = (side: readonly string[]): number =>
    side.reduce((sum, key) => sum + (values.get(key) ?? 0), 0);
  const own = identities.filter(({ sum, equals }) => [...sum, ...equals].every((key) => values.has(key)));
  return own.length > 0 && own.every(({ sum, equals }) => total(sum) === total(equals));
}

/** All words of the heads in order, the longest wording at each place. */
function findWords(stream: StreamText, keys: readonly { readonly labels: readonly string[] }[]): FoundWord[] {
  const wordings = [...new Set(keys.flatMap((key) => key.labels.map((label) => prepareText(label).bare)))]
    .filter((bare) => bare.length >= 2)
    .sort((a, b) => b.length - a.length);
  const pattern = new RegExp(wordings.join('|'), 'g');
  return [...stream.bare.matchAll(pattern)].map((match) => {
    const start = stream.bareToText[match.index] ?? 0;
    const end = (stream.bareToText[match.index + match[0].length - 1] ?? start) + 1;
    return { text: match[0], start, end };
  });
}

function runsOf(stream: StreamText, words: readonly FoundWord[]): FoundWord[][] {
  const runs: FoundWord[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    const between = previous ? stream.text.slice(previous.end, word.start) : '';
    const near = previous && foreignLetters(between) <= 1 && !/\d/.test(between);
    if (run && near) run.push(word);
    else runs.push([word]);
  }
  return runs;
}

function foreignLetters(text: string): number {
  return text.replace(/[^\p{L}]/gu, '').length;
}

function tokensBehind(stream: StreamText, from: number): StreamToken[] {
  const tokens = tokensOf(stream.text, from, Math.min(stream.text.length, from + HEAD_SETTINGS.maxReach));
  const found: StreamToken[] = [];
  let end = from;
  for (const token of tokens) {
    const between = stream.text.slice(end, token.start).replace(/^ ?件/, '');
    if (foreignLetters(between) > 0) break;
    found.push(token);
    end = token.end;
  }
  return found;
}

function headSlot(stream: StreamText, word: FoundWord, column: number): Slot {
  return makeSlot(word.text, column, streamEvidence(stream, word.start));
}

function row(index: number, slots: readonly Slot[]): EvidenceRow {
  return { table: STREAM_TABLE, row: index, geometry: 'ordered', tableConfidence: STREAM_CONFIDENCE, slots };
}
