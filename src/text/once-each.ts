/** A function that works its answer out once for each object it is asked about, and forgets it with the object. */
export function onceEach<K extends object, V extends object>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}
