import { isValue } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { drawCanvas, isGridRule, isRuleRow, strokeOf, type CanvasRow } from './grid-canvas.js';
import { judgeGeometry } from './judge-geometry.js';
import { isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

/** A bar may stand so many columns off where the writer counted a character's width differently. */
const BAR_TOLERANCE = 3;
/** A frame has a rule above, below, and under the header. */
const MOST_FRAME_RULES = 3;
/** So many values in one line of a band are a row of their own. */
const FEWEST_VALUES = 4;

/**
 * A table drawn with characters: `+---+` grids of pandoc, RST and tabulate, box drawing (┌─┬─┐) of w3m, elinks and many
 * others, with merged cells. Starts at a line of rules.
 */
export function readGridTable(lines: readonly Line[], from: number): DraftTable | null {
  if (!isGridRule(lines[from]?.text ?? '') || /^\s*[|:-][|:\s-]*$/.test(lines[from]?.text ?? '')) return null;
  if (!lines.slice(from + 1, from + 3).some((line) => isGridLine(line) && !isGridRule(line.text)))
    return null;
  let to = from;
  while (to < lines.length && isGridLine(lines[to])) to++;
  const canvas = drawCanvas(lines.slice(from, to));
  const columns = columnEdges(canvas);
  if (to - from < 3 || columns.length < 2) return null;
  const bands = findBands(canvas);
  const rows = bands.length === 0 ? [] : mergeCells(canvas, columns, bands);
  if (rows.length === 0) return null;
  const isOutline = rows.every((row) =>
    row.every((cell) => cell.place?.columnSpan === 1 && cell.place.rowSpan === 1),
  );
  const geometry = isOutline ? judgeGeometry(rows) : 'exact';
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to, syntax: 'grid' };
}

function isGridLine(line: Line | undefined): boolean {
  if (line === undefined || isBlankLine(line)) return false;
  const first = line.text.trim()[0] ?? '';
  return isGridRule(line.text) || ['vertical', 'both'].includes(strokeOf(first));
}

/** Columns at which the rules have a junction (psql: a bar), left to right; rules beside tall cells count too. */
function columnEdges(canvas: readonly CanvasRow[]): number[] {
  const edges = new Set<number>();
  for (const row of canvas) {
    const isRule = isRuleRow(row);
    row.marks.forEach((mark, index) => {
      const stroke = strokeOf(mark.character);
      if (isRule ? stroke === 'both' || stroke === 'vertical' : stroke === 'both' && touchesRule(row, index))
        edges.add(mark.column);
    });
  }
  return [...edges].sort((a, b) => a - b);
}

/** A plus sign is a junction beside a dash only; drawn junctions always are. */
function touchesRule(row: CanvasRow, index: number): boolean {
  if (row.marks[index]?.character !== '+') return true;
  return [index - 1, index + 1].some((at) => /[-=]/.test(row.marks[at]?.character ?? ''));
}

/** A run of printed lines between two rules: one row of the table, or several where the rules only frame the rows. */
interface Band {
  /** Canvas rows that hold the band's text. */
  readonly rows: readonly number[];
  /** Canvas row of the rule above it. */
  readonly ruleAbove: number;
}

/**
 * Rows of the table. Rules between most rows: a band is what stands between two rules, however many lines. Rules only
 * around head and body (psql, outline): every line is a row.
 */
function findBands(canvas: readonly CanvasRow[]): Band[] {
  const hasRule = canvas.map((row) =>
    row.marks.some((mark, index) => strokeOf(mark.character) === 'horizontal' && isRuleMark(row, index)),
  );
  const bands: { rows: number[]; ruleAbove: number }[] = [];
  let ruleAbove = -1;
  canvas.forEach((row, index) => {
    if (hasRule[index] === true) ruleAbove = index;
    const current = bands.at(-1);
    if (isRuleRow(row)) return;
    if (hasRule[index] !== true && current?.ruleAbove === ruleAbove) current.rows.push(index);
    else if (hasRule[index] !== true) bands.push({ rows: [index], ruleAbove });
  });
  const isFramed =
    canvas.filter(isRuleRow).length <= MOST_FRAME_RULES && bands.some((band) => holdsRows(canvas, band));
  if (!isFramed) return bands;
  return bands.flatMap((band) =>
    band.rows.map((row, index) => ({ rows: [row], ruleAbove: index === 0 ? band.ruleAbove : -1 })),
  );
}

/** Several lines with values each, or a line of values alone: the band's lines are rows, not a wrapped one. */
function holdsRows(canvas: readonly CanvasRow[], band: Band): boolean {
  if (band.rows.length < 2) return false;
  const values = band.rows.map(
    (row) => (canvas[row]?.line.text ?? '').split(/[│┃║|]/).filter((text) => isValue(text)).length,
  );
  return values.filter((count) => count > 0).length > 1 || values.some((count) => count >= FEWEST_VALUES);
}

/** A dash that is drawn, not written: one of at least two, or beside a junction. */
function isRuleMark(row: CanvasRow, index: number): boolean {
  const isStroke = (at: number): boolean =>
    ['horizontal', 'both'].includes(strokeOf(row.marks[at]?.character ?? ' '));
  const character = row.marks[index]?.character ?? '';
  if (character === '-' || character === '=') return isRuleRow(row);
  return isStroke(index - 1) && isStroke(index + 1);
}

