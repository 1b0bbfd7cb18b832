import type { Strip } from './chunk.js';
import type { OpenColumn } from './find-columns.js';
import { isStacked, type OpenRow, type RowCell } from './build-rows.js';

/** What speaks for and against a table. */
export interface OpenEvidence {
  readonly columns: readonly OpenColumn[];
  readonly head: readonly Strip[];
  readonly rows: readonly OpenRow[];
  readonly cells: readonly (readonly RowCell[])[];
  readonly wideRules: number;
  readonly isTitled: boolean;
}

const FEWEST_ROWS = 2;
/** Numbers make a table from this share on of what stands behind the labels. */
const VALUE_SHARE = 0.25;
/** Places filled, at least, in a table of numbers and in one of texts. */
const LEAST_FILLED = 0.2;
const LEAST_FILLED_TEXT = 0.55;
/** Texts longer than this (characters, on average) are running text in columns. */
const LONGEST_TEXT = 60;
/** In a table of texts at most this share of the cells start with a small letter. */
const MOST_LOWER = 0.35;
/** The numbers of a column agree in an edge (or the middle) within this (em), in this share of its rows. */
const EDGE_EM = 0.35;
const ALIGNED_SHARE = 0.6;
/** A column shows how it is set from so many cells on. */
const FEWEST_CELLS = 3;
/** An axis has so many marks at least; its chart fills less than this share of the places, or so few lines. */
const AXIS_MARKS = 4;
const AXIS_FILLED = 0.6;
const AXIS_ROWS = 3;
/** Lists of contents have at most so many columns (numbers, titles, dots, pages), and a page on this share of lines. */
const MOST_CONTENTS_COLUMNS = 4;
const CONTENTS_SHARE = 0.8;
const DOTS = /^[.\s·…]+$/;
const BASE = 0.62;
const STEP = 0.08;
const SURE = 0.95;
/** From these shares on, edges that agree and places that are filled speak for a table. */
const WELL_ALIGNED = 0.9;
const WELL_FILLED = 0.8;
/** More cells than this share with several values show that rows or columns were told wrong. */
const MOST_STACKED = 0.03;
const DOUBTED = 0.4;

/** The probability that the neighbours in the table are told right, 0 where it is no table. */
export function judgeOpen(evidence: OpenEvidence): number {
  const { columns, rows, cells } = evidence;
  if (columns.length < 2 || rows.length < FEWEST_ROWS) return 0;
  if (isContents(evidence) || isChartAxis(evidence)) return 0;
  const all = cells.flat();
  const behind = all.filter(({ range }) => range.from > 0);
  const values = behind.filter(({ chunks }) => chunks.some((chunk) => chunk.isValue));
  const filled = all.length / (rows.length * columns.length);
  const isHeld = evidence.wideRules >= 2 || evidence.isTitled;
  const aligned = alignedShare(cells, columns.length);
  if (values.length >= VALUE_SHARE * behind.length && values.length > 0) {
    if (filled < LEAST_FILLED || (aligned < ALIGNED_SHARE && !isHeld)) return 0;
    if (rows.length < 3 && !isHeld && columns.length < 4) return 0;
  } else {
    const length =
      all.reduce((sum, { chunks }) => sum + chunks.reduce((own, { text }) => own + text.length, 0), 0) /
      Math.max(1, all.length);
    if (filled < LEAST_FILLED_TEXT || length > LONGEST_TEXT || isRunningText(all)) return 0;
    // Two lines of two texts are a note and its mark, or a term and its meaning.
    if (rows.length < 3 && columns.length < 3) return 0;
    if (!isHeld && (columns.length < 3 || rows.length < 3 || aligned < ALIGNED_SHARE)) return 0;
  }
  const good = [
    aligned > WELL_ALIGNED,
    filled > WELL_FILLED,
    evidence.wideRules >= 2,
    evidence.isTitled,
    evidence.head.length > 0,
  ];
  if (!good.some(Boolean)) return 0;
  const stacked = all.filter(isStacked).length;
  if (stacked > MOST_STACKED * all.length) return DOUBTED;
  return Math.min(SURE, BASE + STEP * good.filter(Boolean).length);
}

