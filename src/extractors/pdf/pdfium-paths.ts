import type { Box, RulingLine } from '../../model/geometry.js';
import { addFill, addSubpath, type PathCollector, type Point } from './collect-paths.js';
import { concatenate, type Matrix, transformBox } from './display-transform.js';
import { INVISIBLE } from './place-glyph.js';
import { clipOf, meetBoxes, type Place } from './pdfium-clips.js';
import type { OpenDocument } from './pdfium-reader.js';
import type { Covers, Patch } from './settle-unseen.js';

/** FPDF_PAGEOBJ_… (fpdf_edit.h). */
const TEXT_OBJECT = 1;
const PATH_OBJECT = 2;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
/** FPDF_SEGMENT_… */
const LINE_TO = 0;
const MOVE_TO = 2;
/** Share of a page's texts that are invisible where they are another program's recognition of its picture. */
const INVISIBLE_SHARE = 0.9;
/** Form XObjects inside one another deeper than this are not followed. */
const DEEPEST_FORM = 8;
/** A path of more segments is a drawing, not a table. */
const MOST_SEGMENTS = 20_000;
/** Bounds at most this thick are one ruling line, however the path is made (points). */
const THIN_PATH = 1.5;

interface PathReading {
  readonly rulings: RulingLine[];
  readonly fills: Box[];
  readonly drawings: Box[];
  readonly hasImages: boolean;
  readonly pictures: readonly Box[];
  readonly isTextInvisible: boolean;
  /**
   * Texts that pdfium took for a second printing of the same text and left out, although it cannot know their boxes:
   * it does so with equal long lines of a font that is not embedded.
   */
  readonly lostTexts: number;
  readonly covers: Covers;
}

interface Walk extends PathCollector {
  readonly open: OpenDocument;
  readonly drawings: Box[];
  readonly pictures: Box[];
  invisibleTexts: number;
  readonly texts: number[];
  readonly clips: Map<number, Box>;
  readonly patches: Patch[];
}

/** Ruling lines, filled areas and pictures of a page, those inside form XObjects too. */
export function readPaths(
  open: OpenDocument,
  page: number,
  display: Matrix,
  seenTexts: ReadonlySet<number>,
): PathReading {
  const walk: Walk = {
    open,
    rulings: [],
    fills: [],
    drawings: [],
    pictures: [],
    invisibleTexts: 0,
    texts: [],
    clips: new Map(),
    patches: [],
  };
  const place = { matrix: display, depth: 0, clip: null, isOpaque: true, clips: new Map() };
  const count = open.api.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) visitObject(walk, open.raw.FPDFPage_GetObject(page, i), place);
  const { rulings, fills, drawings, pictures, texts } = walk;
  return {
    rulings,
    fills,
    drawings,
    hasImages: pictures.length > 0,
    pictures,
    isTextInvisible: texts.length > 0 && walk.invisibleTexts >= INVISIBLE_SHARE * texts.length,
    lostTexts: countLostTexts(open, texts, seenTexts),
    covers: { clips: walk.clips, patches: walk.patches, texts },
  };
}

function visitObject(walk: Walk, object: number, place: Place): void {
  if (object === 0) return;
  const { matrix } = place;
  const type = walk.open.raw.FPDFPageObj_GetType(object);
  if (type === PATH_OBJECT) visitArea(walk, object, place);
  else if (type === TEXT_OBJECT) visitText(walk, object, place);
  else if (type === IMAGE_OBJECT) walk.pictures.push(boundsOf(walk, object, matrix));
  else if (type === FORM_OBJECT && place.depth < DEEPEST_FORM) visitForm(walk, object, place);
}

function visitText(walk: Walk, object: number, place: Place): void {
  walk.texts.push(object);
  if (walk.open.raw.FPDFTextObj_GetTextRenderMode(object) === INVISIBLE) walk.invisibleTexts++;
  const clip = clipOf(walk.open, object, place);
  if (clip) walk.clips.set(object, clip.box);
}

/** A path; filled rectangles that cover what was drawn before are noted as patches. */
function visitArea(walk: Walk, object: number, place: Place): void {
  const before = walk.fills.length;
  visitPath(walk, object, place.matrix);
  if (walk.fills.length === before || walk.texts.length === 0) return;
  if (!place.isOpaque || !isOpaque(walk.open, object)) return;
  const clip = clipOf(walk.open, object, place);
  if (clip?.isRectangle === false) return;
  for (const fill of walk.fills.slice(before)) {
    const box = clip ? meetBoxes(fill, clip.box) : fill;
    walk.patches.push({ box, textsBefore: walk.texts.length });
  }
}

/** Nothing shines through: it has one colour, no transparency and does not blend with what is beneath. */
function isOpaque({ raw, scratch }: OpenDocument, object: number): boolean {
  return (
    raw.FPDFPageObj_HasTransparency(object) === 0 &&
    raw.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0
  );
}

