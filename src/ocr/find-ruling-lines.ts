import { findRidges } from './find-ridges.js';
import { printBeside } from './print-beside.js';
import { pixelsPerInch, transpose, type GrayImage, type InkMap } from './raster.js';

/** A drawn line in pixels: `at` across, `from` to `to` along it. */
export interface PixelLine {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly thickness: number;
}

export interface PixelLines {
  readonly horizontal: readonly PixelLine[];
  readonly vertical: readonly PixelLine[];
}

/** Pixels that may belong to lines of either direction, turned so that the lines run along the rows. */
export interface LineMarks {
  readonly horizontal: InkMap;
  readonly vertical: InkMap;
}

/** Lengths in inches on a page taken for A4. */
export const RULING_SETTINGS = {
  /** Shortest run of ink taken for part of a horizontal line: longer than the stroke of a character. */
  shortestHorizontal: 0.27,
  shortestVertical: 0.19,
  /** Gaps in a line that are bridged within a run, and between runs in line with each other. */
  gapInRun: 0.012,
  gapInLine: 0.09,
  /** Thicker bars are pictures or shading, not lines. */
  thickest: 0.06,
  /** Broken lines are put together from thin pieces at least so long, over gaps at most so wide … */
  shortestPiece: 0.08,
  thickestPiece: 0.025,
  gapInBroken: 0.05,
  /** … and count where they are much longer than strokes of characters that happen to stand in line. */
  shortestBroken: 0.6,
  /** Lines too pale for ink count from this length on, gaps bridged. */
  shortestPale: 0.6,
  gapInPale: 0.05,
  /** Gaps between the dots of a dotted line. */
  gapInDotted: 0.02,
  /** How far from a line another may end and still meet it. */
  reach: 0.05,
} as const;

/**
 * Finds ruling lines: long straight runs of ink that meet lines of the other direction. `withRed` is the ink with seals
 * left in: a seal over a line takes the line with it when it is dropped, so lines may run on through red. In `gray`
 * lines are found that are too pale or too broken for ink.
 */
export function findRulingLines(
  ink: InkMap,
  withRed: InkMap = ink,
  gray: GrayImage | null = null,
): PixelLines & { readonly marks: LineMarks } {
  const inch = pixelsPerInch(ink);
  const { shortestHorizontal, shortestVertical } = RULING_SETTINGS;
  const horizontal = findInDirection({ ink, withRed, gray }, shortestHorizontal * inch, inch);
  const turned = {
    ink: transpose(ink),
    withRed: withRed === ink ? null : transpose(withRed),
    gray: gray && transpose(gray),
  };
  const vertical = findInDirection(
    { ...turned, withRed: turned.withRed ?? turned.ink },
    shortestVertical * inch,
    inch,
  );
  const lines = { horizontal: horizontal.lines, vertical: vertical.lines };
  const marks = { horizontal: horizontal.marks, vertical: vertical.marks };
  return { ...keepMeeting(lines, RULING_SETTINGS.reach * inch), marks };
}

/** What a page shows of its lines, turned so that those that are looked for run along its rows. */
interface Shown {
  readonly ink: InkMap;
  readonly withRed: InkMap;
  readonly gray: GrayImage | null;
}

function findInDirection(
  { ink, withRed, gray }: Shown,
  shortest: number,
  inch: number,
): { lines: PixelLine[]; marks: InkMap } {
  const black = findPieces(ink, shortest, inch);
  const drawn = withRed === ink ? black : keepSupported(findPieces(withRed, shortest, inch), black);
  const ridges = gray && findRidges(gray, ink);
  const pale = ridges ? findPale(ridges, ink, inch) : { lines: [], marks: ink };
  const lines = [...drawn.filter((line) => !isPrint(ink, line, inch)), ...pale.lines];
  const marks = [withRed, pale.marks].reduce(unite, ink);
  return { lines: joinInLine(lines, RULING_SETTINGS.gapInLine * inch), marks };
}

/** What is marked in either of two maps of one size. */
function unite(one: InkMap, other: InkMap): InkMap {
  if (one === other) return one;
  const data = new Uint8Array(one.data.length);
  for (let i = 0; i < data.length; i++) data[i] = (one.data[i] ?? 0) | (other.data[i] ?? 0);
  return { ...one, data };
}

/**
 * What is drawn may be strokes of characters that stand in line: these have gaps, and print on both sides at once. A
 * line has little more there than the lines that cross it: 0.15 of its length at most, strokes have 0.5.
 */
