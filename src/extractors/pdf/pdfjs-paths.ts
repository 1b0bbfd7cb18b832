import { addSubpath, type Point } from './collect-paths.js';
import type { OperatorNumbers, Walk } from './pdfjs-walk.js';

/** Codes in the flat path that `constructPath` carries, and how many numbers follow each. */
const MOVE_TO = 0;
const LINE_TO = 1;
const CURVE_TO = 2;
const QUADRATIC_TO = 3;
const CLOSE = 4;
/** A path of more numbers is a drawing, not a table. */
const LONGEST_PATH = 60_000;

const STROKES = [
  'stroke',
  'closeStroke',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
];
const FILLS = ['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'];

/** Adds the ruling lines and areas of one `constructPath` operator: `[paintOperator, [path], bounds]`. */
export function addPdfjsPath(walk: Walk, args: readonly unknown[], numbers: OperatorNumbers): void {
  const [paint, data] = args;
  const isStroked = STROKES.some((name) => numbers[name] === paint);
  const isFilled = FILLS.some((name) => numbers[name] === paint);
  const path = (data as readonly (ArrayLike<number> | null)[] | undefined)?.[0];
  if (!path || (!isStroked && !isFilled) || path.length > LONGEST_PATH) return;
  const { matrix, lineWidth } = walk.state;
  const thickness = lineWidth * Math.hypot(matrix[0], matrix[1]);
  for (const points of toSubpaths(path, ({ x, y }) => ({
    x: matrix[0] * x + matrix[2] * y + matrix[4],
    y: matrix[1] * x + matrix[3] * y + matrix[5],
  }))) {
    addSubpath(walk, points, { isStroked, isFilled, thickness });
  }
}

/** Runs of points joined by straight lines; a curve ends the run before it. */
function toSubpaths(path: ArrayLike<number>, toPage: (point: Point) => Point): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  const pointAt = (i: number): Point => toPage({ x: path[i] ?? 0, y: path[i + 1] ?? 0 });
  const start = (points: Point[]): void => {
    if (run.length > 1) runs.push(run);
    run = points;
  };
  for (let i = 0; i < path.length;) {
    const code = path[i];
    i += 1;
    if (code === MOVE_TO) {
      start([pointAt(i)]);
      i += 2;
    } else if (code === LINE_TO) {
      run.push(pointAt(i));
      i += 2;
    } else if (code === CURVE_TO || code === QUADRATIC_TO) {
      i += code === CURVE_TO ? 6 : 4;
      start([pointAt(i - 2)]);
    } else if (code === CLOSE) {
      if (run[0]) run.push(run[0]);
    } else {
      break;
    }
  }
  start([]);
  return runs;
}
