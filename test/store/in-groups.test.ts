import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/errors/app-error.js';
import { inGroups } from '../../src/store/in-groups.js';

const grouping = { most: 4, keyOf: (call: string) => call };

describe('inGroups', () => {
  it('puts calls of the same moment together, in order, no more than allowed', async () => {
    const groups: (readonly string[])[] = [];
    const perform = (group: readonly string[]) => {
      groups.push(group);
      return Promise.resolve(group.map((call) => call.toUpperCase()));
    };
    const call = inGroups(perform, grouping);
    expect(await Promise.all([...'abcdef'].map(call))).toEqual([...'ABCDEF']);
    expect(groups).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('never puts two calls with the same key into one group', async () => {
    const groups: (readonly string[])[] = [];
    const call = inGroups((group: readonly string[]) => {
      groups.push(group);
      return Promise.resolve(group);
    }, grouping);
    await Promise.all(['a', 'a', 'b'].map(call));
    expect(groups).toEqual([['a', 'b'], ['a']]);
  });

  it('lets none pay for another, and tells everybody when the store is away', async () => {
    let tries = 0;
    const perform = (group: readonly string[]) => {
      tries += 1;
      if (group.includes('away')) return Promise.reject(new AppError('STORE_UNAVAILABLE', 'away'));
      if (group.includes('bad')) return Promise.reject(new Error('bad'));
      return Promise.resolve(group);
    };
    const call = inGroups(perform, grouping);
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map(call));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(tries).toBe(4);
    const away = await Promise.allSettled(['a', 'away'].map(call));
    expect(away.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(5);
    expect(await call('later')).toBe('later');
  });
});
