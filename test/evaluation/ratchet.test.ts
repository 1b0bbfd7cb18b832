import { describe, expect, test } from '@jest/globals';
import { compareBoards } from '../../src/evaluation/ratchet.js';

describe('compareBoards', () => {
  test('is silent where nothing moved', () => {
    expect(compareBoards({ all: { fields: 1, ece: 0.01 } }, { all: { fields: 1, ece: 0.01 } })).toEqual([]);
  });

  test.each([
    ['fields', 0.9, 0.8, 'worse'],
    ['fields', 0.8, 0.9, 'better'],
    ['silent_errors@0.99', 0, 1, 'worse'],
    ['accepted@0.99', 0.9, 0.89, 'worse'],
    ['missed', 5, 4, 'better'],
    ['docs', 5, 6, 'different'],
  ])('%s from %d to %d is %s', (figure, before, after, verdict) => {
    expect(compareBoards({ all: { [figure]: before } }, { all: { [figure]: after } })).toEqual([
      { group: 'all', figure, tracked: before, measured: after, verdict },
    ]);
  });

  test('lets calibration move in its last places only', () => {
    expect(compareBoards({ all: { ece: 0.01 } }, { all: { ece: 0.0104 } })).toEqual([]);
    expect(compareBoards({ all: { ece: 0.01 } }, { all: { ece: 0.0106 } })).toHaveLength(1);
  });

  test('tells a group that came or went', () => {
    const [gone] = compareBoards({ pdf: { fields: 1 } }, {});
    expect(gone).toMatchObject({ group: 'pdf', measured: null, verdict: 'different' });
  });
});
