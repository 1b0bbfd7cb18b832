import { setImmediate } from 'node:timers/promises';
import { asAppError } from '../errors/app-error.js';

/** How calls are put together. */
export interface Grouping<T> {
  /** Most calls in a group. */
  readonly most: number;
  /** Calls with the same key never share a group. */
  readonly keyOf: (call: T) => string;
}

/**
 * Turns a function over a group of calls into one over a single call. Calls of the same moment share a
 * group, and those that come while one is under way make up the next, with one set of statements and one commit;
 * nobody waits for company. Where a group fails for a reason that may lie in one call, each is tried alone, so that none pays for
 * another; calls then may run twice, and must be harmless to repeat.
 */
export function inGroups<T, R>(
  perform: (group: readonly T[]) => Promise<readonly R[]>,
  { most, keyOf }: Grouping<T>,
): (call: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isBusy = false;

  function takeGroup(): Waiting<T, R>[] {
    const keys = new Set<string>();
    const group = waiting.filter(({ call }) => {
      const key = keyOf(call);
      if (keys.size >= most || keys.has(key)) return false;
      keys.add(key);
      return true;
    });
    const taken = new Set(group);
    waiting = waiting.filter((one) => !taken.has(one));
    return group;
  }

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) {
      await setImmediate();
      await settle(takeGroup(), perform);
    }
    isBusy = false;
  }

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, resolve, reject });
      if (!isBusy) void work();
    });
}

interface Waiting<T, R> {
  readonly call: T;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Never rejects: what goes wrong is told to those who called. */
async function settle<T, R>(
  group: readonly Waiting<T, R>[],
  perform: (group: readonly T[]) => Promise<readonly R[]>,
): Promise<void> {
  try {
    const answers = await perform(group.map(({ call }) => call));
    group.forEach(({ resolve }, index) => resolve(answers[index] as R));
  } catch (error) {
    const concernsAll = asAppError(error, 'INVARIANT_BROKEN').code === 'STORE_UNAVAILABLE';
    if (group.length === 1 || concernsAll) return group.forEach(({ reject }) => reject(error));
    for (const one of group) await settle([one], perform);
  }
}
