/** A confidence with three digits, never rounded up: nothing is certain. */
export function formatConfidence(value: number): string {
  return (Math.floor(value * 1_000 + 1e-9) / 1_000).toFixed(3);
}

/** Marks that hide or turn around what stands beside them: control characters, zero-width ones, changes of direction. */
const HIDING = /\p{C}|[\u2028\u2029]/gu;

/** A file name or address as it is: marks that would make it look like another one are seen as boxes. */
export function showName(name: string): string {
  return name.replace(HIDING, '\u25a1');
}