/**
 * A text of a font without shapes has a box without height. Where such a text is missing and another one of the same
 * length at the same place across was given, pdfium took it for a second printing.
 */
function countLostTexts(open: OpenDocument, texts: readonly number[], seen: ReadonlySet<number>): number {
  const missing = texts.filter((text) => !seen.has(text)).map((text) => flatExtent(open, text));
  if (missing.every((extent) => extent === null)) return 0;
  const given = new Set(texts.filter((text) => seen.has(text)).map((text) => flatExtent(open, text)));
  return missing.filter((extent) => extent !== null && given.has(extent)).length;
}

/** Left and right end of a text without height, null for one with height or without width. */
function flatExtent({ raw, heap, scratch }: OpenDocument, object: number): string | null {
  raw.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
  const [left = 0, bottom = 0, right = 0, top = 0] = heap.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 4);
  return right > left && top <= bottom ? `${left.toFixed(1)} ${right.toFixed(1)}` : null;
}

function visitForm(walk: Walk, form: number, place: Place): void {
  const { api, raw } = walk.open;
  const inner: Place = {
    matrix: concatenate(place.matrix, readMatrix(walk.open, form)),
    depth: place.depth + 1,
    clip: clipOf(walk.open, form, place),
    isOpaque: place.isOpaque && raw.FPDFPageObj_HasTransparency(form) === 0,
    clips: new Map(),
  };
  const count = api.FPDFFormObj_CountObjects(form);
  for (let i = 0; i < count; i++) visitObject(walk, api.FPDFFormObj_GetObject(form, i), inner);
}

function readMatrix({ api, heap, scratch }: OpenDocument, object: number): Matrix {
  api.FPDFPageObj_GetMatrix(object, scratch);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = heap.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 6);
  return [a, b, c, d, e, f];
}

/** The box of an object on the page as displayed. */
function boundsOf({ open: { heap, raw, scratch } }: Walk, object: number, matrix: Matrix): Box {
  raw.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
  const [left = 0, bottom = 0, right = 0, top = 0] = heap.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 4);
  return transformBox(matrix, left, bottom, right, top);
}

function visitPath(walk: Walk, path: number, matrix: Matrix): void {
  const { heap, raw, scratch } = walk.open;
  raw.FPDFPath_GetDrawMode(path, scratch, scratch + 4);
  const isFilled = heap.HEAP32[scratch >> 2] !== 0;
  const isStroked = heap.HEAP32[(scratch + 4) >> 2] !== 0;
  if (!isFilled && !isStroked) return;
  const bounds = boundsOf(walk, path, matrix);
  if (Math.min(bounds.right - bounds.left, bounds.bottom - bounds.top) <= THIN_PATH && !isStroked) {
    addFill(walk, bounds);
    return;
  }
  visitSegments(walk, path, matrix, isFilled, isStroked);
}

function visitSegments(
  walk: Walk,
  path: number,
  matrix: Matrix,
  isFilled: boolean,
  isStroked: boolean,
): void {
  const { heap, raw, scratch } = walk.open;
  const count = raw.FPDFPath_CountSegments(path);
  if (count > MOST_SEGMENTS) return;
  const own = concatenate(matrix, readMatrix(walk.open, path));
  const thickness = isStroked ? strokeWidth(walk.open, path, own) : 0;
  const finish = (points: Point[]): void => addSubpath(walk, points, { isStroked, isFilled, thickness });
  let points: Point[] = [];
  for (let i = 0; i < count; i++) {
    const segment = raw.FPDFPath_GetPathSegment(path, i);
    raw.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
    const x = heap.HEAPF32[scratch >> 2] ?? 0;
    const y = heap.HEAPF32[(scratch >> 2) + 1] ?? 0;
    const type = raw.FPDFPathSegment_GetType(segment);
    const point = { x: own[0] * x + own[2] * y + own[4], y: own[1] * x + own[3] * y + own[5] };
    if (type !== LINE_TO) {
      // A curve ends the run of straight lines as a new start does.
      if (points.length > 1) finish(points);
      points = [];
    }
    if (type === LINE_TO || type === MOVE_TO || points.length === 0) points.push(point);
    if (raw.FPDFPathSegment_GetClose(segment) !== 0 && points[0]) points.push(points[0]);
  }
  if (points.length > 1) finish(points);
}

function strokeWidth({ heap, raw, scratch }: OpenDocument, path: number, matrix: Matrix): number {
  raw.FPDFPageObj_GetStrokeWidth(path, scratch);
  return (heap.HEAPF32[scratch >> 2] ?? 0) * Math.hypot(matrix[0], matrix[1]);
}