const PRINT = { both: 0.3, gapless: 0.95 } as const;

/** True for strokes of characters that stand in line. `line` runs along the rows of `ink`. */
export function isPrint(ink: InkMap, line: PixelLine, inch: number): boolean {
  const { both, on } = printBeside(ink, line, inch);
  return both >= PRINT.both && on < PRINT.gapless;
}

/** A pale line proves less: one of its sides has to be clear of print. */
const MOST_BESIDE_PALE = 0.25;

function isClear(ink: InkMap, line: PixelLine, inch: number): boolean {
  const { before, behind } = printBeside(ink, line, inch);
  return Math.min(before, behind) <= MOST_BESIDE_PALE;
}

/** Share of a line that must be there without the red as well. */
const SUPPORTED_SHARE = 0.5;
const SUPPORT_PIXELS = 4;

/** Lines that are mostly black: the rim of a seal is straight enough in places, but has no black line under it. */
function keepSupported(lines: readonly PixelLine[], black: readonly PixelLine[]): PixelLine[] {
  return lines.filter((line) => {
    const covered = black
      .filter((other) => Math.abs(other.at - line.at) <= SUPPORT_PIXELS)
      .reduce(
        (sum, other) => sum + Math.max(0, Math.min(other.to, line.to) - Math.max(other.from, line.from)),
        0,
      );
    return covered >= SUPPORTED_SHARE * (line.to - line.from);
  });
}

interface Run {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** Share of a broken line that must be there. */
const BROKEN_COVER = 0.65;

function findPieces(ink: InkMap, shortest: number, inch: number): PixelLine[] {
  const gap = Math.max(1, Math.round(RULING_SETTINGS.gapInRun * inch));
  const runs = findRuns(ink, Math.min(shortest, RULING_SETTINGS.shortestPiece * inch), gap);
  const whole = groupRuns(runs.filter((run) => run.to - run.from >= shortest))
    .map(toLine)
    .filter((line) => line.thickness <= Math.max(5, RULING_SETTINGS.thickest * inch));
  return joinInLine([...whole, ...findBroken(runs, inch)], RULING_SETTINGS.gapInLine * inch);
}

/** Lines among `ridges` that are clear of print, and these with the gaps in such lines closed, as between dots. */
function findPale(ridges: InkMap, ink: InkMap, inch: number): { lines: PixelLine[]; marks: InkMap } {
  const { shortestPale, gapInPale, thickest } = RULING_SETTINGS;
  const data = ridges.data.slice();
  const lines: PixelLine[] = [];
  for (const runs of groupRuns(findRuns(ridges, shortestPale * inch, gapInPale * inch))) {
    const line = toLine(runs);
    if (line.thickness > Math.max(5, thickest * inch) || !isClear(ink, line, inch)) continue;
    lines.push(line);
    for (const { y, from, to } of runs) {
      closeDots(data, y * ridges.width + from, y * ridges.width + to, RULING_SETTINGS.gapInDotted * inch);
    }
  }
  return { lines, marks: { ...ridges, data } };
}

/** Marks what lies between marks that are hardly apart: dots of a line, not strokes of print that a line runs into. */
function closeDots(marks: Uint8Array, from: number, to: number, gap: number): void {
  let last = -Infinity;
  for (let i = from; i < to; i++) {
    if (marks[i] !== 1) continue;
    if (i - last <= gap + 1) marks.fill(1, last, i);
    last = i;
  }
}

/** Lines that print or scan has broken into pieces: short thin runs, one behind the other. */
function findBroken(runs: readonly Run[], inch: number): PixelLine[] {
  const pieces = groupRuns(runs)
    .map(toLine)
    .filter((line) => line.thickness <= Math.max(3, RULING_SETTINGS.thickestPiece * inch))
    .sort((a, b) => a.from - b.from);
  const chains = new Map<number, { line: PixelLine; ink: number }[]>();
  for (const piece of pieces) {
    const place = Math.round(piece.at);
    const chain = [place, place - 1, place + 1, place - 2, place + 2]
      .flatMap((at) => chains.get(at) ?? [])
      .find(({ line }) => piece.from - line.to <= RULING_SETTINGS.gapInBroken * inch);
    const length = piece.to - piece.from;
    if (!chain) {
      chains.set(place, [...(chains.get(place) ?? []), { line: piece, ink: length }]);
      continue;
    }
    chain.line = { ...chain.line, to: Math.max(chain.line.to, piece.to) };
    chain.ink += length;
  }
  return [...chains.values()]
    .flat()
    .filter(({ line, ink: covered }) => {
      const length = line.to - line.from;
      return length >= RULING_SETTINGS.shortestBroken * inch && covered >= BROKEN_COVER * length;
    })
    .map(({ line }) => line);
}

/** Runs of ink in every row, a row taken together with the one below so that a slightly slanting line stays whole. */
function findRuns({ width, height, data }: InkMap, shortest: number, gap: number): Run[] {
  const runs: Run[] = [];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const next = y + 1 < height ? row + width : row;
    let from = -1;
    let last = -1;
    for (let x = 0; x < width; x++) {
      if (data[row + x] === 0 && data[next + x] === 0) continue;
      if (from >= 0 && x - last > gap + 1) {
        if (last + 1 - from >= shortest) runs.push({ y, from, to: last + 1 });
        from = x;
      } else if (from < 0) from = x;
      last = x;
    }
    if (from >= 0 && last + 1 - from >= shortest) runs.push({ y, from, to: last + 1 });
  }
  return runs;
}

