import { FORMS } from '../../src/forms/registry.js';
import { breaksNamed, BREAKS } from './breaks/registry.js';
import { drawReport } from './layout/lay-out-report.js';
import { randomOf } from './random.js';
import type { Report } from './report.js';
import { type Rendering, RENDERINGS } from './render/to-bytes.js';
import { type View, VIEWS } from './render/to-document.js';

/** All that is needed to make one broken report again. */
export interface Recipe {
  readonly seed: number;
  /** How the pipeline gets it: as tables such as extractors make, or as the bytes of a file. */
  readonly view: View | Rendering;
  readonly breaks: readonly string[];
}

/**
 * Breaks that add cells to rows and breaks that take some away never meet: together they make rows that look whole
 * while every number stands under the wrong head, which nobody could tell. Nor do numbers below their labels and one
 * table a row, which would leave tables of a label and blank cells.
 */
const ADDING = ['tear-numbers', 'shift-rows', 'trailing-cells', 'too-many-cells'];
const TAKING = ['too-few-cells', 'lose-column'];

/**
 * Where blank cells leave no trace, a 0 that was added to a row stands in the place of a blank that is gone, or lengthens
 * the number before it: nobody could tell either.
 */
const WITHOUT_BLANKS: readonly string[] = [
  'ordered-lossy',
  'stream-lossy',
  'cell-a-line',
  'cell-a-line-bare',
  'spaced',
  'glued',
  'column-order',
] satisfies readonly (View | Rendering)[];

/** Every so many-th seed is a file. */
const FILES_EVERY = 4;

/** Draws what happens to the report of a seed: how it is seen and none to three breaks. */
export function drawRecipe(seed: number): Recipe {
  const random = randomOf(seed).fork('recipe');
  const isFile = seed % FILES_EVERY === FILES_EVERY - 1;
  const view = isFile ? random.fork('rendering').pick(RENDERINGS) : random.pick(VIEWS);
  const count = random.pick([0, 1, 1, 1, 2, 2, 3]);
  const names = new Set(Array.from({ length: count }, () => random.pick(BREAKS).name));
  if (ADDING.some((name) => names.has(name))) TAKING.forEach((name) => names.delete(name));
  if (WITHOUT_BLANKS.includes(view)) names.delete('too-many-cells');
  if (names.has('one-table-a-row')) names.delete('values-on-next-line');
  return { seed, view, breaks: BREAKS.map(({ name }) => name).filter((name) => names.has(name)) };
}

/** The report of a recipe: drawn from its seed, then broken. What one break draws does not depend on the others. */
export function makeReport(recipe: Recipe): Report {
  const random = randomOf(recipe.seed);
  const report = drawReport(random.fork('form').pick(FORMS), random.fork('report'));
  return breaksNamed(recipe.breaks).reduce(
    (broken, { name, apply }) => apply(broken, random.fork(name)),
    report,
  );
}
