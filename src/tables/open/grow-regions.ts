import type { RulingLine } from '../../model/geometry.js';
import type { PieceLine } from '../aligned/piece.js';
import { lineOf } from '../text-line.js';
import { chunksOf, isHeadValue, type Strip, stripOf, usualSpace } from './chunk.js';
import { findProse, type Prose } from './find-prose.js';

/** Lines that may be one table, and whether a title stands above them. */
export interface Region {
  readonly strips: readonly Strip[];
  readonly isTitled: boolean;
}

/** White space up to this (em) leaves lines in one table, up to the second where their columns agree. */
const ROW_GAP_EM = 2.2;
const ALIKE_GAP_EM = 4.5;
/** A line of one chunk stands closer (em) to the table that it is part of. */
const SINGLE_GAP_EM = 1.5;
/** … but labels that head rows may keep this distance (em), and are set in at most so far. */
const LABEL_GAP_EM = 2.6;
const LABEL_INDENT_EM = 1;
/** … or so many usual gaps of lines, where there are so many lines to tell. */
const GAPS = 2.4;
const FEWEST_FOR_USUAL = 5;
/** A head has at most so many lines; the first label may stand left of all of them. */
const MOST_HEAD_LINES = 6;
/** Chunks below each other agree in an edge or their middles within this (em). */
const AGREE_EM = 0.6;
/** A rule over this share of a table's width goes over all of it. */
const WIDE_SHARE = 0.75;
/** Lines that overlap by this (em) stand on one level. */
const LEVEL_SHARE = 0.2;
/** Heads of neighbouring columns are at most this far (em) apart. */
const BESIDE_EM = 10;
/** The head of several columns starts right of this share of the table's width. */
const HEAD_SHARE = 0.12;
const HEAD_GAP_EM = 0.9;
/** The rest of a label stands this close (em) below its row, set in at most so far. */
const TAIL_GAP_EM = 0.45;
const TAIL_INDENT_EM = 3;
/** The rest of another cell starts where the cell does, within this (em). */
const TAIL_EDGE_EM = 0.3;
const TITLE =
  /^(?:(?:table|tables|figure|chart|exhibit|map|appendix table|text table|box)\s+[\dA-Z]|no\.\s*\d+\.)/i;
const NOTE = /^(?:sources?|notes?|key|legend|contact|reference|footnotes?)\s*[:.]/i;

/** Lines of a page outside running text, parted where running text stands between. */
export function stripsOf(lines: readonly PieceLine[], prose: Prose = findProse(lines)): Strip[] {
  const rest = lines.flatMap((line) => {
    const groups: PieceLine['pieces'][number][][] = [[]];
    for (const piece of line.pieces) {
      if (prose.pieces.has(piece)) groups.push([]);
      else if (!isInside(piece, prose)) groups.at(-1)?.push(piece);
    }
    return groups.filter((group) => group.length > 0);
  });
  const joined = rest.map((pieces) => ({
    pieces,
    line: lineOf(
      pieces.flatMap((piece) => piece.line.glyphs),
      0,
    ),
  }));
  const space = usualSpace(joined.map(({ line }) => line));
  return joined.map(({ line, pieces }) => {
    const source = pieces[0]?.line ?? line;
    return stripOf(chunksOf(line, space), source === line ? source : line);
  });
}

/** True for what stands alone in a column of running text: headings and ends of paragraphs. */
function isInside({ left, right, top, bottom }: PieceLine['pieces'][number], { areas }: Prose): boolean {
  return areas.some(
    (area) => left >= area.left - 1 && right <= area.right + 1 && top >= area.top && bottom <= area.bottom,
  );
}

/** Groups strips that stand below each other, up to titles, notes and white space. */
export function growRegions(given: readonly Strip[]): Region[] {
  const strips = partBesides(given);
  const closed: Region[] = [];
  let open: { strips: Strip[]; isTitled: boolean }[] = [];
  let titled: Strip | null = null;
  for (const strip of strips) {
    const text = strip.chunks[0]?.text ?? '';
    const isTitle = strip.chunks.length <= 2 && TITLE.test(text) && !strip.chunks.at(-1)?.isValue;
    const near = open.filter((region) => isNear(region.strips, strip));
    const over = open.filter((region) => !near.includes(region) && isOver(region.strips, strip));
    if (over.length > 0) closed.push(...over);
    open = open.filter((region) => !over.includes(region));
    if (isTitle || NOTE.test(text)) {
      closed.push(...near);
      open = open.filter((region) => !near.includes(region));
      titled = isTitle ? strip : null;
      continue;
    }
    const [home, ...others] = near.sort(
      (a, b) => sharedWidth(b.strips, strip) - sharedWidth(a.strips, strip),
    );
    // A line of several columns joins what stood side by side above it: heads, and labels that head rows.
    if (home && strip.chunks.length > 1) {
      home.strips.push(...others.flatMap((region) => region.strips));
      home.strips.sort((a, b) => a.top - b.top || a.left - b.left);
      home.isTitled ||= others.some((region) => region.isTitled);
    } else closed.push(...others);
    open = open.filter((region) => !others.includes(region));
    if (home) home.strips.push(strip);
    else
      open.push({
        strips: [strip],
        isTitled: titled !== null && strip.top - titled.bottom < 3 * ROW_GAP_EM * strip.size,
      });
  }
  return [...closed, ...open];
}

