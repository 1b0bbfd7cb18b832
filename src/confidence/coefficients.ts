import type { CauseName } from './causes.js';

/** Effect of each cause on a field's confidence, in log-odds. */
export const COEFFICIENTS: Readonly<Record<CauseName, number>> = {
  bias: 6.5,
  'geometry:aligned': -0.8,
  'geometry:ordered': -0.5,
  'geometry:stream': -1.2,
  'label:unlike': -4,
  'label:lost': -4.5,
  'label:rival': -0.5,
  'column:count': -0.2,
  'column:identity': -1,
  'column:guess': -5,
  'row:unplaced': -3,
  'table:incomplete': -4,
  'table:doubtful': -3,
  'table:unexplained': -3,
  'table:contradicted': -2,
  'value:remark': -2,
  'value:text': -4,
  'value:blank': -0.2,
  'identity:holds': 0.6,
  'identity:holds-twice': 0.6,
  'identity:fails': -0.3,
  'identity:fails-loose': -2.5,
  'absent:replaced': -0.9,
  'absent:unfound': -7.5,
};
