import type { Coefficients } from './causes.js';

/**
 * Effect of each cause on a field's confidence, in log-odds. Made by `npm run calibrate` on
 * 2026-11-22 from 84 documents of ../shared and 1987 generated ones (334615 fields,
 * 38926 of them read wrongly). On documents the fit had not seen:
 * ../shared 13641 fields, accepted@0.99 0.9716, silent 15, ECE 0.0111;
 * generated 320974 fields, accepted@0.99 0.6525, silent 3, ECE 0.0453.
 * `identity:one-sided` came later and was set by hand; the next calibration fits it.
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
  'identity:one-sided': -3,
  'reading:recognised': -0.4,
  'reading:unsure': -8,
  'reading:blank': -0.5,
  'reading:contradicted': -4,
  'absent:replaced': 0,
  'absent:unfound': -6.58,
  'absent:with-others': -0.55,
};