/** Lays the bands over the columns; places between which no bar or no rule is drawn are one cell. */
function mergeCells(
  canvas: readonly CanvasRow[],
  columns: readonly number[],
  bands: readonly Band[],
): DraftCell[][] {
  const width = columns.length - 1;
  const owner: string[][] = [];
  const cells = new Map<
    string,
    { row: number; column: number; rowSpan: number; columnSpan: number; pieces: Piece[] }
  >();
  bands.forEach((band, bandIndex) => {
    owner[bandIndex] = [];
    const texts = bandCells(canvas, columns, band);
    for (const { from, to, pieces } of texts) {
      const above = owner[bandIndex - 1]?.[from];
      const continues =
        above !== undefined && band.ruleAbove >= 0 && !isRuledOff(canvas, columns, band, from, to);
      const key = continues ? above : `${bandIndex}:${from}`;
      const cell = cells.get(key) ?? {
        row: bandIndex,
        column: from,
        rowSpan: 0,
        columnSpan: to - from,
        pieces: [],
      };
      if (continues) cell.pieces.push(...ruleLinePieces(canvas, columns, band, from, to));
      cell.pieces.push(...pieces);
      cell.rowSpan = bandIndex - cell.row + 1;
      cells.set(key, cell);
      for (let column = from; column < to && column < width; column++)
        (owner[bandIndex] ??= [])[column] = key;
    }
  });
  const rows: DraftCell[][] = bands.map(() => []);
  for (const cell of cells.values()) {
    rows[cell.row]?.push({
      ...joinPieces(cell.pieces),
      place: { column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan },
    });
  }
  return rows;
}

interface BandCell {
  readonly from: number;
  readonly to: number;
  readonly pieces: Piece[];
}

/** The cells of one band: bars that stand in every one of its lines divide them. */
function bandCells(canvas: readonly CanvasRow[], columns: readonly number[], band: Band): BandCell[] {
  const bars = band.rows.map((row) => barPlaces(canvas[row], columns));
  const common = columns
    .map((_, index) => index)
    .filter((index) => bars.every((places) => places.has(index)));
  const cells: BandCell[] = [];
  for (let i = 0; i + 1 < common.length; i++) {
    const [from, to] = [common[i] ?? 0, common[i + 1] ?? 0];
    const pieces = band.rows.map((row, index) => textBetween(canvas[row], bars[index], from, to));
    cells.push({ from, to, pieces });
  }
  return cells;
}

/** For every edge of the grid at which the row has a bar: the bar's place in the line. */
function barPlaces(row: CanvasRow | undefined, columns: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  let last = -1;
  for (const mark of row?.marks ?? []) {
    if (!['vertical', 'both'].includes(strokeOf(mark.character)) || mark.character === '+') continue;
    let best = -1;
    for (let index = last + 1; index < columns.length; index++) {
      const off = Math.abs((columns[index] ?? 0) - mark.column);
      if (off <= BAR_TOLERANCE && (best < 0 || off < Math.abs((columns[best] ?? 0) - mark.column)))
        best = index;
    }
    if (best < 0) continue;
    places.set(best, mark.place);
    last = best;
  }
  return places;
}

function textBetween(
  row: CanvasRow | undefined,
  bars: ReadonlyMap<number, number> | undefined,
  from: number,
  to: number,
): Piece {
  if (row === undefined) return { text: '', start: 0, end: 0 };
  return pieceOf(row.line, (bars?.get(from) ?? -1) + 1, bars?.get(to) ?? row.line.text.length);
}

/** Whether the rule above the band is drawn between the edges `from` and `to`. */
function isRuledOff(
  canvas: readonly CanvasRow[],
  columns: readonly number[],
  band: Band,
  from: number,
  to: number,
): boolean {
  const [left, right] = [(columns[from] ?? 0) + 1, (columns[to] ?? 0) - 1];
  const row = canvas[band.ruleAbove];
  const inside = (row?.marks ?? []).filter(
    (mark) => mark.column >= left && mark.column <= right && mark.character !== ' ',
  );
  const strokes = inside.filter((mark) => ['horizontal', 'both'].includes(strokeOf(mark.character)));
  return strokes.length * 2 > right - left;
}

/** Text of a tall cell that stands on the same line as the rule beside it. */
function ruleLinePieces(
  canvas: readonly CanvasRow[],
  columns: readonly number[],
  band: Band,
  from: number,
  to: number,
): Piece[] {
  const row = canvas[band.ruleAbove];
  if (row === undefined || isRuleRow(row)) return [];
  const [left, right] = [columns[from] ?? 0, columns[to] ?? 0];
  const inside = row.marks.filter(
    (mark) => mark.column > left && mark.column < right && strokeOf(mark.character) === 'none',
  );
  const first = inside[0];
  const last = inside.at(-1);
  return first === undefined || last === undefined
    ? []
    : [pieceOf(row.line, first.place, last.place + last.character.length)];
}
