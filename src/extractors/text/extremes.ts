/** The largest of the numbers, `floor` where none is larger. Takes lists of any length, which `Math.max(...list)` does not. */
export function largest(numbers: Iterable<number>, floor: number): number {
  let best = floor;
  for (const number of numbers) if (number > best) best = number;
  return best;
}

/** The smallest of the numbers, `ceiling` where none is smaller. */
export function smallest(numbers: Iterable<number>, ceiling: number): number {
  let best = ceiling;
  for (const number of numbers) if (number < best) best = number;
  return best;
}
