import { formatConfidence } from '../app/format.js';

/** A confidence as a coloured number. */
export function ConfidenceChip({ value }: { readonly value: number }) {
  const tone = value >= 0.99 ? 'good' : value >= 0.5 ? 'warn' : 'bad';
  return <span class={`chip ${tone}`}>{formatConfidence(value)}</span>;
}
