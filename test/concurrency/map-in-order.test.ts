import { describe, expect, test } from '@jest/globals';
import { mapInOrder } from '../../src/concurrency/map-in-order.js';

describe('mapInOrder', () => {
  test('yields results in the order of the items, however they finish', async () => {
    const gates = [0, 1, 2].map(() => makeGate());
    const results: number[] = [];
    const done = collect(
      mapInOrder([0, 1, 2], 3, async (item) => {
        await gates[item]?.opened;
        return item * 10;
      }),
      results,
    );
    gates[2]?.open();
    gates[1]?.open();
    gates[0]?.open();
    await done;
    expect(results).toEqual([0, 10, 20]);
  });

  test('has no more under way than the window allows', async () => {
    let underWay = 0;
    let most = 0;
    const results: number[] = [];
    const work = async (item: number): Promise<number> => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return item;
    };
    await collect(mapInOrder([1, 2, 3, 4, 5, 6, 7, 8], 3, work), results);
    expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBeLessThanOrEqual(3);
  });

  test('passes a rejection on at its turn, after the results before it', async () => {
    const results: number[] = [];
    const work = (item: number): Promise<number> =>
      item === 2 ? Promise.reject(new Error('second')) : Promise.resolve(item);
    await expect(collect(mapInOrder([1, 2, 3], 3, work), results)).rejects.toThrow('second');
    expect(results).toEqual([1]);
  });

  test('yields nothing for nothing', async () => {
    const results: number[] = [];
    await collect(
      mapInOrder([], 2, (item: number) => Promise.resolve(item)),
      results,
    );
    expect(results).toEqual([]);
  });
});

async function collect<T>(source: AsyncIterable<T>, into: T[]): Promise<void> {
  for await (const one of source) into.push(one);
}

function makeGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
