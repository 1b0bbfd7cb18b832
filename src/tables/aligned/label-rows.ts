import { fold, numberingOf } from '../../text/fold.js';
import { type Anchor, nearestAnchor, type PlacedPiece } from './infer-rows.js';
import { median, middleY } from './piece.js';

/** White space of more than this (em) between two lines of labels parts two rows, … */
const ROW_GAP_EM = 0.9;
/** … and of more than this share of the usual space above numbered labels: paragraphs in a cell have space between them. */
const ROW_GAP_SHARE = 0.75;
/** A row's values stand at most this far (em) outside the lines of its label. */
const REACH_EM = 0.5;

/** Narrow columns break 「（七）总计」 behind its bracket. */
const OPENING_BRACKET = /[（(]\s*$/;

/** Rows whose labels are certain, and what is left for guessing. */
export interface LabelRows {
  readonly rows: readonly Anchor[];
  readonly openAnchors: readonly Anchor[];
  readonly openLabels: readonly PlacedPiece[];
}

/**
 * Rows that the labels themselves tell, by white space or numbering: the values of one row stand beside a label, and no
 * other ones do. Labels far from open rows are rows without values. Everything else stays open.
 */
export function rowsOfLabels(anchors: readonly Anchor[], labels: readonly PlacedPiece[]): LabelRows {
  if (areBeside(labels)) return { rows: [], openAnchors: anchors, openLabels: labels };
  const besides = chooseBlocks(anchors, labels);
  const blocks = [...besides.keys()];
  const rows: Anchor[] = [];
  const owned = new Set<Anchor>();
  for (const [block, [anchor, second]] of besides) {
    if (!anchor || second) continue;
    rows.push({ ...anchor, members: [...block.members, ...anchor.members] });
    owned.add(anchor);
  }
  const isAlone = (block: Anchor): boolean => {
    const nearest = nearestAnchor(anchors, middleY(block));
    return besides.get(block)?.length === 0 && nearest !== undefined && owned.has(nearest);
  };
  const isOpen = (block: Anchor): boolean => besides.get(block)?.length !== 1 && !isAlone(block);
  return {
    rows: [...rows, ...blocks.filter(isAlone)],
    openAnchors: anchors.filter((anchor) => !owned.has(anchor)),
    openLabels: blocks.filter(isOpen).flatMap((block) => block.members),
  };
}

/** Blocks of lines, one a label, with the rows that stand beside them. */
type Besides = ReadonlyMap<Anchor, readonly Anchor[]>;

/** Lines set far apart have no more space between two labels than inside one: then their numbers alone tell them apart. */
function chooseBlocks(anchors: readonly Anchor[], labels: readonly PlacedPiece[]): Besides {
  const bySpace = besidesOf(anchors, splitLabels(labels, limitOf(labels)));
  if (shareOfSingle(bySpace) === 1) return bySpace;
  const byNumber = besidesOf(anchors, splitLabels(labels, Infinity));
  return shareOfSingle(byNumber) > shareOfSingle(bySpace) ? byNumber : bySpace;
}

function besidesOf(anchors: readonly Anchor[], blocks: readonly Anchor[]): Besides {
  const besides = new Map(blocks.map((block) => [block, [] as Anchor[]]));
  for (const anchor of anchors) {
    const block = blockBeside(anchor, blocks);
    if (block) besides.get(block)?.push(anchor);
  }
  return besides;
}

/** Share of labels that have one row beside them. */
function shareOfSingle(besides: Besides): number {
  const counts = [...besides.values()].map(({ length }) => length);
  return counts.filter((count) => count === 1).length / Math.max(1, counts.length);
}

/** True where labels of groups stand in the column of the rows' labels: which is whose is not told by their order. */
function areBeside(labels: readonly PlacedPiece[]): boolean {
  const byTop = labels.toSorted((a, b) => a.piece.top - b.piece.top);
  return byTop.some(({ piece }, i) => {
    const next = byTop[i + 1]?.piece;
    return (
      next !== undefined &&
      next.top < piece.bottom &&
      Math.abs(middleY(next) - middleY(piece)) < piece.size / 2
    );
  });
}

/** Lines of labels cut where one opens with a number of its own, and at white space above `limit` (em); a label may go on overleaf. */
function splitLabels(labels: readonly PlacedPiece[], limit: number): Anchor[] {
  const lines = inOrder(labels);
  const opens = lines.map((label, i) => opensLabel(label, lines[i - 1]));
  const gaps = lines.map((label, i) => gapAbove(label, lines[i - 1]));
  const blocks: Anchor[] = [];
  for (const [i, label] of lines.entries()) {
    const { piece } = label;
    const block = blocks.at(-1);
    if (block && !opens[i] && (gaps[i] ?? 0) <= limit) {
      block.members.push(label);
      block.bottom = Math.max(block.bottom, piece.bottom);
    } else {
      blocks.push({ top: piece.top, bottom: piece.bottom, members: [label] });
    }
  }
  return blocks;
}

function inOrder(labels: readonly PlacedPiece[]): PlacedPiece[] {
  return labels.toSorted((a, b) => a.piece.top - b.piece.top || a.piece.left - b.piece.left);
}

/** White space (em) above a line that makes it the first of its label. */
function limitOf(labels: readonly PlacedPiece[]): number {
  const lines = inOrder(labels);
  const aboveNumbers = lines.flatMap((label, i) => {
    const gap = gapAbove(label, lines[i - 1]);
    return gap !== null && opensLabel(label, lines[i - 1]) ? [gap] : [];
  });
  return Math.max(ROW_GAP_EM, ROW_GAP_SHARE * median(aboveNumbers));
}

function opensLabel({ piece }: PlacedPiece, before: PlacedPiece | undefined): boolean {
  if (numberingOf(fold(piece.line.text)) === '') return false;
  return !before || !OPENING_BRACKET.test(before.piece.line.text);
}

/** White space above a line (em), null at the top of a page. */
function gapAbove({ piece }: PlacedPiece, before: PlacedPiece | undefined): number | null {
  if (!before || before.piece.pageNumber !== piece.pageNumber) return null;
  return (piece.top - before.piece.bottom) / piece.size;
}

function blockBeside(anchor: Anchor, blocks: readonly Anchor[]): Anchor | undefined {
  const y = middleY(anchor);
  const beside = blocks.filter(({ top, bottom, members }) => {
    const reach = REACH_EM * (members[0]?.piece.size ?? 0);
    return y > top - reach && y < bottom + reach;
  });
  return beside.sort((a, b) => Math.abs(middleY(a) - y) - Math.abs(middleY(b) - y))[0];
}
