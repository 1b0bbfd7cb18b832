import type { RulingLine } from '../../model/geometry.js';
import { type Chunk, cutChunk, isHeadValue, type Strip, wordsOf } from './chunk.js';
import { type OpenColumn, type Range, rangeOf } from './find-columns.js';
import { wideRules } from './grow-regions.js';

/** A cell of the head: the levels and columns that it covers, all inclusive. */
export interface OpenHeadCell {
  readonly range: Range;
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly chunks: readonly Chunk[];
}

export interface OpenHead {
  readonly levels: readonly { readonly top: number; readonly bottom: number }[];
  readonly cells: readonly OpenHeadCell[];
}

/** The first row holds values in at least this share of its texts, by how many they are. */
const FIRST_ROW_SHARE = { one: 1 / 3, several: 1 / 4 } as const;
/** So many numbers that follow each other count columns. */
const FEWEST_COUNTED = 3;
/** Numbers of columns stand in a row of their own. */
const COLUMN_NUMBER = /^[([]\w{1,2}[)\]]$/;
/** A rule that this (em) lies below a head shows what it spans. */
const RULE_REACH_EM = 1;
/** Middles agree within this (em), or this share of the width that is spanned. */
const CENTRE_EM = 0.8;
const CENTRE_SHARE = 0.04;
/** … or this share of a column's width: numbers stand at the right of their columns, heads in the middle. */
const PITCH_SHARE = 0.3;
/** What a column costs that no text of a line heads, beside texts as far off their middles as is let pass. */
const SKIP_COST = 0.3;
/** Middles of the lines of one text are within this distance (em). */
const SAME_PLACE_EM = 0.3;
/** Texts that span alike are believed unless others agree better by this much. */
const ALIKE_MARGIN = 0.3;
/** A rule's text stands at its middle within this share of its length. */
const RULE_CENTRE_SHARE = 0.25;
/** Lines of one head are at most this far apart (em). */
const LINE_GAP_EM = 0.8;
/** A cell covers a level whose height it overlaps by at least this share. */
const LEVEL_OVERLAP = 0.4;
/** Words of two heads stand further apart than those of one, by so many times. */
const WIDER_GAP = 1.4;

/** How many of a table's lines are its head: those above the first row of values, and above a rule below them. */
export function countHeadStrips(strips: readonly Strip[], horizontal: readonly RulingLine[]): number {
  const first = strips.findIndex(isFirstRow);
  const end = first < 0 ? strips.length : first;
  const wide = wideRules(strips, horizontal);
  const isRuled = (i: number): boolean => {
    const [above, below] = [strips[i], strips[i + 1]];
    return (
      above !== undefined &&
      below !== undefined &&
      wide.some(({ at }) => at > above.bottom - 0.5 * above.size && at < below.top + 0.5 * below.size)
    );
  };
  if (first < 0) return strips.findIndex((_, i) => i < strips.length / 2 && isRuled(i)) + 1;
  for (let i = end - 1; i >= 0; i--) if (isRuled(i)) return i + 1;
  // Labels between the head and the first values head rows, not columns.
  let count = end;
  while (count > 0 && isLoneLabel(strips, count - 1)) count--;
  const hasHead = strips
    .slice(0, count)
    .some((strip) => strip.chunks.length > 1 || strip.left > leftOf(strips) + strip.size);
  return hasHead ? count : end;
}

function isFirstRow(strip: Strip): boolean {
  const values = strip.chunks.filter((chunk, i) => chunk.isValue && (i > 0 || strip.chunks.length > 2));
  if (isCount(values.map(({ text }) => Number(text.trim())))) return false;
  const share = values.length > 1 ? FIRST_ROW_SHARE.several : FIRST_ROW_SHARE.one;
  return values.some(({ text }) => !isHeadValue(text)) && values.length >= share * strip.chunks.length;
}

/** Numbers that count up by one head columns: sizes of families, numbers of variables. */
function isCount(numbers: readonly number[]): boolean {
  return (
    numbers.length >= FEWEST_COUNTED &&
    numbers.slice(1).every((number, i) => number - (numbers[i] ?? 0) === 1)
  );
}

function leftOf(strips: readonly Strip[]): number {
  return Math.min(...strips.map((strip) => strip.left));
}

function isLoneLabel(strips: readonly Strip[], at: number): boolean {
  const strip = strips[at];
  const only = strip?.chunks[0];
  return (
    strip?.chunks.length === 1 &&
    only !== undefined &&
    only.left < leftOf(strips) + 2 * strip.size &&
    !/^[a-z]/.test(only.text)
  );
}

