/** The built-in functions that are called most: their owner, so that they can be put back, and their name. */
const BUILT_INS: readonly (readonly [object, string])[] = [
  [Array.prototype, 'push'],
  [JSON, 'parse'],
  [JSON, 'stringify'],
];

/**
 * Loads a library that mends built-in functions for old browsers and puts this Node's own ones back afterwards: the
 * mended ones differ in cases that do not arise here (arrays of 2^32 members) and cost every caller in the thread a
 * multiple of their time. What the library adds stays.
 */
export async function keepingBuiltIns<T>(load: () => Promise<T>): Promise<T> {
  const kept = BUILT_INS.map(([owner, name]) => ({
    owner,
    name,
    descriptor: Object.getOwnPropertyDescriptor(owner, name),
  }));
  try {
    return await load();
  } finally {
    for (const { owner, name, descriptor } of kept) {
      if (descriptor) Object.defineProperty(owner, name, descriptor);
    }
  }
}
