import { AppError } from '../../errors/app-error.js';
import type { Box, RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';
import { childElements, textContent, type XmlElement } from '../markup/parse-xml.js';
import type { PrintedPage } from '../paged/printed-page.js';
import type { OfdPage } from './read-package.js';

const POINTS_PER_MM = 72 / 25.4;
/** Thinner filled areas are lines. */
const THICKEST_LINE_POINTS = 3;
const SHORTEST_LINE_POINTS = 2;
/** Slant that still counts as straight. */
const SLANT_POINTS = 1.5;
const USUAL_LINE_MM = 0.353;
const USUAL_SIZE_MM = 4;
/** Characters of one page; a full page of small print has some five thousand. */
const MOST_GLYPHS = 100_000;
const DEEPEST_BLOCK = 50;
/** Em square around the base line, as `Glyph.box` wants it. */
const ABOVE_BASE = 0.88;
const BELOW_BASE = 0.12;
const IS_WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;
const NARROW_EM = 0.5;

/** a b c d e f as in PDF: x' = a x + c y + e. */
type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

interface Drawing {
  readonly glyphs: Glyph[];
  readonly rulings: RulingLine[];
  readonly fills: Box[];
  hasImages: boolean;
}

/** Turns a page's drawing elements into characters and lines in points from the top left. */
export function readOfdPage(page: OfdPage): PrintedPage {
  const [x, y, width, height] = page.box;
  const drawing: Drawing = { glyphs: [], rulings: [], fills: [], hasImages: false };
  const scale = POINTS_PER_MM;
  for (const layer of page.layers) drawBlock(layer, [scale, 0, 0, scale, -x * scale, -y * scale], drawing, 0);
  const { pageNumber } = page;
  return { pageNumber, width: width * scale, height: height * scale, ...drawing };
}

function drawBlock(block: XmlElement, matrix: Matrix, drawing: Drawing, depth: number): void {
  if (depth > DEEPEST_BLOCK) return;
  for (const element of childElements(block)) {
    if (element.attributes['Visible'] === 'false') continue;
    if (element.name === 'PageBlock') drawBlock(element, matrix, drawing, depth + 1);
    else if (element.name === 'TextObject') drawText(element, placeOf(element, matrix), drawing);
    else if (element.name === 'PathObject') drawPath(element, placeOf(element, matrix), drawing);
    else if (element.name === 'ImageObject') drawing.hasImages = true;
  }
}

/** An object's own coordinates: its CTM, then the corner of its boundary (8.5, graphic units). */
function placeOf(element: XmlElement, page: Matrix): Matrix {
  const [x = 0, y = 0] = numbers(element.attributes['Boundary']);
  const ctm = numbers(element.attributes['CTM']);
  const own: Matrix = ctm.length === 6 ? (ctm as unknown as Matrix) : IDENTITY;
  return multiply(multiply(own, [1, 0, 0, 1, x, y]), page);
}

/** TextObject (11.2): each TextCode starts at X, Y; DeltaX and DeltaY are the steps from character to character. */
function drawText(element: XmlElement, matrix: Matrix, drawing: Drawing): void {
  const size = Number(element.attributes['Size'] ?? USUAL_SIZE_MM) || USUAL_SIZE_MM;
  const across = Number(element.attributes['HScale'] ?? 1) || 1;
  let x = 0;
  let y = 0;
  for (const code of childElements(element, 'TextCode')) {
    x = code.attributes['X'] === undefined ? x : Number(code.attributes['X']);
    y = code.attributes['Y'] === undefined ? y : Number(code.attributes['Y']);
    const characters = [...textContent(code)];
    if (drawing.glyphs.length + characters.length > MOST_GLYPHS)
      throw new AppError('SOURCE_TOO_LARGE', `OFD: a page of more than ${MOST_GLYPHS} characters`);
    const deltaX = readDeltas(code.attributes['DeltaX'], characters.length);
    const deltaY = readDeltas(code.attributes['DeltaY'], characters.length);
    let isAfterSpace = false;
    characters.forEach((text, i) => {
      const width = deltaX[i] ?? size * across * (IS_WIDE.test(text) ? 1 : NARROW_EM);
      if (text.trim() === '') isAfterSpace = true;
      else drawing.glyphs.push({ ...glyphAt(text, x, y, width, size, matrix), isAfterSpace });
      if (text.trim() !== '') isAfterSpace = false;
      x += deltaX[i] ?? (deltaY[i] === undefined ? width : 0);
      y += deltaY[i] ?? 0;
    });
  }
}

function glyphAt(
  text: string,
  x: number,
  y: number,
  width: number,
  size: number,
  matrix: Matrix,
): Omit<Glyph, 'isAfterSpace'> {
  // A step may be wider than the character: a column's gap belongs to no glyph.
  const advance = Math.min(Math.max(width, 0.2 * size), size * (IS_WIDE.test(text) ? 1 : 0.65));
  const [left, top] = apply(matrix, x, y - ABOVE_BASE * size);
  const [right, bottom] = apply(matrix, x + advance, y + BELOW_BASE * size);
  const box = {
    left: Math.min(left, right),
    right: Math.max(left, right),
    top: Math.min(top, bottom),
    bottom: Math.max(top, bottom),
  };
  return { text, box, size: size * Math.hypot(matrix[2], matrix[3]), turn: 0 };
}

/** `g n d` stands for n steps of d (11.3); no more steps are written out than there are characters. */
function readDeltas(text: string | undefined, most: number): number[] {
  const parts = (text ?? '').split(/\s+/).filter((part) => part !== '');
  const deltas: number[] = [];
  for (let i = 0; i < parts.length && deltas.length < most; i++) {
    if (parts[i] !== 'g') {
      deltas.push(Number(parts[i]));
      continue;
    }
    const count = Math.max(0, Math.min(most, Math.trunc(Number(parts[i + 1])) || 0));
    deltas.push(...new Array<number>(count).fill(Number(parts[i + 2])));
    i += 2;
  }
  return deltas.map((delta) => (Number.isFinite(delta) ? delta : 0));
}

type Point = readonly [number, number];

/** PathObject (9.1): straight pieces that are stroked, and thin filled areas, are lines; other filled areas are fills. */
function drawPath(element: XmlElement, matrix: Matrix, drawing: Drawing): void {
  const data = childElements(element, 'AbbreviatedData')[0];
  const outlines = data ? readOutlines(textContent(data), matrix) : [];
  if (element.attributes['Stroke'] !== 'false') {
    const width = Number(element.attributes['LineWidth'] ?? USUAL_LINE_MM) * Math.hypot(matrix[0], matrix[1]);
    for (const points of outlines) {
      points.slice(1).forEach((point, i) => addLine(points[i] ?? point, point, width, drawing));
    }
  }
  if (element.attributes['Fill'] !== 'true') return;
  for (const points of outlines) addFill(points, drawing);
}

/** Commands S and M (move), L (line), Q, B, A (curves: only their ends count), C (close). */
function readOutlines(text: string, matrix: Matrix): Point[][] {
  const parts = text.trim().split(/\s+/);
  const outlines: Point[][] = [];
  const sizes: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7 };
  for (let i = 0; i < parts.length;) {
    const command = parts[i] ?? '';
    const size = sizes[command] ?? 0;
    const [x = NaN, y = NaN] = parts.slice(i + size - 1, i + size + 1).map(Number);
    i += size + 1;
    const outline = outlines.at(-1);
    if (command === 'C' && outline?.[0]) outline.push(outline[0]);
    if (size === 0 || Number.isNaN(x) || Number.isNaN(y)) continue;
    const point = apply(matrix, x, y);
    if (command === 'M' || command === 'S' || !outline) outlines.push([point]);
    else outline.push(point);
  }
  return outlines;
}

function addLine(from: Point, to: Point, thickness: number, drawing: Drawing): void {
  const [dx, dy] = [Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
  if (dy <= SLANT_POINTS && dx > SHORTEST_LINE_POINTS) {
    const [start, end] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    drawing.rulings.push({
      direction: 'horizontal',
      at: (from[1] + to[1]) / 2,
      from: start,
      to: end,
      thickness,
    });
  } else if (dx <= SLANT_POINTS && dy > SHORTEST_LINE_POINTS) {
    const [start, end] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    drawing.rulings.push({
      direction: 'vertical',
      at: (from[0] + to[0]) / 2,
      from: start,
      to: end,
      thickness,
    });
  }
}

function addFill(points: readonly Point[], drawing: Drawing): void {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box = {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  if (height <= THICKEST_LINE_POINTS) addLine([box.left, middleY], [box.right, middleY], height, drawing);
  else if (width <= THICKEST_LINE_POINTS) addLine([middleX, box.top], [middleX, box.bottom], width, drawing);
  else drawing.fills.push(box);
}

function numbers(text: string | undefined): number[] {
  return (text ?? '')
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(Number);
}

/** First `a`, then `b`. */
function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

function apply(matrix: Matrix, x: number, y: number): Point {
  return [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
}
