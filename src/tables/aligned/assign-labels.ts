import { fold, numberingOf } from '../../text/fold.js';
import { type Anchor, groupIntoRows, nearestAnchor, type PlacedPiece } from './infer-rows.js';
import { buildBlocks, type LabelBlock } from './label-blocks.js';
import { rowsOfLabels } from './label-rows.js';
import { middleY } from './piece.js';

/** How labels of several lines stand beside their values. */
export type LabelAlignment = 'centred' | 'top';

/** Labels of rows, and the labels of groups of rows as blocks of lines. */
export interface LabelledRows {
  readonly anchors: readonly Anchor[];
  readonly groups: readonly LabelBlock[];
  readonly alignment: LabelAlignment;
}

/** A line stands on the row of the values where it is off by less than this (em). */
const ON_ROW_EM = 0.35;
/** A label's next line stands within this distance (em) below the one before. */
const GO_ON_EM = 2;
/** Lines of a centred label stand within this distance (em) above and below its row. */
const FLANK_EM = 1;
/** A centred label whose lines are further off their row's middle than this (em) holds lines of another row. */
const UNBALANCED_EM = 0.6;

/**
 * Gives the labels to the rows. Labels may wrap over several lines with the values centred beside them or level with
 * their first line; whichever explains all labels better is taken. Labels that no row explains are rows whose values
 * are all blank.
 */
export function assignLabels(
  anchors: readonly Anchor[],
  labels: readonly PlacedPiece[],
  leafColumn: number,
): LabelledRows {
  const rowLabels = labels.filter(({ range }) => range.to >= leafColumn);
  const left = buildBlocks(labels.filter(({ range }) => range.to < leafColumn));
  if (anchors.length === 0) return { anchors: groupIntoRows(rowLabels), groups: left, alignment: 'top' };
  const alignment = chooseAlignment(anchors, rowLabels);
  const level = levelWith(anchors, left, labels, rowLabels);
  const told = rowsOfLabels(
    anchors.filter((anchor) => !level.has(anchor)),
    rowLabels,
  );
  const guessed = placeLabels(told.openAnchors, told.openLabels, alignment);
  const levelRows = [...level].map(([anchor, { lines }]) => ({
    ...anchor,
    members: [...lines, ...anchor.members],
  }));
  const rows = [...levelRows, ...told.rows, ...guessed].sort((a, b) => middleY(a) - middleY(b));
  const others = left.filter((block) => ![...level.values()].includes(block));
  const own = others.filter((block) => isRowLabel(block, rows, leafColumn, alignment));
  for (const block of own) targetOf(rows, block.lines[0], alignment)?.members.push(...block.lines);
  return { anchors: rows, groups: others.filter((block) => !own.includes(block)), alignment };
}

/** Whole labels of one line, left of the others, that stand on a row whose height no other label has: they are that row's. */
function levelWith(
  anchors: readonly Anchor[],
  left: readonly LabelBlock[],
  labels: readonly PlacedPiece[],
  rowLabels: readonly PlacedPiece[],
): Map<Anchor, LabelBlock> {
  const found = new Map<Anchor, LabelBlock>();
  for (const block of left) {
    const [line, second] = block.lines;
    if (!line || second || mayGoOn(line, labels)) continue;
    const reach = ON_ROW_EM * line.piece.size;
    const anchor = nearestAnchor(anchors, middleY(line.piece));
    if (!anchor || Math.abs(middleY(anchor) - middleY(line.piece)) > reach) continue;
    if (!isFlanked(middleY(anchor), rowLabels)) found.set(anchor, block);
  }
  return found;
}

/** True where text without a number of its own stands close below a label's line, not in another column of labels. */
function mayGoOn({ piece }: PlacedPiece, labels: readonly PlacedPiece[]): boolean {
  return labels.some(({ piece: other }) => {
    const pitch = (middleY(other) - middleY(piece)) / piece.size;
    if (pitch <= ON_ROW_EM || pitch >= GO_ON_EM || numberingOf(fold(other.line.text)) !== '') return false;
    return other.left < piece.right + piece.size && other.right > piece.left - piece.size;
  });
}

/** True where a label stands at this height, or lines of labels stand close above and below it. */
function isFlanked(y: number, labels: readonly PlacedPiece[]): boolean {
  const offsets = labels.map(({ piece }) => (middleY(piece) - y) / piece.size);
  const isNear = (offset: number): boolean => Math.abs(offset) <= FLANK_EM;
  return (
    offsets.some((offset) => Math.abs(offset) <= ON_ROW_EM) ||
    (offsets.some((offset) => offset < 0 && isNear(offset)) &&
      offsets.some((offset) => offset > 0 && isNear(offset)))
  );
}

