import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import type { Clock } from '../../src/ports/clock.js';
import { whileUnavailable } from '../../src/workers/while-unavailable.js';

/** A clock on which nothing takes time: it writes down the pauses that were asked for. */
function countingClock(pauses: number[], onSleep: () => void = () => undefined): Clock {
  return {
    now: () => 0,
    random: () => 0,
    sleep: (ms) => {
      pauses.push(ms);
      onSleep();
      return Promise.resolve();
    },
  };
}

const unavailable = (): AppError => new AppError('STORE_UNAVAILABLE', 'the database is away');

describe('an action on a store that is away', () => {
  test('is repeated with growing pauses, of five seconds at most, until it succeeds', async () => {
    const pauses: number[] = [];
    let tries = 0;
    const action = (): Promise<string> => {
      tries += 1;
      return tries < 10 ? Promise.reject(unavailable()) : Promise.resolve('kept');
    };
    const never = new AbortController().signal;
    expect(await whileUnavailable(action, countingClock(pauses), never)).toBe('kept');
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2500, 2500, 2500]);
  });

  test('is not repeated after any other error', async () => {
    const pauses: number[] = [];
    const broken = (): Promise<never> => Promise.reject(new AppError('SOURCE_CORRUPT', 'no PDF'));
    const never = new AbortController().signal;
    await expect(whileUnavailable(broken, countingClock(pauses), never)).rejects.toThrow('no PDF');
    expect(pauses).toEqual([]);
  });

  test('is given up when the worker is told to stop', async () => {
    const pauses: number[] = [];
    const stop = new AbortController();
    const clock = countingClock(pauses, () => {
      if (pauses.length === 3) stop.abort();
    });
    const away = (): Promise<never> => Promise.reject(unavailable());
    await expect(whileUnavailable(away, clock, stop.signal)).rejects.toThrow('the database is away');
    expect(pauses).toHaveLength(3);
  });
});