/** Runs in neighbouring rows that overlap belong to one line. */
function groupRuns(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = [];
  let open: { group: Run[]; run: Run }[] = [];
  let row: { group: Run[]; run: Run }[] = [];
  let y = -1;
  for (const run of runs) {
    if (run.y !== y) {
      open = run.y === y + 1 ? row : [];
      row = [];
      y = run.y;
    }
    const neighbour = open.find((o) => o.run.from < run.to && run.from < o.run.to);
    const group = neighbour?.group ?? [];
    if (!neighbour) groups.push(group);
    group.push(run);
    row.push({ group, run });
  }
  return groups;
}

function toLine(group: readonly Run[]): PixelLine {
  const area = group.reduce((sum, run) => sum + run.to - run.from, 0);
  const from = Math.min(...group.map((run) => run.from));
  const to = Math.max(...group.map((run) => run.to));
  const middle = group.reduce((sum, run) => sum + (run.y + 1) * (run.to - run.from), 0) / area;
  // Every row was taken with the one below it, which makes a line one row thicker than it is.
  return { at: middle, from, to, thickness: Math.max(1, area / (to - from) - 1) };
}

/** Pieces of one line: almost at the same place across, and close or overlapping along it. */
function joinInLine(lines: readonly PixelLine[], gap: number): PixelLine[] {
  const joined: PixelLine[] = [];
  for (const line of [...lines].sort((a, b) => a.from - b.from)) {
    const index = joined.findIndex(
      (other) =>
        Math.abs(other.at - line.at) <= 3 + (other.thickness + line.thickness) / 2 &&
        line.from - other.to <= gap,
    );
    const other = joined[index];
    if (!other) {
      joined.push(line);
      continue;
    }
    const lengths = [other.to - other.from, line.to - line.from] as const;
    joined[index] = {
      at: (other.at * lengths[0] + line.at * lengths[1]) / (lengths[0] + lengths[1]),
      from: other.from,
      to: Math.max(other.to, line.to),
      thickness: Math.max(other.thickness, line.thickness),
    };
  }
  return joined;
}

/** Drops lines that meet none of the other direction (strokes of large print, underlines), until none is left. */
function keepMeeting(lines: PixelLines, reach: number): PixelLines {
  let { horizontal, vertical } = lines;
  for (;;) {
    const keptHorizontal = horizontal.filter((h) => countMeeting(h, vertical, reach) >= 2);
    const keptVertical = vertical.filter((v) => countMeeting(v, keptHorizontal, reach) >= 2);
    if (keptHorizontal.length === horizontal.length && keptVertical.length === vertical.length) break;
    horizontal = keptHorizontal;
    vertical = keptVertical;
  }
  return { horizontal, vertical };
}

function countMeeting(line: PixelLine, others: readonly PixelLine[], reach: number): number {
  return others.filter((other) => meets(line, other, reach)).length;
}

/** True where two lines of different direction cross or touch within `reach`. */
export function meets(line: PixelLine, other: PixelLine, reach: number): boolean {
  return (
    other.at >= line.from - reach &&
    other.at <= line.to + reach &&
    line.at >= other.from - reach &&
    line.at <= other.to + reach
  );
}
