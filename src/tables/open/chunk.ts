import type { Glyph } from '../glyph.js';
import { lineOf, type TextLine } from '../text-line.js';

/** Words of one line that stand together: what is one cell, or one line of it, where the columns are told right. */
export interface Chunk {
  /** As printed, with the dots that lead to the next column. */
  readonly line: TextLine;
  /** What it says, without leading dots. */
  readonly text: string;
  readonly left: number;
  /** Where the words end; dots behind them reach further. */
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
  readonly isValue: boolean;
  /** Dots lead from it to the next column. */
  readonly isLeading: boolean;
}

/** A line, or the part of one beside running text, as its chunks from left to right. */
export interface Strip {
  readonly chunks: readonly Chunk[];
  readonly source: TextLine;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

export interface Word {
  readonly glyphs: readonly Glyph[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly isDots: boolean;
}

/** Characters further apart than this (em) belong to different words, or this where the source has a space. */
const WORD_GAP_EM = 0.18;
const MARKED_GAP_EM = 0.06;
/** So many dots in a row lead the eye to the next column. */
const FEWEST_DOTS = 4;
/** A gap of so many usual spaces, at least and at most so wide (em), parts two chunks. */
const CHUNK_GAP = { spaces: 1.75, leastEm: 0.5, mostEm: 0.95 } as const;
/** Two values are two cells from a gap of so many usual spaces on, which is at least so wide (em). */
const VALUE_GAP = { spaces: 1.25, leastEm: 0.3 } as const;
/** A currency sign stands at most this far (em) in front of its number: flush left in the number's column. */
const SIGN_REACH_EM = 8;
const DOT = /^[.·…]$/;
const SIGN = /^[$€£¥]$/;
const DIGITS = /\d/;
const LETTER = /\p{L}/u;
/** So many spaces between letters show how wide they are. */
const FEWEST_SPACES = 5;
/** Where few do, a space is at most so wide (em): wider gaps part columns. */
const TYPICAL_SPACE_EM = 0.35;
/** Numbers with what stands around them; a letter behind one marks it as revised or estimated. */
const NUMBER =
  /^(?:[rpe]\s?)?[-+–—−±<>≤≥~$€£¥(\s[]*[\d.,][\d\s.,:/%$€£()[\]+\-–—−±*†‡§¶#⁰¹²³⁴-⁹<>≤≥¢]*(?:\s?[rpes]|%)?$/;
/** What stands where there is no number. */
const MARK = /^(?:[-–—−*†‡§#.…]+|\(?(?:NA|N\/A|n\.?a\.?|X|Z|D|S|B|U|N|NR|LC)\)?)$/i;
/** Years, fiscal years and numbers of columns head columns as words do. */
const HEAD_VALUE =
  /^(?:(?:FY|CY|AY)?\s?['’]?(?:19|20)\d\d(?:\s?[-–—/]\s?(?:19|20)?\d\d)?[a-z]?|[([]\w{1,2}[)\]]|[IVX]{1,4})\W{0,3}[¹²³⁰-⁹]*$/;
/** What goes on from the value before it: an interval, a range, a margin. */
const GOES_ON = /^[([±–—-]/;
const OPEN_ENDED = /[-–—±(/]$/;

/** True for a number, an amount, an interval, or a mark that stands for none. */
export function isValueText(text: string): boolean {
  const trimmed = text.trim();
  return (DIGITS.test(trimmed) && NUMBER.test(trimmed)) || MARK.test(trimmed);
}

/** True for a year, a fiscal year or the number of a column: values that head columns. */
export function isHeadValue(text: string): boolean {
  return HEAD_VALUE.test(text.trim());
}

/**
 * The usual space between words (em) on these lines: that between letters, since what stands beside a number may as well
 * be a column, and columns of short labels can lie closer than two words of one.
 */
export function usualSpace(lines: readonly TextLine[]): number {
  const all: number[] = [];
  const worded: number[] = [];
  for (const line of lines) {
    for (const [i, glyph] of line.glyphs.entries()) {
      const before = line.glyphs[i - 1];
      const gap = before ? (glyph.box.left - before.box.right) / Math.max(1, glyph.size) : 0;
      if (!before || gap <= WORD_GAP_EM || gap >= CHUNK_GAP.mostEm) continue;
      all.push(gap);
      if (LETTER.test(before.text) && LETTER.test(glyph.text)) worded.push(gap);
    }
  }
  if (worded.length >= FEWEST_SPACES) return middleOf(worded);
  return all.length === 0 ? WORD_GAP_EM : Math.min(TYPICAL_SPACE_EM, middleOf(all));
}

function middleOf(gaps: number[]): number {
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? WORD_GAP_EM;
}

/** The chunks of a line; `space` is the usual one between words (em). */
export function chunksOf(line: TextLine, space: number): Chunk[] {
  const limit = Math.min(CHUNK_GAP.mostEm, Math.max(CHUNK_GAP.leastEm, CHUNK_GAP.spaces * space));
  const valueLimit = Math.max(VALUE_GAP.leastEm, VALUE_GAP.spaces * space);
  const groups: Word[][] = [];
  for (const word of wordsOf(line)) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const isOne =
      group !== undefined &&
      before !== undefined &&
      isTogether(group, before, word, { words: limit * line.size, values: valueLimit * line.size });
    if (isOne) group.push(word);
    else groups.push([word]);
  }
  return groups.map((words) => toChunk(words, line));
}

/** A chunk cut in front of its words with these indexes (ascending). */
export function cutChunk(chunk: Chunk, starts: readonly number[]): Chunk[] {
  const words = wordsOf(chunk.line);
  const cuts = [0, ...starts, words.length];
  return cuts.slice(1).flatMap((end, i) => {
    const part = words.slice(cuts[i], end);
    return part.length === 0 ? [] : [toChunk(part, chunk.line)];
  });
}

/** Chunks that follow each other on a line as one. */
export function joinChunks(chunks: readonly Chunk[], source: TextLine): Chunk {
  return toChunk(
    chunks.flatMap((chunk) => wordsOf(chunk.line)),
    source,
  );
}

/** True where two chunks of a line stand no further apart than words that are set wide to fill it. */
export function isLoose(before: Chunk, chunk: Chunk): boolean {
  return chunk.left - before.line.box.right < CHUNK_GAP.mostEm * chunk.size;
}

/** The words of a chunk's line, left to right. */
export function wordsOf(line: TextLine): Word[] {
  const dotted = leadingDots(line.glyphs);
  const words: Glyph[][] = [];
  let before: Glyph | null = null;
  for (const glyph of line.glyphs) {
    const isStart = !before || isApart(before, glyph) || dotted.has(before) !== dotted.has(glyph);
    const isSameDots = before !== null && dotted.has(before) && dotted.has(glyph);
    if (isStart && !isSameDots) words.push([glyph]);
    else words.at(-1)?.push(glyph);
    before = glyph;
  }
  return words.map((glyphs) => {
    const [first, last] = [glyphs[0], glyphs.at(-1)];
    return {
      glyphs,
      text: glyphs.map(({ text }) => text).join(''),
      left: first?.box.left ?? 0,
      right: last?.box.right ?? 0,
      isDots: first !== undefined && dotted.has(first),
    };
  });
}

/** Dots that follow each other in such numbers that they end no sentence. */
function leadingDots(glyphs: readonly Glyph[]): ReadonlySet<Glyph> {
  const found = new Set<Glyph>();
  let run: Glyph[] = [];
  const settle = (): void => {
    if (run.length >= FEWEST_DOTS) for (const glyph of run) found.add(glyph);
    run = [];
  };
  for (const glyph of glyphs) {
    if (DOT.test(glyph.text)) run.push(glyph);
    else settle();
  }
  settle();
  return found;
}

function isApart(before: Glyph, glyph: Glyph): boolean {
  const gap = glyph.box.left - before.box.right;
  const size = Math.max(before.size, glyph.size);
  return gap > WORD_GAP_EM * size || (glyph.isAfterSpace && gap > MARKED_GAP_EM * size);
}

function isTogether(
  group: readonly Word[],
  before: Word,
  word: Word,
  limit: { readonly words: number; readonly values: number },
): boolean {
  const gap = word.left - before.right;
  const em = word.glyphs[0]?.size ?? 1;
  if (before.isDots) return false;
  if (SIGN.test(before.text) && isValueText(word.text)) return gap < SIGN_REACH_EM * em;
  if (gap > limit.words) return false;
  // Two numbers beside each other are two cells, unless the second is the first one's interval or range.
  const text = group.map((one) => one.text).join(' ');
  if (!isValueText(word.text) || !isValueText(text)) return true;
  return gap <= limit.values || GOES_ON.test(word.text) || OPEN_ENDED.test(text);
}

function toChunk(words: readonly Word[], source: TextLine): Chunk {
  const spoken = words.filter((word) => !word.isDots);
  const isLeading = spoken.length > 0 && spoken.length < words.length;
  const shown = spoken.length === 0 ? words : spoken;
  const line = lineOf(
    words.flatMap((word) => word.glyphs),
    source.turn,
  );
  const said = isLeading
    ? lineOf(
        shown.flatMap((word) => word.glyphs),
        source.turn,
      )
    : line;
  const { top, bottom } = source.box;
  const text = said.text;
  return {
    line,
    text,
    left: shown[0]?.left ?? line.box.left,
    right: shown.at(-1)?.right ?? line.box.right,
    top,
    bottom,
    size: line.size,
    isValue: isValueText(text),
    isLeading,
  };
}

/** A strip of some chunks, which are ordered from left to right. */
export function stripOf(chunks: readonly Chunk[], source: TextLine): Strip {
  return {
    chunks,
    source,
    left: Math.min(...chunks.map((chunk) => chunk.left)),
    right: Math.max(...chunks.map((chunk) => chunk.right)),
    top: Math.min(...chunks.map((chunk) => chunk.top)),
    bottom: Math.max(...chunks.map((chunk) => chunk.bottom)),
    size: Math.max(...chunks.map((chunk) => chunk.size)),
  };
}