/** Lines parted where tables stand beside each other: each has a title, and the titles stand on one line. */
function partBesides(strips: readonly Strip[]): Strip[] {
  let starts: readonly number[] = [];
  return strips.flatMap((strip) => {
    const titles = strip.chunks.filter(({ text }) => TITLE.test(text));
    if (titles.length > 0)
      starts = titles.length > 1 ? titles.slice(1).map((chunk) => chunk.left - chunk.size) : [];
    const groups = [strip.chunks.filter((chunk) => starts.every((start) => chunk.left < start))];
    for (const [i, start] of starts.entries()) {
      const end = starts[i + 1] ?? Infinity;
      groups.push(strip.chunks.filter((chunk) => chunk.left >= start && chunk.left < end));
    }
    const isCrossed = strip.chunks.some((chunk) =>
      starts.some((start) => chunk.left < start && chunk.right > start),
    );
    if (isCrossed) starts = [];
    if (isCrossed || groups.length === 1) return [strip];
    return groups.filter((chunks) => chunks.length > 0).map((chunks) => stripOf(chunks, strip.source));
  });
}

function extent(strips: readonly Strip[]): { left: number; right: number } {
  return {
    left: Math.min(...strips.map((strip) => strip.left)),
    right: Math.max(...strips.map((strip) => strip.right)),
  };
}

function sharedWidth(strips: readonly Strip[], strip: Strip): number {
  const { left, right } = extent(strips);
  return Math.min(right, strip.right) - Math.max(left, strip.left);
}

function isOver(strips: readonly Strip[], strip: Strip): boolean {
  return sharedWidth(strips, strip) > -strip.size;
}

function isNear(strips: readonly Strip[], strip: Strip): boolean {
  const last = strips.at(-1);
  if (!last || !(isOver(strips, strip) || isBelowHead(strips, strip) || isBesideHead(strips, strip)))
    return false;
  const gap = strip.top - last.bottom;
  const usual = usualGap(strips);
  if (strip.chunks.length === 1) {
    const { left } = extent(strips);
    const isAtLabels = strip.left > left - strip.size && strip.left < left + LABEL_INDENT_EM * strip.size;
    return (
      gap <= (isAtLabels ? Math.max(LABEL_GAP_EM * strip.size, GAPS * usual) : SINGLE_GAP_EM * strip.size)
    );
  }
  const above = strips.findLast((one) => one.chunks.length > 1);
  const isFar = above !== undefined && strip.top - above.bottom > ALIKE_GAP_EM * strip.size;
  const alike = isAlike(strips, strip);
  return alike
    ? gap <= ALIKE_GAP_EM * strip.size
    : !isFar && gap <= Math.max(ROW_GAP_EM * strip.size, GAPS * usual);
}

/** True for a label left of the heads right above it. */
function isBelowHead(strips: readonly Strip[], strip: Strip): boolean {
  const { left } = extent(strips);
  const isHead = strips.length <= MOST_HEAD_LINES && strips.some((one) => one.chunks.length > 1);
  return isHead && strip.chunks.length === 1 && strip.left < left;
}

/** True for heads half a line lower than those of other columns beside them. */
function isBesideHead(strips: readonly Strip[], strip: Strip): boolean {
  const last = strips.at(-1);
  return (
    last !== undefined &&
    strips.length <= MOST_HEAD_LINES &&
    [...strips, strip].every((one) =>
      one.chunks.every((chunk) => !chunk.isValue || isHeadValue(chunk.text)),
    ) &&
    last.bottom - strip.top > LEVEL_SHARE * strip.size &&
    sharedWidth(strips, strip) > -BESIDE_EM * strip.size
  );
}

/** The usual white space between lines of a region, 0 where it has too few. */
function usualGap(strips: readonly Strip[]): number {
  if (strips.length < FEWEST_FOR_USUAL) return 0;
  const gaps = strips.slice(1).map((strip, i) => strip.top - (strips[i]?.bottom ?? 0));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
}

