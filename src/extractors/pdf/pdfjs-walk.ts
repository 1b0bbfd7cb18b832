import type { Box, RulingLine } from '../../model/geometry.js';
import type { Glyph } from '../../tables/glyph.js';
import { addSubpath, type PathCollector, type Point } from './collect-paths.js';
import { concatenate, IDENTITY, type Matrix, turnOf } from './display-transform.js';
import { glyphBox, isBlank, isVisible } from './place-glyph.js';

/** What is collected of one page. */
export interface PageReading {
  readonly glyphs: Glyph[];
  readonly rulings: RulingLine[];
  readonly fills: Box[];
  readonly hasImages: boolean;
}

/** The list of drawing operators of a page, as pdf.js gives it. */
export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** A glyph of `showText`; numbers between glyphs move by thousandths of an em. */
interface ShownGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

/** Graphics and text state (ISO 32000-1, 8.4 and 9.3), as far as it places characters and lines. */
interface State {
  matrix: Matrix;
  lineWidth: number;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  /** Filled areas in the paper's own colour cover something or nothing; they are no background of a cell. */
  isWhite: boolean;
}

interface Walk extends PathCollector {
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyph[];
  readonly stack: State[];
  state: State;
  textMatrix: Matrix;
  lineMatrix: Matrix;
  hasImages: boolean;
  isAfterSpace: boolean;
}

type Handler = (walk: Walk, args: readonly unknown[]) => void;
type Operators = Readonly<Record<string, number>>;

const WHITE = '#ffffff';

/** Codes of the packed path of `constructPath`, with how many numbers follow. */
const PATH = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticTo: 3, close: 4 } as const;

/** Follows the operators of a page and collects its characters, lines and areas. */
export function walkOperators(
  list: OperatorList,
  operators: Operators,
  display: Matrix,
  size: { width: number; height: number },
): PageReading {
  const handlers = handlersOf(operators);
  const state = {
    matrix: display,
    lineWidth: 1,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    isWhite: false,
  };
  const walk: Walk = {
    ...size,
    state,
    stack: [],
    glyphs: [],
    rulings: [],
    fills: [],
    textMatrix: IDENTITY,
    lineMatrix: IDENTITY,
    hasImages: false,
    isAfterSpace: false,
  };
  list.fnArray.forEach((operator, i) => {
    handlers.get(operator)?.(walk, (list.argsArray[i] as readonly unknown[] | null) ?? []);
  });
  return walk;
}

function handlersOf(operators: Operators): Map<number, Handler> {
  const named: Record<string, Handler> = {
    save: (walk) => walk.stack.push({ ...walk.state }),
    restore: (walk) => (walk.state = walk.stack.pop() ?? walk.state),
    transform: (walk, args) => (walk.state.matrix = concatenate(walk.state.matrix, toMatrix(args))),
    paintFormXObjectBegin: (walk, [matrix]) => {
      walk.stack.push({ ...walk.state });
      if (matrix) walk.state.matrix = concatenate(walk.state.matrix, toMatrix(matrix as ArrayLike<number>));
    },
    paintFormXObjectEnd: (walk) => (walk.state = walk.stack.pop() ?? walk.state),
    setFillRGBColor: (walk, [color]) => (walk.state.isWhite = color === WHITE),
    setLineWidth: (walk, [width]) => (walk.state.lineWidth = Number(width)),
    constructPath: (walk, args) => constructPath(walk, args, operators),
    paintImageXObject: showPicture,
    paintInlineImageXObject: showPicture,
    paintImageMaskXObject: showPicture,
    paintImageXObjectRepeat: showPicture,
    ...TEXT_HANDLERS,
  };
  return new Map(
    Object.entries(named).flatMap(([name, handler]) => {
      const code = operators[name];
      return code === undefined ? [] : [[code, handler] as const];
    }),
  );
}

/** Operators of ISO 32000-1, 9.3 and 9.4, by pdf.js' names. */
const TEXT_HANDLERS: Readonly<Record<string, Handler>> = {
  beginText: (walk) => (walk.textMatrix = walk.lineMatrix = IDENTITY),
  setFont: (walk, [, size]) => (walk.state.fontSize = Number(size)),
  setCharSpacing: (walk, [spacing]) => (walk.state.charSpacing = Number(spacing)),
  setWordSpacing: (walk, [spacing]) => (walk.state.wordSpacing = Number(spacing)),
  setHScale: (walk, [percent]) => (walk.state.scale = Number(percent) / 100),
  setLeading: (walk, [leading]) => (walk.state.leading = -Number(leading)),
  setTextRise: (walk, [rise]) => (walk.state.rise = Number(rise)),
  setTextMatrix: (walk, [matrix]) =>
    (walk.textMatrix = walk.lineMatrix = toMatrix(matrix as ArrayLike<number>)),
  moveText: (walk, [x, y]) => moveLine(walk, Number(x), Number(y)),
  setLeadingMoveText: (walk, [x, y]) => {
    walk.state.leading = Number(y);
    moveLine(walk, Number(x), Number(y));
  },
  nextLine: (walk) => moveLine(walk, 0, walk.state.leading),
  showText: (walk, [glyphs]) => showText(walk, glyphs as readonly (ShownGlyph | number | null)[]),
};

