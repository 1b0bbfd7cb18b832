import type { Box } from '../model/geometry.js';

/** Clockwise turn of a character as displayed, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/**
 * One printed character. `box` spans its advance along the line and its em square across (from 0.12 em below the
 * base line to 0.88 em above), so that all characters of a line have the same height whatever their shape.
 */
export interface Glyph {
  readonly text: string;
  readonly box: Box;
  /** Font size in points as displayed. */
  readonly size: number;
  readonly turn: Turn;
  /** The source has white space in front of it. */
  readonly isAfterSpace: boolean;
  /** Its number in the order in which the source prints, where that is known: cells are mostly printed one by one. */
  readonly order?: number;
  /** Its line runs at a slant over the page, as watermarks do. */
  readonly isSlanted?: true;
  /** The source does not draw it: it is there to be searched and copied. */
  readonly isHidden?: true;
  /** It is printed in white, with nothing dark known to be behind it: nobody sees it on paper. */
  readonly isPale?: true;
  /** A line strikes it out. */
  readonly isStruck?: true;
  /** Probability that the line it stands in is read right, where it was recognised in a picture. */
  readonly certainty?: number;
}