/** A label left of the others belongs to one row where that row has no label of its own. */
function isRowLabel(
  block: LabelBlock,
  rows: readonly Anchor[],
  leafColumn: number,
  alignment: LabelAlignment,
): boolean {
  const middle = (block.top + block.bottom) / 2;
  const row =
    alignment === 'centred' ? nearestAnchor(rows, middle) : targetOf(rows, block.lines[0], alignment);
  if (!row || row.members.some(({ range }) => range.to === leafColumn)) return false;
  return (
    middle >= row.top - (row.bottom - row.top) &&
    middle <= row.bottom + (row.bottom - row.top) * block.lines.length
  );
}

function chooseAlignment(anchors: readonly Anchor[], labels: readonly PlacedPiece[]): LabelAlignment {
  const centred = misfit(anchors, labels, 'centred');
  const top = misfit(anchors, labels, 'top');
  return top < centred ? 'top' : 'centred';
}

/** How far labels of several lines are from where the alignment wants them, in points. */
function misfit(
  anchors: readonly Anchor[],
  labels: readonly PlacedPiece[],
  alignment: LabelAlignment,
): number {
  const byRow = new Map<Anchor, PlacedPiece[]>();
  for (const label of labels) {
    const row = targetOf(anchors, label, alignment);
    if (row) byRow.set(row, [...(byRow.get(row) ?? []), label]);
  }
  let sum = 0;
  for (const [row, own] of byRow) {
    const middles = own.map(({ piece }) => middleY(piece));
    const first = Math.min(...middles);
    const place = alignment === 'top' ? first : (first + Math.max(...middles)) / 2;
    sum += Math.abs(place - middleY(row));
  }
  return sum;
}

function targetOf(
  anchors: readonly Anchor[],
  label: PlacedPiece | undefined,
  alignment: LabelAlignment,
): Anchor | undefined {
  if (!label) return undefined;
  const y = middleY(label.piece);
  if (alignment === 'centred') return nearestAnchor(anchors, y);
  const above = anchors.filter((anchor) => middleY(anchor) <= y + ON_ROW_EM * label.piece.size);
  return above.at(-1) ?? anchors[0];
}

/** Rows with their labels among their members; labels of rows without values make new rows. */
function placeLabels(
  anchors: readonly Anchor[],
  labels: readonly PlacedPiece[],
  alignment: LabelAlignment,
): Anchor[] {
  const byRow = new Map<Anchor, PlacedPiece[]>();
  for (const label of labels) {
    const row = targetOf(anchors, label, alignment);
    if (row) byRow.set(row, [...(byRow.get(row) ?? []), label]);
  }
  const rows: Anchor[] = [];
  for (const anchor of anchors) {
    const { own, strange } = detachStrangers(anchor, byRow.get(anchor) ?? [], alignment);
    rows.push({ ...anchor, members: [...own, ...anchor.members] }, ...strange.map(rowOfBlock));
  }
  return rows.sort((a, b) => middleY(a) - middleY(b));
}

function rowOfBlock(block: LabelBlock): Anchor {
  return { top: block.top, bottom: block.bottom, members: [...block.lines] };
}

/** Lines given to a row that unbalance a centred label, or that open a label of their own below a level one. */
function detachStrangers(
  anchor: Anchor,
  labels: readonly PlacedPiece[],
  alignment: LabelAlignment,
): { own: readonly PlacedPiece[]; strange: LabelBlock[] } {
  if (alignment === 'centred') return rebalance(labels, middleY(anchor));
  const [first, ...others] = buildBlocks(labels);
  if (!first) return { own: [], strange: [] };
  const isOpening = ({ lines }: LabelBlock): boolean =>
    numberingOf(fold(lines[0]?.piece.line.text ?? '')) !== '';
  const strange = others.filter(isOpening);
  return { own: labels.filter((label) => strange.every(({ lines }) => !lines.includes(label))), strange };
}

/** Takes lines off the heavier end of a centred label until its middle is that of the row. */
function rebalance(
  own: readonly PlacedPiece[],
  middle: number,
): { own: PlacedPiece[]; strange: LabelBlock[] } {
  const kept = own.toSorted((a, b) => a.piece.top - b.piece.top);
  const strange: PlacedPiece[] = [];
  for (;;) {
    const [first, last] = [kept[0], kept.at(-1)];
    if (!first || !last || first === last) break;
    const offset = (middleY(first.piece) + middleY(last.piece)) / 2 - middle;
    if (Math.abs(offset) < UNBALANCED_EM * first.piece.size) break;
    const removed = offset < 0 ? kept.shift() : kept.pop();
    if (removed) strange.push(removed);
  }
  return { own: kept, strange: buildBlocks(strange) };
}
