import type { Box } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';

/** An area painted over everything that was drawn before it. */
export interface Patch {
  readonly box: Box;
  /** How many text objects were drawn before it. */
  readonly textsBefore: number;
}

/** What keeps the texts of a page from being seen. */
export interface Covers {
  /** Texts whose drawing is limited to an area. */
  readonly clips: ReadonlyMap<number, Box>;
  readonly patches: readonly Patch[];
  /** All text objects in the order in which they are drawn. */
  readonly texts: readonly number[];
}

/** A character is covered where this share of it, around its middle, is: its ink does not fill its box. */
const CORE_SHARE = 0.5;
/** Digits whose boxes are no farther apart belong to one number (share of their size). */
const DIGIT_GAP = 0.3;
const DIGIT = /^\d$/;

/** What is seen of a character; where it is covered, `textsBefore` of what covers it. */
type Sight = 'seen' | 'touched' | number;
/** What lies outside its area is so for whatever is drawn when. */
const ALWAYS = Infinity;

/**
 * The characters without texts that nobody sees: those wholly outside the area in which they are drawn, and those under
 * an area painted over them later. Where only part of a text is out of sight, that part is marked as pale.
 * `owners` are the text objects of the characters by their `order`.
 */
export function settleUnseen(
  glyphs: readonly Glyph[],
  owners: readonly number[],
  covers: Covers,
): readonly Glyph[] {
  if (covers.clips.size === 0 && covers.patches.length === 0) return glyphs;
  const positions = new Map(covers.patches.length > 0 ? covers.texts.map((text, i) => [text, i]) : []);
  const ownerAt = (i: number): number => owners[glyphs[i]?.order ?? -1] ?? 0;
  const positionAt = (i: number): number => positions.get(ownerAt(i)) ?? 0;
  const sights = glyphs.map((glyph, i) => sightOf(glyph, covers, ownerAt(i), positionAt(i)));
  if (sights.every((sight) => sight === 'seen')) return glyphs;
  const shown = new Set(glyphs.flatMap((_, i) => (typeof sights[i] === 'number' ? [] : [ownerAt(i)])));
  // What was printed after the cover stands in place of what is under it and is no part of it.
  const isPart = (i: number, other: number): boolean => {
    const [glyph, sight] = [glyphs[i], sights[i]];
    if (!glyph || typeof sight !== 'number' || positionAt(other) >= sight) return false;
    return shown.has(ownerAt(other)) && isSameNumber(glyph, glyphs[other]);
  };
  // Both ways: a number may be many texts of one digit, and be seen at either end.
  for (let i = 0; i < glyphs.length; i++) if (isPart(i, i - 1)) shown.add(ownerAt(i));
  for (let i = glyphs.length - 1; i >= 0; i--) if (isPart(i, i + 1)) shown.add(ownerAt(i));
  return glyphs.flatMap((glyph, i): Glyph[] => {
    if (sights[i] === 'seen') return [glyph];
    return shown.has(ownerAt(i)) ? [{ ...glyph, isPale: true }] : [];
  });
}

function sightOf({ box }: Glyph, covers: Covers, owner: number, position: number): Sight {
  const clip = covers.clips.get(owner);
  if (clip && !overlaps(box, clip)) return ALWAYS;
  let sight: Sight = 'seen';
  for (const patch of covers.patches) {
    if (patch.textsBefore <= position || !overlaps(box, patch.box)) continue;
    if (holdsShare(patch.box, box, CORE_SHARE)) return patch.textsBefore;
    if (holdsShare(patch.box, box, 0)) sight = 'touched';
  }
  return sight;
}

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

/** Whether the middle `share` of a box, across and down, lies within the outer one. */
function holdsShare(outer: Box, box: Box, share: number): boolean {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const dx = ((box.right - box.left) * share) / 2;
  const dy = ((box.bottom - box.top) * share) / 2;
  return x - dx >= outer.left && x + dx <= outer.right && y - dy >= outer.top && y + dy <= outer.bottom;
}

function isSameNumber(glyph: Glyph, other: Glyph | undefined): boolean {
  if (!other || !DIGIT.test(glyph.text) || !DIGIT.test(other.text)) return false;
  const gap = Math.max(other.box.left - glyph.box.right, glyph.box.left - other.box.right);
  const isLevel = Math.abs(other.box.bottom - glyph.box.bottom) <= DIGIT_GAP * glyph.size;
  return isLevel && Math.abs(gap) <= DIGIT_GAP * glyph.size;
}
