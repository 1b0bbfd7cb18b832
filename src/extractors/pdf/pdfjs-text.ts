import { concatenate, isSlanted, type Matrix, turnOf } from './display-transform.js';
import type { Walk } from './pdfjs-walk.js';
import { glyphBox, isBlank } from './place-glyph.js';
import { unifyRadicals } from '../../text/radicals.js';

/** A character as pdf.js shows it: its text, its width in the font's units. */
export interface ShownGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  /** Vertical writing: advance downwards and origin offset, in thousandths of the font size. */
  readonly vmetric?: readonly number[] | null;
}

/** Width units of fonts that say nothing else: thousandths of the font size. */
const USUAL_UNIT = 0.001;
const THOUSAND = 1000;

/** Places the characters of one operator and moves the text matrix behind them (ISO 32000-1, 9.4.4). */
export function showGlyphs(walk: Walk, glyphs: readonly (ShownGlyph | number)[]): void {
  const { state } = walk;
  const isVertical = state.font.vertical === true;
  let along = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      along += ((isVertical ? 1 : -1) * glyph * state.fontSize) / THOUSAND;
      continue;
    }
    const advance = advanceOf(walk, glyph, isVertical);
    if (isBlankText(glyph.unicode)) walk.isAfterSpace = true;
    else addGlyph(walk, glyph, along, Math.abs(advance), isVertical);
    const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0);
    along += isVertical ? advance - spacing : advance + spacing;
  }
  const shift: Matrix = isVertical ? [1, 0, 0, 1, 0, along] : [1, 0, 0, 1, along * state.scale, 0];
  walk.textMatrix = concatenate(walk.textMatrix, shift);
}

function advanceOf({ state }: Walk, glyph: ShownGlyph, isVertical: boolean): number {
  const [downwards] = glyph.vmetric ?? [];
  if (isVertical) return ((downwards ?? -THOUSAND) * state.fontSize) / THOUSAND;
  return glyph.width * state.fontSize * (state.font.fontMatrix?.[0] ?? USUAL_UNIT);
}

function isBlankText(text: string): boolean {
  return [...text].every((character) => isBlank(character.codePointAt(0) ?? 0));
}

function addGlyph(walk: Walk, glyph: ShownGlyph, along: number, advance: number, isVertical: boolean): void {
  const { state } = walk;
  const [, offsetX = 0, offsetY = 0] = isVertical ? (glyph.vmetric ?? []) : [];
  const unit = state.fontSize / THOUSAND;
  const local: Matrix = isVertical
    ? [1, 0, 0, 1, -offsetX * unit, along - offsetY * unit + state.rise]
    : [state.scale, 0, 0, 1, along * state.scale, state.rise];
  const matrix = concatenate(concatenate(state.matrix, walk.textMatrix), local);
  const size = Math.abs(state.fontSize) * Math.hypot(matrix[2], matrix[3]);
  const width = isVertical ? size : advance * Math.hypot(matrix[0], matrix[1]);
  const sign = state.fontSize < 0 ? -1 : 1;
  const turn = turnOf(sign * matrix[0], sign * matrix[1]);
  const box = glyphBox({ x: matrix[4], y: matrix[5], advance: width, size, turn });
  walk.glyphs.push({
    text: unifyRadicals(glyph.unicode),
    box,
    size,
    turn,
    isAfterSpace: walk.isAfterSpace,
    order: walk.glyphs.length,
    ...(isSlanted(matrix[0], matrix[1]) ? { isSlanted: true } : {}),
    ...(state.isHidden ? { isHidden: true } : {}),
  });
  walk.isAfterSpace = false;
}
