import { type FormLine } from './form-lines.js';
import { prepareText } from './match-label.js';
import { type StreamText } from './stream-text.js';
import { type StreamToken, tokensOf } from './stream-tokens.js';

/** A label of the form found in a stream; `start` and `end` are places in the stream's text. */
export interface FoundLabel {
  readonly line: FormLine;
  readonly start: number;
  readonly end: number;
  /** How well the wording fits, 0 to 1. */
  readonly quality: number;
}

/** Settings of the search for labels in a stream; scores are in labels found. */
const CHAIN_SETTINGS = {
  /** A data row with just as many values behind it as it has columns. */
  fullRow: 0.6,
  /** A data row with other values behind it, or none. */
  oddRow: -0.1,
  /** The printed numeral is the form's. */
  numeral: 0.3,
  /** A label of this many letters counts in full, shorter ones in proportion. */
  longLabel: 6,
  /** Cost of a letter between two labels: a chain stays within one copy of the table. */
  distance: 0.0008,
  /** The label stands at the start of a line or cell. */
  atGap: 0.1,
  /** Occurrences of one label that are looked at. */
  maxOccurrences: 24,
  /** Values of one row do not run on over more characters than this. */
  maxReach: 600,
} as const;

/**
 * Finds the labels of a table in printed order: of all places where a wording occurs the monotone chain that explains
 * best, judged by wording, numerals and by how many values stand behind each label.
 */
export function findLabelChain(stream: StreamText, lines: readonly FormLine[]): FoundLabel[] {
  const candidates = lines.flatMap((line, index) =>
    occurrences(stream, line).map((found) => ({ ...found, index })),
  );
  if (candidates.length === 0) return [];
  const counts = tokenCounts(stream);
  const order = withoutParts(candidates);
  const best = new Float64Array(order.length);
  const previous = new Int32Array(order.length).fill(-1);
  let top = 0;
  for (let i = 0; i < order.length; i++) {
    const here = order[i];
    if (!here) continue;
    best[i] = own(here);
    for (let j = i - 1; j >= 0; j--) {
      const before = order[j];
      if (!before || before.index >= here.index || before.end > here.start) continue;
      const distance = (here.start - before.end) * CHAIN_SETTINGS.distance;
      const score = (best[j] ?? 0) + own(here) + rowScore(before, here.start, counts) - distance;
      if (score > (best[i] ?? 0)) {
        best[i] = score;
        previous[i] = j;
      }
    }
    if ((best[i] ?? 0) > (best[top] ?? 0)) top = i;
  }
  const chain: FoundLabel[] = [];
  for (let i = top; i >= 0; i = previous[i] ?? -1) chain.unshift(order[i] as FoundLabel);
  return chain;
}