function showPicture(walk: Walk): void {
  walk.hasImages = true;
}

function moveLine(walk: Walk, x: number, y: number): void {
  walk.lineMatrix = concatenate(walk.lineMatrix, [1, 0, 0, 1, x, y]);
  walk.textMatrix = walk.lineMatrix;
}

function showText(walk: Walk, glyphs: readonly (ShownGlyph | number | null)[]): void {
  const { fontSize, charSpacing, wordSpacing, scale } = walk.state;
  for (const glyph of glyphs) {
    if (glyph === null) continue;
    const isShift = typeof glyph === 'number';
    const advance = isShift ? (-glyph / 1000) * fontSize : (glyph.width / 1000) * fontSize;
    if (!isShift) placeGlyph(walk, glyph, advance * scale);
    const spacing = isShift ? 0 : charSpacing + (glyph.isSpace ? wordSpacing : 0);
    walk.textMatrix = concatenate(walk.textMatrix, [1, 0, 0, 1, (advance + spacing) * scale, 0]);
  }
}

function placeGlyph(walk: Walk, shown: ShownGlyph, advance: number): void {
  const code = shown.unicode.codePointAt(0) ?? 0;
  if (shown.unicode === '' || isBlank(code)) {
    walk.isAfterSpace ||= shown.unicode !== '';
    return;
  }
  const [a, b, c, d, x, y] = concatenate(
    walk.state.matrix,
    concatenate(walk.textMatrix, [1, 0, 0, 1, 0, walk.state.rise]),
  );
  const turn = turnOf(a, b);
  const size = Math.abs(walk.state.fontSize) * Math.hypot(c, d);
  const box = glyphBox({ x, y, advance: Math.abs(advance) * Math.hypot(a, b), size, turn });
  const glyph: Glyph = { text: shown.unicode, box, size, turn, isAfterSpace: walk.isAfterSpace };
  walk.isAfterSpace = false;
  if (isVisible(glyph, walk.width, walk.height)) walk.glyphs.push(glyph);
}

function constructPath(walk: Walk, [paint, packed]: readonly unknown[], operators: Operators): void {
  const paints = (...names: readonly string[]): boolean => names.some((name) => operators[name] === paint);
  const isStroked = paints(
    'stroke',
    'closeStroke',
    'fillStroke',
    'eoFillStroke',
    'closeFillStroke',
    'closeEOFillStroke',
  );
  const isFilled = paints(
    'fill',
    'eoFill',
    'fillStroke',
    'eoFillStroke',
    'closeFillStroke',
    'closeEOFillStroke',
  );
  const [numbers] = packed as readonly (ArrayLike<number> | null)[];
  if (!numbers || (!isStroked && !isFilled)) return;
  const { matrix, lineWidth } = walk.state;
  const thickness = lineWidth * Math.hypot(matrix[0], matrix[1]);
  const collector = walk.state.isWhite ? { rulings: walk.rulings, fills: [] } : walk;
  for (const points of subpathsOf(numbers, matrix))
    addSubpath(collector, points, { isStroked, isFilled, thickness });
}

function subpathsOf(numbers: ArrayLike<number>, matrix: Matrix): Point[][] {
  const subpaths: Point[][] = [];
  const at = (i: number): Point => {
    const [x, y] = [numbers[i] ?? 0, numbers[i + 1] ?? 0];
    const [a, b, c, d, e, f] = matrix;
    return { x: a * x + c * y + e, y: b * x + d * y + f };
  };
  for (let i = 0; i < numbers.length;) {
    const code = numbers[i++];
    const open = subpaths.at(-1);
    if (code === PATH.moveTo) subpaths.push([at(i)]);
    else if (code === PATH.lineTo) open?.push(at(i));
    else if (code === PATH.curveTo) open?.push(at(i + 4));
    else if (code === PATH.quadraticTo) open?.push(at(i + 2));
    else if (code === PATH.close && open?.[0]) open.push(open[0]);
    i += code === PATH.curveTo ? 6 : code === PATH.quadraticTo ? 4 : code === PATH.close ? 0 : 2;
  }
  return subpaths;
}

function toMatrix(numbers: ArrayLike<unknown>): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = Array.from(numbers, Number);
  return [a, b, c, d, e, f];
}
