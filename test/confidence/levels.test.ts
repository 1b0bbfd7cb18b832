import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEVELS } from '../../src/confidence/coefficients.js';
import { logistic, logOdds, settleOdds } from '../../src/confidence/levels.js';
import { REVIEW_BELOW } from '../../src/confidence/score-record.js';

const sums = fc.double({ min: -40, max: 40, noNaN: true });

describe('the levels of confidence', () => {
  test('never turn the order of two fields around', () => {
    fc.assert(
      fc.property(sums, sums, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(settleOdds(less, LEVELS)).toBeLessThanOrEqual(settleOdds(more, LEVELS) + 1e-12);
      }),
    );
  });

  test('leave what nobody looks at as it is, and show to a person what was to be shown', () => {
    fc.assert(
      fc.property(sums, (sum) => {
        const settled = logistic(settleOdds(sum, LEVELS));
        if (logistic(sum) >= REVIEW_BELOW) expect(settled).toBeCloseTo(logistic(sum), 12);
        else expect(settled).toBeLessThan(REVIEW_BELOW);
      }),
    );
  });

  test('are straight between two points and flat below the first', () => {
    const levels = [
      { odds: -2, settled: 0 },
      { odds: 2, settled: 2 },
    ];
    expect([-9, -2, 0, 1, 2, 5].map((odds) => settleOdds(odds, levels))).toEqual([0, 0, 1, 1.5, 2, 5]);
  });
});

test('log-odds and probabilities are each other turned round', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (probability) => {
      expect(logistic(logOdds(probability))).toBeCloseTo(probability, 9);
    }),
  );
});