/** In printed order and without those that are a part of another row's longer label (其他 of （六）其他处理). */
function withoutParts<T extends FoundLabel>(found: readonly T[]): T[] {
  const order = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = -1;
  return order
    .filter((one) => {
      const isPart = one.end < reach;
      reach = Math.max(reach, one.end);
      return !isPart;
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

interface Occurrence extends FoundLabel {
  readonly bonus: number;
}

function own(found: Occurrence): number {
  const length = found.end - found.start;
  return found.quality * Math.min(1, length / CHAIN_SETTINGS.longLabel) + found.bonus;
}

/** Every place where one of a row's wordings stands, longest wording first; places inside others are left out. */
function occurrences(stream: StreamText, line: FormLine): Occurrence[] {
  const found: Occurrence[] = [];
  const wordings = line.row.labels
    .map((label, i) => ({ ...prepareText(label), official: i === 0 }))
    .filter(({ bare }) => bare.length >= 2)
    .sort((a, b) => b.bare.length - a.bare.length);
  const numeral = prepareText(line.row.labels[0] ?? '').numeral;
  for (const wording of wordings) {
    let from = 0;
    for (let n = 0; n < CHAIN_SETTINGS.maxOccurrences; n++) {
      const at = stream.bare.indexOf(wording.bare, from);
      if (at < 0) break;
      from = at + wording.bare.length;
      const start = stream.bareToText[at] ?? 0;
      const end = (stream.bareToText[from - 1] ?? start) + 1;
      if (found.some((other) => other.start <= start && other.end >= end)) continue;
      const head = numeralBefore(stream.text, start, numeral);
      const bonus =
        (head.agrees ? CHAIN_SETTINGS.numeral : 0) +
        (isAtGap(stream.text, head.start) ? CHAIN_SETTINGS.atGap : 0);
      found.push({ line, start: head.start, end, quality: wording.official ? 1 : 0.9, bonus });
    }
  }
  return found;
}

/** Takes the numeral in front of a label into it, so that it is not read as a value of the row before. */
function numeralBefore(text: string, start: number, numeral: string): { start: number; agrees: boolean } {
  const before = text.slice(Math.max(0, start - 6), start);
  const match =
    /(?:\(?\s?([一二三四五六七八九十]{1,3}|\d{1,2})\s?[)、.,:]|([一二三四五六七八九十])|(?<![\d.])(\d))\s?$/.exec(
      before,
    );
  if (!match) return { start, agrees: false };
  const printed = match[1] ?? match[2] ?? match[3] ?? '';
  if (numeral !== '' && printed !== numeral && printed.endsWith(numeral) && /\d/.test(numeral)) {
    return { start: start - match[0].length + printed.length - numeral.length, agrees: true };
  }
  const agrees = numeral !== '' && printed === numeral;
  // A bare digit that is not the form's own numeral is the value of the row before.
  if (match[1] === undefined && !agrees) return { start, agrees: false };
  return { start: start - match[0].length, agrees };
}

function isAtGap(text: string, start: number): boolean {
  return start === 0 || text[start - 1] === ' ';
}

/** For each place in the text how many values start before it. */
function tokenCounts(stream: StreamText): Uint32Array {
  const counts = new Uint32Array(stream.text.length + 1);
  for (const token of tokensOf(stream.text, 0, stream.text.length)) counts[token.start + 1] = 1;
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i - 1] ?? 0) + (counts[i] ?? 0);
  return counts;
}

function rowScore(found: FoundLabel, next: number, counts: Uint32Array): number {
  if (found.line.row.kind !== 'data') return 0;
  const values = (counts[next] ?? 0) - (counts[found.end] ?? 0);
  return values === found.line.block.columns.length ? CHAIN_SETTINGS.fullRow : CHAIN_SETTINGS.oddRow;
}

/** The values behind each label of a chain, up to the next label. */
export function valuesOf(stream: StreamText, chain: readonly FoundLabel[], index: number): StreamToken[] {
  const found = chain[index];
  if (!found) return [];
  const next = chain[index + 1]?.start ?? Math.min(stream.text.length, found.end + CHAIN_SETTINGS.maxReach);
  const from = endOfWording(stream, found, next);
  const tokens = tokensOf(stream.text, from, next);
  if (index < chain.length - 1) return tokens;
  return untilWords(stream.text, tokens, from);
}

/** Where a short wording was found, the rest of the official label that still follows it (up to `next`) is no place for values. */
export function endOfWording(stream: StreamText, found: FoundLabel, next: number): number {
  const official = prepareText(found.line.row.labels[0] ?? '').bare;
  const printed = prepareText(stream.text.slice(found.start, found.end)).bare;
  const rest = official.startsWith(printed) ? official.slice(printed.length) : '';
  let end = found.end;
  for (const character of rest) {
    const at = stream.text.indexOf(character, end);
    if (at < 0 || at >= next || /\d/.test(stream.text.slice(end, at))) break;
    end = at + 1;
  }
  return end;
}

/** Behind the last label the values end where words begin. */
function untilWords(text: string, tokens: readonly StreamToken[], from: number): StreamToken[] {
  const kept: StreamToken[] = [];
  let end = from;
  for (const token of tokens) {
    if (/[\u4e00-\u9fff]/.test(text.slice(end, token.start).replace(/^\s*[条件次篇个人期万元]+/, ''))) break;
    kept.push(token);
    end = token.end;
  }
  return kept;
}
