import { displayWidth, type Line } from './lines.js';
import { largest } from './extremes.js';

/** What a character of a drawn grid is: part of a horizontal or vertical rule, both, or text. */
export type Stroke = 'horizontal' | 'vertical' | 'both' | 'none';

const HORIZONTAL = /[─━═╌╍┄┅┈┉╴╶╸╺-]/;
const VERTICAL = /[│┃║|╎╏┆┇┊┋]/;
const BOTH = /[┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├-┼╒-╬╭-╰+]/;

export function strokeOf(character: string): Stroke {
  if (BOTH.test(character)) return 'both';
  if (VERTICAL.test(character)) return 'vertical';
  return HORIZONTAL.test(character) || character === '=' ? 'horizontal' : 'none';
}

/** One printed character with its column on the canvas and its place in the line. */
export interface Mark {
  readonly character: string;
  readonly column: number;
  readonly width: number;
  readonly place: number;
}

/** One line of a drawn grid. */
export interface CanvasRow {
  readonly line: Line;
  readonly marks: readonly Mark[];
  readonly width: number;
}

export type Metric = (character: string) => number;

const METRICS: readonly Metric[] = [
  displayWidth,
  () => 1,
  (character) => (character.charCodeAt(0) > 0xff && strokeOf(character) === 'none' ? 2 : 1),
];

/**
 * The region's lines with a column for every character. Programs disagree about how wide a character is; taken is the
 * measure under which most lines end where the rules end.
 */
export function drawCanvas(region: readonly Line[]): readonly CanvasRow[] {
  const canvases = METRICS.map((metric) => region.map((line) => canvasRow(line, metric)));
  const scores = canvases.map((canvas) => {
    const edge = largest(
      canvas.filter(isRuleRow).map((row) => row.width),
      0,
    );
    return canvas.filter((row) => row.width === edge).length;
  });
  return canvases[scores.indexOf(Math.max(...scores))] ?? [];
}

function canvasRow(line: Line, metric: Metric): CanvasRow {
  const marks: Mark[] = [];
  let column = 0;
  let place = 0;
  for (const character of line.text.trimEnd()) {
    const width = /[\u200b\ufeff]/.test(character) ? 0 : metric(character);
    marks.push({ character, column, width, place });
    column += width;
    place += character.length;
  }
  return { line, marks, width: column };
}

/** A row of nothing but rules (and spaces around them). */
export function isRuleRow(row: CanvasRow): boolean {
  return isGridRule(row.line.text);
}

/** A line of horizontal strokes and junctions, at least three strokes long. */
export function isGridRule(text: string): boolean {
  const trimmed = text.trim();
  return (
    /^[+├╞╟╠┌╔╭╒╓└╚╰╘╙┝┠┣┏┗─━═|│┃║]/.test(trimmed) &&
    /[─━═=-]{2}/.test(trimmed) &&
    [...trimmed].every(
      (character) => character === ':' || (strokeOf(character) !== 'none' && character !== ' '),
    )
  );
}
