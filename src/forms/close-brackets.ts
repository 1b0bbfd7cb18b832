import { isValueLike, makeSlot, type Slot } from './slot.js';

/** A bracket that a label opened is closed this soon behind the number in it: its unit stands between (…计 | 1 | 条）). */
const UNIT_LENGTH = 2;

const CLOSED_AT_ONCE = new RegExp(`^[^（()）]{0,${UNIT_LENGTH}}[）)]`);

/**
 * The cells of a row, or of a stream, with the numbers inside the brackets of a label as part of it: a text that was cut
 * at every number (信息计 | 1 | 条）) prints no value there.
 */
export function closeBrackets(slots: readonly Slot[]): readonly Slot[] {
  if (!slots.some((_, at) => isInBrackets(slots, at))) return slots;
  const closed: Slot[] = [];
  for (let at = 0; at < slots.length; at++) {
    const [slot, before, behind] = [slots[at], closed.at(-1), slots[at + 1]];
    if (!slot) continue;
    if (!before || !behind || !isInBrackets(slots, at)) closed.push(slot);
    else {
      const whole = makeSlot(before.text + slot.text + behind.text, before.column, before.evidence);
      closed[closed.length - 1] = { ...before, text: whole.text, parsed: whole.parsed };
      at++;
    }
  }
  return closed;
}

function isInBrackets(slots: readonly Slot[], at: number): boolean {
  const [before, slot, behind] = [slots[at - 1], slots[at], slots[at + 1]];
  if (!before || !behind || slot?.parsed.kind !== 'number' || isValueLike(before)) return false;
  return opensBracket(before.text) && CLOSED_AT_ONCE.test(behind.text.trim());
}

function opensBracket(text: string): boolean {
  return (
    Math.max(text.lastIndexOf('（'), text.lastIndexOf('(')) >
    Math.max(text.lastIndexOf('）'), text.lastIndexOf(')'))
  );
}
