import type { Box, RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';
import { concatenate, IDENTITY, type Matrix } from './display-transform.js';
import { addPdfjsPath } from './pdfjs-paths.js';
import type { PdfjsFont } from './pdfjs-reader.js';
import { showGlyphs, type ShownGlyph } from './pdfjs-text.js';
import { INVISIBLE } from './place-glyph.js';

/** Numbers of pdf.js's drawing operators by name. */
export type OperatorNumbers = Readonly<Record<string, number>>;

interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** The graphics state as far as text and lines need it (ISO 32000-1, 8.4 and 9.3). */
export interface GraphicsState {
  matrix: Matrix;
  lineWidth: number;
  font: PdfjsFont;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  /** Horizontal scaling as a factor. */
  scale: number;
  leading: number;
  rise: number;
  /** Text is not drawn (rendering mode 3). */
  isHidden: boolean;
}

/** A page while its operators are followed. */
export interface Walk {
  readonly glyphs: Glyph[];
  readonly rulings: RulingLine[];
  readonly fills: Box[];
  readonly drawings: Box[];
  hasImages: boolean;
  state: GraphicsState;
  readonly saved: GraphicsState[];
  textMatrix: Matrix;
  lineMatrix: Matrix;
  isAfterSpace: boolean;
}

type Handler = (walk: Walk, args: readonly unknown[]) => void;
type FontLookup = (name: string) => PdfjsFont;

/**
 * Follows a page's drawing operators and collects characters, ruling lines, filled areas and whether there are pictures.
 * Annotations are drawn behind the page; those whose ids are not in `annotations` are passed over.
 */
export function walkOperators(
  operators: OperatorList,
  numbers: OperatorNumbers,
  display: Matrix,
  fontOf: FontLookup,
  annotations: ReadonlySet<string> = new Set(),
): Pick<Walk, 'glyphs' | 'rulings' | 'fills' | 'drawings' | 'hasImages'> {
  const handlers = numberHandlers(numbers, fontOf);
  const walk: Walk = {
    glyphs: [],
    rulings: [],
    fills: [],
    drawings: [],
    hasImages: false,
    state: firstState(display),
    saved: [],
    textMatrix: IDENTITY,
    lineMatrix: IDENTITY,
    isAfterSpace: false,
  };
  let isPassedOver = false;
  for (const [i, number] of operators.fnArray.entries()) {
    const args = (operators.argsArray[i] ?? []) as readonly unknown[];
    if (number === numbers['beginAnnotation']) {
      isPassedOver = !annotations.has(String(args[0]));
      walk.state = { ...firstState(display), matrix: annotationMatrix(display, args) };
    } else if (!isPassedOver) handlers.get(number)?.(walk, args);
  }
  const { glyphs, rulings, fills, drawings, hasImages } = walk;
  return { glyphs, rulings, fills, drawings, hasImages };
}

/** The graphics state that pages and annotations begin with. */
function firstState(display: Matrix): GraphicsState {
  return {
    matrix: display,
    lineWidth: 1,
    font: {},
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    isHidden: false,
  };
}

/** An annotation's appearance is put into its rectangle, behind its own matrix (ISO 32000-1, 12.5.5). */
function annotationMatrix(display: Matrix, [, , place, own]: readonly unknown[]): Matrix {
  const placed = concatenate(display, toMatrix(place as ArrayLike<number>));
  return concatenate(placed, toMatrix(own as ArrayLike<number>));
}

function numberHandlers(numbers: OperatorNumbers, fontOf: FontLookup): Map<number, Handler> {
  const byNumber = new Map<number, Handler>();
  for (const [name, handler] of Object.entries({ ...STATE, ...TEXT, ...IMAGES })) {
    const number = numbers[name];
    if (number !== undefined) byNumber.set(number, handler);
  }
  const set = (name: string, handler: Handler): void => {
    const number = numbers[name];
    if (number !== undefined) byNumber.set(number, handler);
  };
  set('setFont', (walk, [name, size]) => {
    walk.state.font = fontOf(String(name));
    walk.state.fontSize = Number(size);
  });
  set('setGState', (walk, [entries]) => applyExtendedState(walk, entries, fontOf));
  set('constructPath', (walk, args) => addPdfjsPath(walk, args, numbers));
  return byNumber;
}

/** Entries of an extended graphics state dictionary that concern text and lines. */
function applyExtendedState(walk: Walk, entries: unknown, fontOf: FontLookup): void {
  if (!Array.isArray(entries)) return;
  for (const [key, value] of entries as readonly (readonly [string, unknown])[]) {
    if (key === 'LW') walk.state.lineWidth = Number(value);
    if (key === 'Font' && Array.isArray(value)) {
      walk.state.font = fontOf(String(value[0]));
      walk.state.fontSize = Number(value[1]);
    }
  }
}

function save(walk: Walk): void {
  walk.saved.push({ ...walk.state });
}

function restore(walk: Walk): void {
  const state = walk.saved.pop();
  if (state) walk.state = state;
}

const STATE: Readonly<Record<string, Handler>> = {
  save,
  restore,
  transform: (walk, args) => {
    walk.state.matrix = concatenate(walk.state.matrix, toMatrix(args));
  },
  setLineWidth: (walk, [width]) => {
    walk.state.lineWidth = Number(width);
  },
  paintFormXObjectBegin: (walk, [matrix]) => {
    save(walk);
    if (matrix) walk.state.matrix = concatenate(walk.state.matrix, toMatrix(matrix as ArrayLike<number>));
  },
  paintFormXObjectEnd: restore,
  beginGroup: (walk, [group]) => {
    save(walk);
    const { matrix } = (group ?? {}) as { matrix?: ArrayLike<number> | null };
    if (matrix) walk.state.matrix = concatenate(walk.state.matrix, toMatrix(matrix));
  },
  endGroup: restore,
};

const TEXT: Readonly<Record<string, Handler>> = {
  beginText: (walk) => {
    walk.textMatrix = IDENTITY;
    walk.lineMatrix = IDENTITY;
  },
  setCharSpacing: (walk, [spacing]) => {
    walk.state.charSpacing = Number(spacing);
  },
  setWordSpacing: (walk, [spacing]) => {
    walk.state.wordSpacing = Number(spacing);
  },
  setHScale: (walk, [percent]) => {
    walk.state.scale = Number(percent) / 100;
  },
  setLeading: (walk, [leading]) => {
    // pdf.js hands the leading on with its sign as in the file; lines go down by it.
    walk.state.leading = Number(leading);
  },
  setTextRise: (walk, [rise]) => {
    walk.state.rise = Number(rise);
  },
  setTextRenderingMode: (walk, [mode]) => {
    walk.state.isHidden = Number(mode) === INVISIBLE;
  },
  moveText: (walk, [x, y]) => moveText(walk, Number(x), Number(y)),
  setLeadingMoveText: (walk, [x, y]) => {
    walk.state.leading = -Number(y);
    moveText(walk, Number(x), Number(y));
  },
  setTextMatrix: (walk, args) => {
    const [first] = args;
    const matrix = toMatrix(
      typeof first === 'object' && first !== null ? (first as ArrayLike<number>) : args,
    );
    walk.textMatrix = matrix;
    walk.lineMatrix = matrix;
  },
  nextLine: (walk) => moveText(walk, 0, -walk.state.leading),
  showText: (walk, [glyphs]) => showGlyphs(walk, glyphs as readonly (ShownGlyph | number)[]),
};

function moveText(walk: Walk, x: number, y: number): void {
  walk.lineMatrix = concatenate(walk.lineMatrix, [1, 0, 0, 1, x, y]);
  walk.textMatrix = walk.lineMatrix;
}

const seeImage: Handler = (walk) => {
  walk.hasImages = true;
};

const IMAGES: Readonly<Record<string, Handler>> = {
  paintImageXObject: seeImage,
  paintInlineImageXObject: seeImage,
  paintImageMaskXObject: seeImage,
  paintImageXObjectRepeat: seeImage,
  paintImageMaskXObjectRepeat: seeImage,
  paintImageMaskXObjectGroup: seeImage,
  paintInlineImageXObjectGroup: seeImage,
};

function toMatrix(numbers: ArrayLike<unknown>): Matrix {
  const at = (i: number): number => Number(numbers[i] ?? 0);
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}
