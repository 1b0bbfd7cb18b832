import type { Coefficients } from './causes.js';
import type { Level } from './levels.js';

/**
 * Effect of each cause on a field's confidence, in log-odds. Made by `npm run calibrate` on
 * 2026-11-22 from 84 documents of ../shared and 3761 generated ones (607171 fields,
 * 55174 of them read wrongly). On documents the fit had not seen:
 * ../shared 13641 fields, accepted@0.99 0.9727, silent 15, ECE 0.0027;
 * generated 593530 fields, accepted@0.99 0.6152, silent 22, ECE 0.0372.
 * A doubt never weighs less than the bound that bench/calibrate/model.ts sets it, and many lie at theirs: drawn
 * reports show some doubts too seldom for their weight in layouts that nobody drew.
 */
export const COEFFICIENTS: Coefficients = {
  bias: 7,
  'geometry:aligned': -0.4,
  'geometry:ordered': -0.3,
  'geometry:stream': -0.8,
  'label:unlike': -4,
  'label:lost': -4,
  'label:rival': -0.2,
  'label:better-elsewhere': -3,
  'column:count': 0,
  'column:identity': -2,
  'column:guess': -4,
  'column:guess-zero': -2,
  'column:beside-heads': -3,
  'row:unplaced': -3.5,
  'row:unplaced-zero': -4.5,
  'row:no-total': -3,
  'table:no-totals': -5,
  'table:incomplete': -7,
  'table:doubtful': -2,
  'table:unexplained': -8,
  'table:contradicted': -4.5,
  'table:all-blank': -1,
  'value:remark': -0.5,
  'value:text': -4,
  'value:blank': -0.3,
  'value:blank-unusual': -7,
  'identity:holds': 1.5,
  'identity:holds-twice': 1,
  'identity:slip': 0,
  'identity:slip-loose': -2,
  'identity:fails': -3,
  'identity:partless': -3,
  'reading:recognised': -0.4,
  'reading:unsure': -8,
  'reading:blank': -0.5,
  'reading:contradicted': -4,
  'absent:replaced': 0,
  'absent:unfound': -6.64,
  'absent:with-others': -0.48,
};

/** What the plain sums of effects turned out to mean on the same documents, for fields with a cell. */
export const LEVELS: readonly Level[] = [
  { odds: -10.37, settled: 0.23 },
  { odds: -4.59, settled: 1.18 },
  { odds: -2.44, settled: 2.09 },
  { odds: -1.46, settled: 2.09 },
  { odds: -0.61, settled: 2.09 },
  { odds: 0.34, settled: 2.09 },
  { odds: 1.51, settled: 2.09 },
  { odds: 2.1972245773362196, settled: 2.1972245773362196 },
];