interface Draft {
  readonly range: Range;
  readonly chunks: Chunk[];
  isClosed: boolean;
}

/** Reads a head: what each text spans, which lines are one text, and the levels they make. */
export function buildHead(
  strips: readonly Strip[],
  columns: readonly OpenColumn[],
  horizontal: readonly RulingLine[],
): OpenHead {
  const drafts: Draft[] = [];
  for (const [i, strip] of strips.entries()) {
    const rules = spanningRules(strip, horizontal);
    const chunks = strip.chunks.flatMap((chunk) => cutHead(chunk, columns, rules));
    const spanning = drafts.flatMap(({ range }) => (range.to > range.from ? [range] : []));
    const ground = { columns, heads: headsBelow(strips.slice(i + 1), columns), spanning };
    const ranges = spansOf(chunks, ground, rules, i === strips.length - 1);
    for (const [k, chunk] of chunks.entries()) addChunk(drafts, chunk, ranges[k] ?? { from: 0, to: 0 });
    for (const draft of drafts) draft.isClosed ||= ruleBelow(draft.chunks.at(-1), horizontal) !== undefined;
  }
  return level(drafts);
}

/** What a line of a head stands over. */
interface Ground {
  readonly columns: readonly OpenColumn[];
  /** The lowest text that heads each column alone. */
  readonly heads: readonly (Chunk | undefined)[];
  /** What texts above span: what stands below one of them spans no more than it. */
  readonly spanning: readonly Range[];
}

function headsBelow(strips: readonly Strip[], columns: readonly OpenColumn[]): (Chunk | undefined)[] {
  const heads = new Array<Chunk | undefined>(columns.length).fill(undefined);
  for (const chunk of strips.toReversed().flatMap((strip) => strip.chunks)) {
    const { from, to } = rangeOf(chunk, columns);
    if (from === to) heads[from] ??= chunk;
  }
  return heads;
}

function addChunk(drafts: Draft[], chunk: Chunk, range: Range): void {
  const above = drafts.findLast((draft) => draft.range.from <= range.to && draft.range.to >= range.from);
  const last = above?.chunks.at(-1);
  const isSame =
    above !== undefined &&
    last !== undefined &&
    above.range.from === range.from &&
    above.range.to === range.to &&
    (!above.isClosed || last.top === chunk.top) &&
    chunk.top - last.bottom < LINE_GAP_EM * chunk.size &&
    !COLUMN_NUMBER.test(chunk.text) &&
    !COLUMN_NUMBER.test(last.text);
  if (isSame) above.chunks.push(chunk);
  else drafts.push({ range, chunks: [chunk], isClosed: false });
}

/** The rule right below a text that does not go on far beside it. */
function ruleBelow(chunk: Chunk | undefined, horizontal: readonly RulingLine[]): RulingLine | undefined {
  if (!chunk) return undefined;
  const middle = (chunk.left + chunk.right) / 2;
  return horizontal.find(
    ({ at, from, to }) =>
      at > chunk.bottom - 0.4 * chunk.size &&
      at < chunk.bottom + RULE_REACH_EM * chunk.size &&
      from < middle &&
      to > middle,
  );
}

/** What each text of a line spans: by the rule below it, by its width, or by the middle of the columns below it. */
function spansOf(
  chunks: readonly Chunk[],
  ground: Ground,
  rules: readonly RulingLine[],
  isLowest: boolean,
): Range[] {
  const { columns } = ground;
  const touched = chunks.map((chunk) => ruledRange(chunk, columns, rules) ?? rangeOf(chunk, columns));
  if (isLowest || chunks.some((chunk) => COLUMN_NUMBER.test(chunk.text))) return touched;
  const isLabelled = touched[0]?.from === 0;
  const heads = isLabelled ? chunks.slice(1) : chunks;
  const tiled = tile(heads, isLabelled ? touched.slice(1) : touched, ground, (touched[0]?.to ?? 0) + 1);
  if (!tiled) return touched;
  return isLabelled ? [...touched.slice(0, 1), ...tiled] : tiled;
}

/** Rules below one text of a line and no other: one below several ends the head, or a level of it. */
function spanningRules(strip: Strip, horizontal: readonly RulingLine[]): RulingLine[] {
  const below = strip.chunks.flatMap((chunk) => ruleBelow(chunk, horizontal) ?? []);
  return below.filter((rule) => below.filter((other) => other === rule).length === 1);
}

