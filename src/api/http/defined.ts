/** `T` with the optional properties that are undefined left out. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The properties that have a value: what is not asked for is no condition. */
export function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
