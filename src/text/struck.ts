/** Combining long stroke overlay (U+0336): how plain text itself writes struck-out characters. */
const STROKE = '\u0336';
const STRUCK_CHARACTERS = /[^\n]\u0336/gu;

/** What struck-out text comes to. */
export interface SettledText {
  readonly text: string;
  /** All of it was struck out. */
  readonly isStruck: boolean;
}

/** Struck-out text as it is written in plain text, until `settleStruck` decides about it. */
export function strike(text: string): string {
  return text.replace(/[^\n\u0336]/gu, `$&${STROKE}`);
}

/**
 * The text of a line or cell without what is struck out of it: a correction stands beside it. Where nothing else is
 * there the text stays as printed, to be doubted: mostly a style of the page ran on too far, and a report must not be
 * lost by that; tracked deletions are told by marks of their own.
 */
export function settleStruck(text: string): SettledText {
  if (!text.includes(STROKE)) return { text, isStruck: false };
  const kept = text.replace(STRUCK_CHARACTERS, '').replaceAll(STROKE, '');
  return kept.trim() === ''
    ? { text: text.replaceAll(STROKE, ''), isStruck: true }
    : { text: kept, isStruck: false };
}

/** How sure the text of a cell is that is struck out whole. */
export const STRUCK_CONFIDENCE = 0.5;
