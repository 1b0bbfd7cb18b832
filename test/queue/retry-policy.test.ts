import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.js';
import { decideRetry } from '../../src/queue/retry-policy.js';

const away = new AppError('STORE_UNAVAILABLE', 'away');

describe('decideRetry', () => {
  test('gives up at once on what no second try can mend', () => {
    expect(decideRetry(new AppError('SOURCE_CORRUPT', 'broken'), 1, 0)).toEqual({ kind: 'dead' });
  });

  test('waits for a service without end, longer each time and a minute at most', () => {
    const pauses = [1, 2, 3, 50].map((tries) => decideRetry(away, tries, 1));
    expect(pauses).toEqual([500, 1_000, 2_000, 60_000].map((delayMs) => ({ kind: 'retry', delayMs })));
  });

  test('tries to fetch a page so often and no more', () => {
    const failed = new AppError('FETCH_FAILED', 'no answer');
    expect([4, 5].map((tries) => decideRetry(failed, tries, 0).kind)).toEqual(['retry', 'dead']);
  });

  test('spreads the pauses, so that jobs which failed together do not come back together', () => {
    const delay = (random: number): number => {
      const decision = decideRetry(away, 3, random);
      return decision.kind === 'retry' ? decision.delayMs : 0;
    };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        expect(delay(random)).toBeGreaterThanOrEqual(1_000);
        expect(delay(random)).toBeLessThanOrEqual(2_000);
      }),
    );
    expect(delay(0)).toBeLessThan(delay(1));
  });
});