function ruledRange(
  chunk: Chunk,
  columns: readonly OpenColumn[],
  rules: readonly RulingLine[],
): Range | null {
  const rule = ruleBelow(chunk, rules);
  if (!rule) return null;
  const under = columns.flatMap(({ left, right }, i) => {
    const middle = (left + right) / 2;
    return rule.from <= middle && rule.to >= middle ? [i] : [];
  });
  const [from, to] = [under[0], under.at(-1)];
  if (from === undefined || to === undefined || to - from + 1 >= columns.length) return null;
  const isCentred =
    Math.abs(rule.from + rule.to - chunk.left - chunk.right) / 2 < RULE_CENTRE_SHARE * (rule.to - rule.from);
  return isCentred ? { from, to } : null;
}

/**
 * Texts that stand centred over columns that together are (nearly) all columns from `first` on; null where each stands
 * over one. They span alike, or each of them shows by its place that it spans several columns.
 */
function tile(
  chunks: readonly Chunk[],
  touched: readonly Range[],
  ground: Ground,
  first: number,
): Range[] | null {
  const start = touched[0]?.from === 0 ? 0 : Math.min(first, touched[0]?.from ?? first, 1);
  const alike = bestTiling(
    chunks,
    touched,
    ground,
    start,
    (range, before) => before === undefined || before.to - before.from === range.to - range.from,
  );
  const shown = bestTiling(chunks, touched, ground, start, (range, _, i) =>
    showsSpan(range, chunks[i], touched[i], ground.columns),
  );
  const found = alike.cost <= shown.cost + ALIKE_MARGIN ? alike.ranges : shown.ranges;
  return found?.some(({ from, to }) => to > from) ? found : null;
}

/** What texts span, and how badly their middles agree with it. */
interface Tiling {
  readonly ranges: Range[] | null;
  readonly cost: number;
}

/** Of the ways to part the columns among texts the one whose middles agree best; columns may be left out at a cost. */
function bestTiling(
  chunks: readonly Chunk[],
  touched: readonly Range[],
  ground: Ground,
  start: number,
  isAllowed: (range: Range, before: Range | undefined, index: number) => boolean,
): Tiling {
  let best: Tiling = { ranges: null, cost: Infinity };
  const { columns } = ground;
  const place = (at: number, from: number, ranges: Range[], cost: number): void => {
    const [chunk, own] = [chunks[at], touched[at]];
    if (!chunk || !own) {
      const whole = cost + SKIP_COST * (columns.length - from);
      if (whole < best.cost) best = { ranges, cost: whole };
      return;
    }
    const most = (touched[at + 1]?.from ?? columns.length) - 1;
    for (let left = from; left <= own.from; left++) {
      for (let to = own.to; to <= most; to++) {
        const range = { from: left, to };
        const off = isNested(range, ground.spanning) ? offCentre(chunk, ground, range) : Infinity;
        const next = cost + off + SKIP_COST * (left - from);
        if (off < 1 && next < best.cost && isAllowed(range, ranges.at(-1), at))
          place(at + 1, to + 1, [...ranges, range], next);
      }
    }
  };
  place(0, start, [], 0);
  return best;
}

/** True for a text over one column, one as wide as several, and one between two columns over a pair, or two pairs. */
function showsSpan(
  { from, to }: Range,
  chunk: Chunk | undefined,
  own: Range | undefined,
  columns: readonly OpenColumn[],
): boolean {
  if (from === to || !chunk || !own || own.to > own.from) return true;
  const middle = (chunk.left + chunk.right) / 2;
  return (to - from) % 2 === 1 && columns.every(({ left, right }) => middle < left || middle > right);
}

/** True where what a text spans lies within, or beside, what each text above it spans. */
function isNested({ from, to }: Range, spanning: readonly Range[]): boolean {
  return spanning.every(
    (outer) => to < outer.from || from > outer.to || (from >= outer.from && to <= outer.to),
  );
}

/** How far a text is off the middle of some columns, or of the heads below it, as a share of what is let pass. */
function offCentre(chunk: Chunk, { columns, heads }: Ground, { from, to }: Range): number {
  const [left, right] = [columns[from]?.left ?? 0, columns[to]?.right ?? 0];
  const before = columns[from - 1]?.right ?? left;
  const middle = (chunk.left + chunk.right) / 2;
  const limit = CENTRE_EM * chunk.size + CENTRE_SHARE * (right - left);
  // Numbers are set flush right in their columns: the first one's begins behind the column before it.
  const off = Math.min(...[left, before].map((start) => Math.abs((start + right) / 2 - middle)));
  const pitch = (right - left) / (to - from + 1);
  const share = off / Math.max(limit, PITCH_SHARE * pitch);
  const [first, last] = [heads[from], heads[to]];
  if (!first || !last) return share;
  const byEdges = Math.abs((first.left + last.right) / 2 - middle);
  const byMiddles = Math.abs((first.left + first.right + last.left + last.right) / 4 - middle);
  const byHeads = Math.min(byEdges, byMiddles);
  // What goes on right below heads one column, unless it stands exactly in the middle of several.
  if (
    to > from &&
    byHeads > SAME_PLACE_EM * chunk.size &&
    heads.some((other) => other && isUnder(chunk, other))
  )
    return Infinity;
  return Math.min(share, byHeads / limit);
}

