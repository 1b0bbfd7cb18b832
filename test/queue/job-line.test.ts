import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Job } from '../../src/ports/job-queue.js';
import { JobLine } from '../../src/queue/job-line.js';

type Step = readonly ['push' | 'unshift' | 'remove' | 'shift', string];

const job = (runKey: string): Job => ({ runKey, priority: 'batch', attempt: 1 });

/** The same on a plain list; what is in the line is not put in again. */
function onList(list: string[], [action, key]: Step): string[] {
  if (action === 'shift') return list.slice(1);
  if (action === 'remove') return list.filter((one) => one !== key);
  if (list.includes(key)) return list;
  return action === 'push' ? [...list, key] : [key, ...list];
}

test('a line gives jobs in the order of a list, whatever was put in, taken and removed before', () => {
  const step = fc.tuple(
    fc.constantFrom<Step[0]>('push', 'push', 'unshift', 'remove', 'shift', 'shift'),
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const line = new JobLine();
      let list: string[] = [];
      for (const [action, key] of steps) {
        const isKnown = list.includes(key);
        if (action === 'shift') expect(line.shift()?.runKey).toBe(list[0]);
        else if (action === 'remove') expect(line.remove(key)).toBe(isKnown);
        else if (!isKnown) line[action](job(key));
        list = onList(list, [action, key]);
        expect(line.size).toBe(list.length);
      }
    }),
  );
});