/** True where every chunk behind the first stands under one of the last full line. */
function isAlike(strips: readonly Strip[], strip: Strip): boolean {
  const above = strips.findLast((one) => one.chunks.length > 1);
  if (!above) return false;
  return strip.chunks.slice(1).every((chunk) => {
    const reach = AGREE_EM * strip.size;
    return above.chunks.some(
      (other) =>
        Math.abs(other.left - chunk.left) < reach ||
        Math.abs(other.right - chunk.right) < reach ||
        Math.abs(other.left + other.right - chunk.left - chunk.right) < 2 * reach,
    );
  });
}

/** Rules over the whole width of some strips. */
export function wideRules(strips: readonly Strip[], rules: readonly RulingLine[]): RulingLine[] {
  const { left, right } = extent(strips);
  return rules.filter(
    (rule) => Math.min(rule.to, right) - Math.max(rule.from, left) >= WIDE_SHARE * (right - left),
  );
}

/** A region without the lines above and below the table: titles, units, notes. Null where nothing of it is spread out. */
export function trimRegion(region: Region, horizontal: readonly RulingLine[]): Region | null {
  const { strips } = region;
  const first = strips.findIndex((strip) => strip.chunks.length > 1);
  const last = strips.findLastIndex((strip) => strip.chunks.length > 1);
  if (first < 0 || first === last) return null;
  const rules = wideRules(strips.slice(first, last + 1), horizontal);
  let from = first;
  while (from > 0 && isHeadLine(strips, from - 1, rules)) from--;
  let to = last + 1;
  while (to < strips.length && isTail(strips, to, rules)) to++;
  return { ...region, strips: strips.slice(from, to) };
}

/** Lines of cells that stand half a line higher or lower than those beside them, as one where they do not collide. */
export function joinLevel(strips: readonly Strip[]): Strip[] {
  const joined: Strip[] = [];
  for (const strip of strips) {
    const last = joined.at(-1);
    const isLevel = last !== undefined && last.bottom - strip.top > LEVEL_SHARE * strip.size;
    const isFree =
      last?.chunks.every((chunk) =>
        strip.chunks.every((other) => chunk.right < other.left || chunk.left > other.right),
      ) ?? false;
    if (last && isLevel && isFree) {
      const chunks = [...last.chunks, ...strip.chunks].sort((a, b) => a.left - b.left);
      joined[joined.length - 1] = stripOf(chunks, last.source);
    } else joined.push(strip);
  }
  return joined;
}

/** A line over some of the columns, or under a rule that starts the table. */
function isHeadLine(strips: readonly Strip[], at: number, rules: readonly RulingLine[]): boolean {
  const [strip, next] = [strips[at], strips[at + 1]];
  if (!strip || !next) return false;
  const isParted = rules.some((rule) => rule.at > strip.top && rule.at < next.bottom - 0.5 * next.size);
  if (isParted) return false;
  const gap = next.top - strip.bottom;
  if (gap > HEAD_GAP_EM * strip.size) return false;
  const { left, right } = extent(strips.slice(at + 1));
  const isUnderRule = rules.some(
    (rule) => rule.at < strip.top + 0.3 * strip.size && strip.top - rule.at < 2 * strip.size,
  );
  return (
    isUnderRule ||
    (strip.left > left + HEAD_SHARE * (right - left) &&
      strip.right <= right + strip.size &&
      !isCentred(strip, left, right))
  );
}

/** A title stands in the middle of its table. */
function isCentred(strip: Strip, left: number, right: number): boolean {
  return Math.abs(strip.left + strip.right - left - right) < 2 * strip.size;
}

function isTail(strips: readonly Strip[], at: number, rules: readonly RulingLine[]): boolean {
  const [strip, before] = [strips[at], strips[at - 1]];
  if (!strip || !before) return false;
  if (rules.some((rule) => rule.at > before.top + 0.5 * before.size && rule.at < strip.bottom)) return false;
  if (strip.top - before.bottom >= TAIL_GAP_EM * strip.size) return false;
  const [label, ...cells] = before.chunks;
  const isCellTail = cells.some(
    (cell) => !cell.isValue && Math.abs(cell.left - strip.left) < TAIL_EDGE_EM * strip.size,
  );
  if (isCellTail) return true;
  return (
    label !== undefined &&
    /^[a-z(]/.test(strip.chunks[0]?.text ?? '') &&
    strip.left >= label.left - 1 &&
    strip.left <= label.left + TAIL_INDENT_EM * strip.size &&
    strip.right < (cells[0]?.left ?? Infinity)
  );
}
