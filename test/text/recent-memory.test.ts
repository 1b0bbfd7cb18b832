import { describe, expect, test } from '@jest/globals';
import { RecentMemory } from '../../src/text/recent-memory.js';

describe('The memory of texts met lately', () => {
  test('works an answer out once while its text keeps coming back', () => {
    const memory = new RecentMemory<string>(2);
    let made = 0;
    const recall = (text: string) => memory.recall(text, (own) => `${own}${++made}`);
    expect([recall('a'), recall('b'), recall('a'), recall('c'), recall('a')]).toEqual([
      'a1',
      'b2',
      'a1',
      'c3',
      'a1',
    ]);
  });

  test('forgets a text after others, twice as many as it is made for', () => {
    const memory = new RecentMemory<string>(2);
    let made = 0;
    const recall = (text: string) => memory.recall(text, (own) => `${own}${++made}`);
    for (const text of ['a', 'b', 'c', 'd', 'e']) recall(text);
    expect(recall('a')).toBe('a6');
  });

  test('keeps texts apart that differ in characters outside the basic plane', () => {
    const memory = new RecentMemory<string>(10);
    const texts = ['𠮷', '𠮸', '\ud842', '', 'é'];
    expect(texts.map((text) => memory.recall(text, (own) => own))).toEqual(texts);
    expect(texts.map((text) => memory.recall(text, () => 'made again'))).toEqual(texts);
  });
});
