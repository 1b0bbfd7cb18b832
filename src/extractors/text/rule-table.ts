import { isSectionTitle } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { judgeGeometry } from './judge-geometry.js';
import { displayWidth, isBlankLine, joinPieces, pieceOf, type Line, type Piece } from './lines.js';

const COLUMN_RULE = /^\s*(?:-{2,}(?:\s+-{2,})+|={2,}(?:\s+={2,})+)\s*$/;
const FULL_RULE = /^\s*(?:-{12,}|={12,})\s*$/;
const MOST_HEADER_LINES = 12;
const MOST_LINES = 2_000;

interface Extent {
  readonly from: number;
  /** Exclusive; infinite for the last column. */
  readonly to: number;
}

/**
 * Columns under a line of dashes with gaps: pandoc's simple and multiline tables, RST simple tables, tabulate. Rows are
 * lines, or groups of lines where blank lines stand between them.
 */
export function readRuleTable(lines: readonly Line[], from: number): DraftTable | null {
  const rule = findColumnRule(lines, from);
  if (rule < 0) return null;
  const body = bodyRange(lines, rule);
  const head = lines.slice(from, rule).filter((line) => !isRule(line) && !isBlankLine(line));
  const groups = rowGroups(lines.slice(rule + 1, body.end).filter((line) => !isRule(line)));
  const extents = extentsBy(lines[rule]?.text ?? '', head.concat(groups.flat()));
  const rows = [...(head.length > 0 ? headRows(head) : []), ...groups].map((group) =>
    splitGroup(group, extents),
  );
  if (groups.length === 0 || rows.length < 2) return null;
  const geometry = judgeGeometry(rows);
  return { geometry, rows, confidence: CONFIDENCE[geometry], from, to: body.to, syntax: 'rule' };
}

/** Header lines belong to one row; a header of several rows cannot be told from a wrapped one. */
function headRows(head: readonly Line[]): Line[][] {
  return [[...head]];
}

function isRule(line: Line | undefined): boolean {
  return line !== undefined && (COLUMN_RULE.test(line.text) || FULL_RULE.test(line.text));
}

/** The rule that shows the columns: the first line, or below a header without blank lines; −1 where there is none. */
function findColumnRule(lines: readonly Line[], from: number): number {
  for (let at = from; at <= from + MOST_HEADER_LINES && at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (COLUMN_RULE.test(text)) return at;
    if (isBlankLine(lines[at]) || isSectionTitle(text) || text.includes('。')) return -1;
    if (at > from && FULL_RULE.test(text)) return -1;
  }
  return -1;
}

/** Where the body ends (`end`) and where the table ends (`to`): at a closing rule, or else at the first blank line. */
function bodyRange(lines: readonly Line[], rule: number): { end: number; to: number } {
  let firstBlank = -1;
  let at = rule + 1;
  for (; at < lines.length && at < rule + MOST_LINES; at++) {
    const line = lines[at];
    if (isRule(line)) {
      const isHeaderRule =
        COLUMN_RULE.test(line?.text ?? '') &&
        at === rule + 2 &&
        !isBlankLine(lines[at + 1]) &&
        /=/.test(line?.text ?? '');
      if (!isHeaderRule) return { end: at, to: at + 1 };
    }
    if (isBlankLine(line) && firstBlank < 0) firstBlank = at;
    if (isSectionTitle(line?.text ?? '') || /。/.test(line?.text ?? '')) break;
  }
  const end = firstBlank < 0 ? at : firstBlank;
  return { end, to: end };
}

function rowGroups(body: readonly Line[]): Line[][] {
  const lines = [...body];
  while (lines.length > 0 && isBlankLine(lines.at(-1))) lines.pop();
  while (lines.length > 0 && isBlankLine(lines[0])) lines.shift();
  if (!lines.some(isBlankLine)) return lines.map((line) => [line]);
  const groups: Line[][] = [[]];
  for (const line of lines) {
    if (isBlankLine(line)) groups.push([]);
    else groups.at(-1)?.push(line);
  }
  return groups.filter((group) => group.length > 0);
}

type Metric = (character: string) => number;

/** Column extents in the measure (CJK as two columns or as one) under which fewest texts run across a border. */
function extentsBy(
  rule: string,
  content: readonly Line[],
): { readonly metric: Metric; readonly extents: readonly Extent[] } {
  const starts = [...rule.matchAll(/[-=]+/g)].map((match) => match.index);
  const extents = starts.map((start, index) => ({
    from: index === 0 ? 0 : start,
    to: starts[index + 1] ?? Infinity,
  }));
  const metrics: readonly Metric[] = [displayWidth, () => 1];
  const crossings = metrics.map((metric) =>
    content.reduce((sum, line) => sum + countCrossings(line, extents, metric), 0),
  );
  return { metric: (crossings[0] ?? 0) <= (crossings[1] ?? 0) ? displayWidth : () => 1, extents };
}

/** How many borders of columns fall into the middle of a word. */
function countCrossings(line: Line, extents: readonly Extent[], metric: Metric): number {
  const borders = new Set(extents.slice(1).map((extent) => extent.from));
  let crossings = 0;
  let column = 0;
  let before = ' ';
  for (const character of line.text) {
    const width = metric(character);
    const isInside = borders.has(column) ? before.trim() !== '' : width === 2 && borders.has(column + 1);
    if (isInside && character.trim() !== '') crossings++;
    before = character;
    column += width;
  }
  return crossings;
}

function splitGroup(
  group: readonly Line[],
  { metric, extents }: { metric: Metric; extents: readonly Extent[] },
): DraftCell[] {
  const perLine = group.map((line) => splitByExtents(line, extents, metric));
  return extents.map((_, index) =>
    joinPieces(
      perLine.map(
        (pieces) => pieces[index] ?? pieceOf(group[0] ?? { text: '', start: 0, afterPageBreak: false }, 0, 0),
      ),
    ),
  );
}

function splitByExtents(line: Line, extents: readonly Extent[], metric: Metric): Piece[] {
  const places = extents.map(() => line.text.length);
  let column = 0;
  let place = 0;
  for (const character of line.text) {
    extents.forEach((extent, index) => {
      if (column >= extent.from && place < (places[index] ?? 0)) places[index] = place;
    });
    column += metric(character);
    place += character.length;
  }
  return extents.map((_, index) =>
    pieceOf(line, places[index] ?? line.text.length, places[index + 1] ?? line.text.length),
  );
}
