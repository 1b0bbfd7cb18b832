/**
 * Applies `work` to every item with at most `window` under way and yields the results in the order of the items, each
 * as soon as it and all before it are ready. A rejection ends the iteration.
 */
export async function* mapInOrder<In, Out>(
  items: Iterable<In>,
  window: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = [];
  for (const item of items) {
    const result = work(item);
    // Awaited later in order; a rejection before its turn must not count as unhandled.
    result.catch(() => undefined);
    underWay.push(result);
    const first = underWay.length >= window ? underWay.shift() : undefined;
    if (first) yield await first;
  }
  for (const result of underWay) yield await result;
}