/** True where a text of the next line has its middle where that of this line has its own. */
function isUnder(chunk: Chunk, other: Chunk): boolean {
  const reach = SAME_PLACE_EM * chunk.size;
  if (other.top - chunk.bottom > LINE_GAP_EM * chunk.size) return false;
  return Math.abs(other.left + other.right - chunk.left - chunk.right) < 2 * reach;
}

/** Heads of neighbouring columns that stand so close that they seem one text, cut at their widest gaps. */
function cutHead(chunk: Chunk, columns: readonly OpenColumn[], rules: readonly RulingLine[]): Chunk[] {
  const range = rangeOf(chunk, columns);
  const words = wordsOf(chunk.line);
  if (
    range.from === range.to ||
    words.length < 2 ||
    (ruledRange(chunk, columns, rules)?.to ?? 0) > range.from
  )
    return [chunk];
  const gaps = words.slice(1).map((word, i) => word.left - (words[i]?.right ?? 0));
  const smallest = Math.min(...gaps);
  const starts = columns.slice(range.from + 1, range.to + 1).flatMap((column, k) => {
    const border = ((columns[range.from + k]?.right ?? 0) + column.left) / 2;
    const near = gaps.map((gap, i) => ({
      gap,
      start: i + 1,
      off: Math.abs(((words[i]?.right ?? 0) + (words[i + 1]?.left ?? 0)) / 2 - border),
    }));
    const best = near.filter(({ off }) => off < 1.5 * chunk.size).sort((a, b) => b.gap - a.gap)[0];
    return best ? [best] : [];
  });
  const areYears = words.every(({ text }) => isHeadValue(text));
  if (starts.length < range.to - range.from) return [chunk];
  const isCut = areYears || starts.every(({ gap }) => gap > WIDER_GAP * smallest);
  return isCut
    ? cutChunk(
        chunk,
        starts.map(({ start }) => start).sort((a, b) => a - b),
      )
    : [chunk];
}

/** Levels from the heights of the cells; cells with nothing above (or below) them cover those levels too. */
function level(drafts: readonly Draft[]): OpenHead {
  const boxes = drafts.map(({ chunks }) => ({
    top: chunks[0]?.top ?? 0,
    bottom: chunks.at(-1)?.bottom ?? 0,
  }));
  const levels: { top: number; bottom: number }[] = [];
  for (const box of boxes.toSorted((a, b) => a.bottom - b.bottom)) {
    const last = levels.at(-1);
    const height = Math.min(box.bottom - box.top, last ? last.bottom - last.top : Infinity);
    if (!last || box.top >= last.bottom - LEVEL_OVERLAP * height) levels.push({ ...box });
  }
  const cells = drafts.map(({ range, chunks }, i) => {
    const { top, bottom } = boxes[i] ?? { top: 0, bottom: 0 };
    const covered = levels.flatMap((one, k) =>
      Math.min(one.bottom, bottom) - Math.max(one.top, top) >= LEVEL_OVERLAP * (one.bottom - one.top)
        ? [k]
        : [],
    );
    const nearest = nearestLevel(levels, (top + bottom) / 2);
    return { range, chunks, fromLevel: covered[0] ?? nearest, toLevel: covered.at(-1) ?? nearest };
  });
  return { levels, cells: cells.map((cell) => stretch(cell, cells, levels.length)) };
}

function nearestLevel(levels: OpenHead['levels'], y: number): number {
  const distances = levels.map((one) => Math.abs((one.top + one.bottom) / 2 - y));
  return distances.indexOf(Math.min(...distances));
}

function stretch(cell: OpenHeadCell, cells: readonly OpenHeadCell[], count: number): OpenHeadCell {
  const beside = cells.filter(
    (other) => other !== cell && other.range.from <= cell.range.to && other.range.to >= cell.range.from,
  );
  const isFirst = beside.every((other) => other.fromLevel > cell.toLevel);
  const isLast = beside.every((other) => other.toLevel < cell.fromLevel);
  return { ...cell, fromLevel: isFirst ? 0 : cell.fromLevel, toLevel: isLast ? count - 1 : cell.toLevel };
}
