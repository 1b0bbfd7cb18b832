import { displayWidth } from './lines.js';

/** A piece of text with its place on a page: from the left, from the top down, in whatever unit. */
interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Fewer lines are no page; nearly all are of one kind. */
const FEWEST_LINES = 20;
const SHARE = 0.95;
/** A piece belongs to a line where its middle lies within this share of the line's height from the line's own. */
const LINE_REACH = 0.5;
/** A piece stands at most so many characters from the left. */
const MOST_COLUMNS = 400;

/** `[[[x, y], …], ('words', 0.99)]`: a list of PaddleOCR. */
const LISTED =
  /^\[\[(\[[-\d.]+, *[-\d.]+\](?:, *\[[-\d.]+, *[-\d.]+\]){3})\], *[([](['"])(.*)\2, *[\d.]+[)\]]\],?$/;
/** `x1,y1,…,x4,y4,words`: the corners of a piece in front of it (ICDAR). */
const CORNERED = /^((?:-?\d+(?:\.\d+)?, ?){8})(.*)$/;
/** `words<tab>0.98`: how sure the recognition is, behind each piece. */
const SCORED = /^([^\t]*)\t(?:0\.[5-9]\d*|1(?:\.0+)?)$/;

/**
 * What programs for character recognition list: a piece of text a line with its corners, or with how sure it is. Pieces
 * with places are laid out as they stand on the page, by blanks; the others stand on lines of their own. Any other text
 * is given back as it is.
 */
export function textOfRecognition(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length < FEWEST_LINES) return text;
  const isMost = (found: readonly unknown[]): boolean => found.length >= lines.length * SHARE;
  const placed = lines.flatMap((line) => placedPiece(line.trim()));
  if (isMost(placed)) return layOut(placed);
  const scored = lines.flatMap((line) => SCORED.exec(line)?.[1] ?? []);
  return isMost(scored) ? scored.join('\n') : text;
}

function placedPiece(line: string): Placed[] {
  const listed = LISTED.exec(line);
  const cornered = listed ? null : CORNERED.exec(line);
  const [corners, words] = listed ? [listed[1], listed[3]] : [cornered?.[1], cornered?.[2]];
  if (corners === undefined || words === undefined) return [];
  const numbers = [...corners.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  const [across, down] = [0, 1].map((from) => numbers.filter((_, i) => i % 2 === from));
  if (!across || !down) return [];
  return [
    {
      text: words,
      left: Math.min(...across),
      right: Math.max(...across),
      top: Math.min(...down),
      bottom: Math.max(...down),
    },
  ];
}

/** Pages in print: each piece as many blanks from the left as its place says. */
function layOut(pieces: readonly Placed[]): string {
  const pitch = median(pieces.map((piece) => (piece.right - piece.left) / Math.max(1, widthOf(piece.text))));
  if (!(pitch > 0)) return pieces.map(({ text }) => text).join('\n');
  return linesOf(pieces)
    .map((line) => {
      let printed = '';
      for (const piece of line) {
        const column = Math.min(MOST_COLUMNS, Math.round(piece.left / pitch));
        const gap = printed === '' ? column : Math.max(2, column - widthOf(printed));
        printed += ' '.repeat(gap) + piece.text;
      }
      return printed;
    })
    .join('\n');
}

/** The pieces line by line; a piece far above the one before it begins another page. */
function linesOf(pieces: readonly Placed[]): Placed[][] {
  const lines: Placed[][] = [];
  let line: Placed[] = [];
  for (const piece of pieces) {
    const [first] = line;
    if (first && Math.abs(middleOf(piece) - middleOf(first)) > (first.bottom - first.top) * LINE_REACH) {
      lines.push(line);
      line = [];
    }
    line.push(piece);
  }
  return [...lines, line].map((one) => one.sort((a, b) => a.left - b.left));
}

function middleOf({ top, bottom }: Placed): number {
  return (top + bottom) / 2;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + displayWidth(character), 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
