import type { Box } from '../../model/geometry.js';
import { type Matrix, transformBox } from './display-transform.js';
import type { OpenDocument } from './pdfium-reader.js';

/** The area in which an object is drawn, on the page as displayed. */
export interface Clip {
  readonly box: Box;
  /** It is the whole of `box`; otherwise some shape within it. */
  readonly isRectangle: boolean;
}

/** Where objects of a page or of one form XObject stand, and what they share. */
export interface Place {
  readonly matrix: Matrix;
  readonly depth: number;
  /** The clip of the form itself, null for a page. */
  readonly clip: Clip | null;
  /** Nothing around it lets what is beneath shine through. */
  readonly isOpaque: boolean;
  /** Clips met before by the address of the first point of their last path: objects share them. */
  readonly clips: Map<number, Clip | null>;
}

/** How far a point of a rectangle may be off its corner (points). */
const CORNER_TOLERANCE = 0.5;
const MOST_CLIP_SEGMENTS = 200;

/** What of the page an object may be drawn on, null where nothing cuts it. */
export function clipOf(open: OpenDocument, object: number, place: Place): Clip | null {
  const { raw } = open;
  const clip = raw.FPDFPageObj_GetClipPath(object);
  const count = clip === 0 ? 0 : raw.FPDFClipPath_CountPaths(clip);
  if (count <= 0) return place.clip;
  const key = raw.FPDFClipPath_GetPathSegment(clip, count - 1, 0);
  const known = place.clips.get(key);
  if (known !== undefined) return known;
  let shown = place.clip;
  for (let i = 0; i < count; i++) shown = meet(shown, readClipPath(open, clip, i, place.matrix));
  place.clips.set(key, shown);
  return shown;
}

/** The part of both; null means no limit. */
function meet(one: Clip | null, other: Clip | null): Clip | null {
  if (!one || !other) return one ?? other;
  return { box: meetBoxes(one.box, other.box), isRectangle: one.isRectangle && other.isRectangle };
}

/** The part of the page that both boxes share; a box turned inside out where they share none. */
export function meetBoxes(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

function readClipPath(open: OpenDocument, clip: number, index: number, matrix: Matrix): Clip | null {
  const { raw, heap, scratch } = open;
  const count = raw.FPDFClipPath_CountPathSegments(clip, index);
  if (count <= 0 || count > MOST_CLIP_SEGMENTS) return null;
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, i), scratch, scratch + 4);
    xs.push(heap.HEAPF32[scratch >> 2] ?? 0);
    ys.push(heap.HEAPF32[(scratch >> 2) + 1] ?? 0);
  }
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const isAt = (value: number, end: number): boolean => Math.abs(value - end) <= CORNER_TOLERANCE;
  const isRectangle =
    xs.every((x) => isAt(x, left) || isAt(x, right)) && ys.every((y) => isAt(y, bottom) || isAt(y, top));
  return { box: transformBox(matrix, left, bottom, right, top), isRectangle };
}
