import type { GongkaiRecord } from './record.js';

/** Places are printed to the hundredth of a point: nobody sees more, and floats are long. */
const STEPS_PER_POINT = 100;

/**
 * A record as it is printed: one JSON text in which every box is `[left, top, right, bottom]` in points from the top left
 * of the page as shown.
 */
export function printRecord(record: GongkaiRecord, indent?: number): string {
  return JSON.stringify(record, boxesAsLists, indent);
}

function boxesAsLists(key: string, value: unknown): unknown {
  if (key !== 'box' || !isBox(value)) return value;
  return [value.left, value.top, value.right, value.bottom].map(
    (at) => Math.round(at * STEPS_PER_POINT) / STEPS_PER_POINT,
  );
}

function isBox(value: unknown): value is Record<'left' | 'top' | 'right' | 'bottom', number> {
  return typeof value === 'object' && value !== null && 'left' in value && 'bottom' in value;
}