/** Cells of running text in columns start in the middle of a sentence. */
function isRunningText(cells: readonly RowCell[]): boolean {
  const lower = cells.filter(({ chunks }) => /^[a-z]/.test(chunks[0]?.text ?? ''));
  return lower.length > MOST_LOWER * cells.length;
}

/** Titles with dots that lead to page numbers are a table of contents; those of its chapters may lack the dots. */
function isContents({ columns, cells }: OpenEvidence): boolean {
  if (columns.length > MOST_CONTENTS_COLUMNS) return false;
  const listed = cells.filter((row) => row.length > 1 && /^\d+$/.test(textAtEnd(row)));
  if (listed.length < CONTENTS_SHARE * cells.length) return false;
  const pages = listed.map((row) => Number(textAtEnd(row)));
  const isRising = pages.every((page, i) => page >= (pages[i - 1] ?? 0));
  const leading = listed.filter((row) =>
    row.some(({ chunks }) => chunks.some((chunk) => chunk.isLeading || DOTS.test(chunk.text))),
  ).length;
  return isRising && leading >= listed.length / 2;
}

function textAtEnd(row: readonly RowCell[]): string {
  return row.at(-1)?.chunks.at(-1)?.text.trim() ?? '';
}

/** Numbers at equal steps along an edge, with little beside them, are the axis of a chart. */
function isChartAxis({ cells, columns }: OpenEvidence): boolean {
  const axes = columns.map((_, column) =>
    cells.flatMap((row) => row.find(({ range }) => range.from === column)?.chunks[0]?.text ?? []),
  );
  const filled = cells.flat().length / (cells.length * columns.length);
  const isScarce = filled < AXIS_FILLED;
  if (isScarce && axes.some(hasEqualSteps)) return true;
  const scales = cells.filter(
    (row) =>
      row.every(({ chunks }) => chunks[0]?.isValue) &&
      hasEqualSteps(row.map(({ chunks }) => chunks[0]?.text ?? '')),
  );
  return scales.length > 0 && cells.length <= AXIS_ROWS;
}

function hasEqualSteps(texts: readonly string[]): boolean {
  const numbers = texts.map((text) =>
    /\d/.test(text) ? Number(text.replace(/[,$%\s]/g, '').replace(/^[–−]/, '-')) : NaN,
  );
  const known = numbers.filter((number) => Number.isFinite(number));
  if (known.length < AXIS_MARKS || known.length < texts.length / 2) return false;
  const steps = known.slice(1).map((number, i) => number - (known[i] ?? 0));
  const isStep = (step: number): boolean =>
    Math.abs(step - (steps[0] ?? 0)) <= 1e-6 * Math.abs(steps[0] ?? 0);
  return steps[0] !== 0 && steps.filter(isStep).length === steps.length;
}

/** Share of the cells that stand as the others of their column do. */
function alignedShare(cells: readonly (readonly RowCell[])[], count: number): number {
  let [aligned, all] = [0, 0];
  for (let column = 1; column < count; column++) {
    const own = cells
      .flat()
      .filter(({ range }) => range.from === column && range.to === column)
      .flatMap(({ chunks }) => chunks.slice(0, 1));
    if (own.length < FEWEST_CELLS) continue;
    const places = [
      own.map(({ left }) => left),
      own.map(({ right }) => right),
      own.map(({ left, right }) => (left + right) / 2),
    ];
    const reach = EDGE_EM * (own[0]?.size ?? 1);
    const best = Math.max(...places.map((place) => countNear(place, reach)));
    aligned += best;
    all += own.length;
  }
  return all === 0 ? 1 : aligned / all;
}

/** How many of the numbers lie near the middle one. */
function countNear(places: readonly number[], reach: number): number {
  const middle = places.toSorted((a, b) => a - b)[places.length >> 1] ?? 0;
  return places.filter((place) => Math.abs(place - middle) <= reach).length;
}
