import { isOnlyNumbering, isWholeLabel, opensCell, startsLabel } from './cell-kinds.js';
import { centreOf, type LayoutLine, type Token } from './layout-words.js';
import { largest } from './extremes.js';

/** A label put together from its lines. `row` is the line of the values it stands beside, or null. */
export interface LayoutLabel {
  readonly parts: readonly Token[];
  /** Which of the label columns it starts in, from the right: 0 beside the values. */
  readonly depth: number;
  readonly row: number | null;
}

/** Lines of one label stand at most so far apart. */
const WIDEST_STEP = 2;
/** A gap between label columns is crossed by at most this share of what stands beside it. */
const VALLEY_SHARE = 0.3;
const EDGE = 2;

/** All labels of one page, by the columns of labels they stand in; each column is read from the top down. */
export function assembleLabels(page: readonly LayoutLine[], edge: number): LayoutLabel[] {
  const tokens = page.flatMap((line) => line.labels.filter((token) => token.left < edge));
  const borders = findBorders(tokens, edge);
  const pieces = tokens.flatMap((token) => splitAtBorders(token, borders));
  const depths = Array.from({ length: borders.length + 1 }, (_, index) => borders.length - index);
  const valueLines = page
    .filter(
      (line) =>
        line.values.some((value) => value.text !== '') || (line.values.length > 0 && line.labels.length > 0),
    )
    .map((line) => line.order);
  const labels = depths.flatMap((depth) => {
    const column = pieces.filter((piece) => columnOf(piece, borders) === borders.length - depth);
    return assembleColumn(column, valueLines).map((parts) => ({
      parts,
      depth,
      row: rowInside(parts, valueLines),
    }));
  });
  return labels.map((label) =>
    label.row === null ? { ...label, row: rowBeside(label, labels, valueLines) } : label,
  );
}

/** Where label columns end: columns few labels run across, with labels on either side. */
function findBorders(tokens: readonly Token[], edge: number): number[] {
  const cover = new Array<number>(Math.max(0, Math.ceil(edge)) + 1).fill(0);
  for (const token of tokens)
    for (let column = token.left; column < token.right && column < cover.length; column++)
      cover[column] = (cover[column] ?? 0) + 1;
  const borders: number[] = [];
  for (let column = EDGE; column < cover.length - EDGE; column++) {
    const here = cover[column] ?? 0;
    const left = largest(cover.slice(borders.at(-1) ?? 0, column), 0);
    const right = largest(cover.slice(column + 1), 0);
    const isLowest = here <= (cover[column - 1] ?? 0) && here < (cover[column + 1] ?? 0);
    if (isLowest && here <= VALLEY_SHARE * Math.min(left, right) && Math.min(left, right) > 1)
      borders.push(column);
  }
  return borders;
}

/** A token that runs across a border is two labels where a blank stands at the border, else one that spans both. */
function splitAtBorders(token: Token, borders: readonly number[]): Token[] {
  for (const border of borders) {
    if (token.left >= border || token.right <= border) continue;
    for (const match of token.text.matchAll(/\s+/g)) {
      const share = match.index / Math.max(1, token.text.length);
      const column = token.left + share * (token.right - token.left);
      if (Math.abs(column - border) > EDGE) continue;
      const rest = match.index + match[0].length;
      const middle = Math.round(column);
      const head = {
        ...token,
        text: token.text.slice(0, match.index),
        end: token.start + match.index,
        right: middle,
      };
      const tail = { ...token, text: token.text.slice(rest), start: token.start + rest, left: middle + 1 };
      return [head, ...splitAtBorders(tail, borders)];
    }
  }
  return [token];
}

function columnOf(token: Token, borders: readonly number[]): number {
  const isAcross = borders.some((border) => token.left < border - 1 && token.right > border + 1);
  const at = isAcross ? token.left : centreOf(token);
  return borders.filter((border) => border <= at).length;
}

/** Lines of a label column as labels: numbering starts one; without it, a label has the lines around its row's values. */
function assembleColumn(tokens: readonly Token[], valueLines: readonly number[]): Token[][] {
  const labels: Token[][] = [];
  tokens.forEach((token, index) => {
    const label = labels.at(-1);
    if (label === undefined || opensLabel(label, token, tokens.slice(index + 1), valueLines))
      labels.push([token]);
    else label.push(token);
  });
  return labels;
}

function opensLabel(
  label: readonly Token[],
  token: Token,
  rest: readonly Token[],
  valueLines: readonly number[],
): boolean {
  const [first, last] = [label[0], label.at(-1)];
  if (first === undefined || last === undefined) return true;
  const isOpen = isOnlyNumbering(label.map((part) => part.text).join(''));
  if (isOpen && !startsLabel(token.text) && token.line - last.line <= WIDEST_STEP) return false;
  if (opensCell(token.text)) return true;
  if (token.line - last.line > WIDEST_STEP || isWholeLabel(label.map((part) => part.text).join('')))
    return true;
  const row = valueLines.find((line) => line >= first.line && line <= last.line);
  if (row === undefined) return false;
  if (valueLines.includes(token.line)) return !startsLabel(first.text) || token.line > last.line + 1;
  const next = valueLines.find((line) => line > token.line);
  const opener = rest.find((other) => next !== undefined && other.line <= next && startsLabel(other.text));
  if (next === undefined || opener !== undefined) return false;
  return token.line > 2 * row - first.line;
}

function rowInside(parts: readonly Token[], valueLines: readonly number[]): number | null {
  const [first, last] = [parts[0]?.line ?? 0, parts.at(-1)?.line ?? 0];
  return valueLines.find((line) => line >= first && line <= last) ?? null;
}

/** The line of values right above or below a label that has none of its own, where no other label of its column has it. */
function rowBeside(
  label: LayoutLabel,
  labels: readonly LayoutLabel[],
  valueLines: readonly number[],
): number | null {
  const [first, last] = [label.parts[0]?.line ?? 0, label.parts.at(-1)?.line ?? 0];
  if (isWholeLabel(label.parts.map((part) => part.text).join(''))) return null;
  const isFree = (line: number): boolean =>
    !labels.some((other) => other.row === line && (other.depth === label.depth || label.depth === 0));
  return valueLines.find((line) => (line === first - 1 || line === last + 1) && isFree(line)) ?? null;
}
