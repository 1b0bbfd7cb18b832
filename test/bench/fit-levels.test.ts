import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitLevels, type Observation } from '../../bench/calibrate/fit-levels.js';
import { logistic } from '../../src/confidence/levels.js';

/** Documents of ten fields with the same sum, of which so many are right. */
function documents(count: number, odds: number, right: number): Observation[] {
  return Array.from({ length: count }, (_, document) =>
    Array.from({ length: 10 }, (_, i) => ({ document, odds, isRight: i < right })),
  ).flat();
}

describe('fitLevels', () => {
  test('finds that fields with many doubts are right more often than their sum claims', () => {
    const [level] = fitLevels(documents(200, -4, 8));
    expect(level?.odds).toBe(-4);
    // Two wrong ones of ten, each counted one and a half times, and a little pull towards the sum.
    expect(logistic(level?.settled ?? 0)).toBeGreaterThan(0.68);
    expect(logistic(level?.settled ?? 0)).toBeLessThan(0.73);
  });

  test('counts a document once, however many fields it has', () => {
    const large = documents(1, -4, 0).flatMap((one) => Array.from({ length: 100 }, () => one));
    const [level] = fitLevels([
      ...documents(100, -4, 10),
      ...large.map((one) => ({ ...one, document: 500 })),
    ]);
    expect(logistic(level?.settled ?? 0)).toBeGreaterThan(0.85);
  });

  test('rises, whatever was observed', () => {
    const observation = fc.record({
      document: fc.nat(20),
      odds: fc.double({ min: -12, max: 6, noNaN: true }),
      isRight: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(observation), (observations) => {
        const settled = fitLevels(observations).map((level) => level.settled);
        expect(settled).toEqual([...settled].sort((a, b) => a - b));
      }),
    );
  });
});
