import type { Box } from '../../model/geometry.js';
import type { Turn } from '../../tables/glyph.js';

/** Affine matrix of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `inner` applied first, then `outer` (ISO 32000-1, 8.3.4). */
export function concatenate(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ];
}

/** A page's visible area in user space (points, origin bottom left) and its clockwise turn. */
export interface PageFrame {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly turn: Turn;
}

/** Matrix from user space to the page as displayed: origin top left, y downwards, rotation applied. */
export function displayMatrix(frame: PageFrame): Matrix {
  switch (frame.turn) {
    case 0:
      return [1, 0, 0, -1, -frame.left, frame.top];
    case 90:
      return [0, 1, 1, 0, -frame.bottom, -frame.left];
    case 180:
      return [-1, 0, 0, 1, frame.right, -frame.bottom];
    case 270:
      return [0, -1, -1, 0, frame.top, frame.right];
  }
}

/** Width and height of the page as displayed. */
export function displaySize(frame: PageFrame): { width: number; height: number } {
  const width = frame.right - frame.left;
  const height = frame.top - frame.bottom;
  return frame.turn === 90 || frame.turn === 270 ? { width: height, height: width } : { width, height };
}

/** The box around a rectangle given by two opposite corners, after `matrix`. */
export function transformBox(matrix: Matrix, x1: number, y1: number, x2: number, y2: number): Box {
  const [a, b, c, d, e, f] = matrix;
  const left = Math.min(a * x1, a * x2) + Math.min(c * y1, c * y2) + e;
  const right = Math.max(a * x1, a * x2) + Math.max(c * y1, c * y2) + e;
  const top = Math.min(b * x1, b * x2) + Math.min(d * y1, d * y2) + f;
  const bottom = Math.max(b * x1, b * x2) + Math.max(d * y1, d * y2) + f;
  return { left, top, right, bottom };
}

/** Any rotation entry as one of the four turns; multiples of 90 only are allowed, others count as none. */
export function toTurn(degrees: number): Turn {
  const turn = ((degrees % 360) + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}

/** A line of text leans by more than this share of its length where it runs at a slant (about eight degrees). */
const LARGEST_LEAN_SHARE = 0.15;

/** True for a line of text whose direction on the page is none of the four turns. */
export function isSlanted(dx: number, dy: number): boolean {
  const [along, across] = [Math.max(Math.abs(dx), Math.abs(dy)), Math.min(Math.abs(dx), Math.abs(dy))];
  return across > LARGEST_LEAN_SHARE * along;
}

/** Turn of a line of text whose direction on the displayed page (y downwards) is `dx`, `dy`. */
export function turnOf(dx: number, dy: number): Turn {
  if (Math.abs(dx) >= Math.abs(dy)) return dx >= 0 ? 0 : 180;
  return dy > 0 ? 90 : 270;
}
