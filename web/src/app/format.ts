/** A confidence with three digits, never rounded up: nothing is certain. */
export function formatConfidence(value: number): string {
  return (Math.floor(value * 1_000 + 1e-9) / 1_000).toFixed(3);
}
