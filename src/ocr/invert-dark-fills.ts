import { pixelsPerInch, type GrayImage } from './raster.js';

/** Lengths in inches on a page taken for A4; brightness as a share of the paper's. */
export const FILL_SETTINGS = {
  /** Side of the squares that fills are made of. */
  square: 0.03,
  /** Pixels darker than this count as dark; a square is dark where most of the squares so far around it are. */
  dark: 0.6,
  neighbours: 2,
  darkShare: 0.5,
  /** Light squares between dark ones are dense print: so many squares and fewer are closed. */
  closed: 2,
  /** Smaller pieces are heavy print, and larger ones with a smaller share of squares that are dark all over. */
  leastHeight: 0.12,
  leastWidth: 0.5,
  leastSolid: 0.35,
  solid: 0.95,
  /** Print darker than this share of the fill stays dark: lines around cells. */
  darkPrint: 0.5,
  /** What is this much lighter than the fill, as a share of what white is, is no longer its rim. */
  rimTint: 0.35,
} as const;

/** The paper is as bright as this share of all pixels are darker than. */
const PAPER_RANK = 0.75;
const WHITE = 255;

/** Marks of squares, row by row. */
interface Squares {
  readonly across: number;
  readonly down: number;
  readonly marks: Uint8Array;
}

/**
 * The page with light print on dark fills (white on blue heads of tables) turned into dark print on paper. Comes back as
 * it is where there are no such fills.
 */
export function invertDarkFills(gray: GrayImage): GrayImage {
  const inch = pixelsPerInch(gray);
  const side = Math.max(2, Math.round(FILL_SETTINGS.square * inch));
  const shares = darkShares(gray, side, FILL_SETTINGS.dark * paperOf(gray));
  const around = meansAround(shares, FILL_SETTINGS.neighbours);
  const marks = Uint8Array.from(around.values, (share) => Number(share > FILL_SETTINGS.darkShare));
  if (!marks.includes(1)) return gray;
  const fills = piecesOf(closed({ ...shares, marks }, FILL_SETTINGS.closed)).filter(
    (piece) => isLarge(piece, shares.across, inch / side) && isSolid(piece, shares),
  );
  if (fills.length === 0) return gray;
  const data = gray.data.slice();
  for (const fill of fills) invert({ ...gray, data }, fill, shares.across, side);
  return { ...gray, data };
}

interface Shares {
  readonly across: number;
  readonly down: number;
  readonly values: Float32Array;
}

/** The share of dark pixels in each square. */
function darkShares({ width, height, data }: GrayImage, side: number, limit: number): Shares {
  const [across, down] = [Math.ceil(width / side), Math.ceil(height / side)];
  const values = new Float32Array(across * down);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * across;
    for (let square = 0; square < across; square++) {
      const end = y * width + Math.min(width, (square + 1) * side);
      let count = 0;
      for (let i = y * width + square * side; i < end; i++) if ((data[i] ?? WHITE) < limit) count++;
      values[row + square] = (values[row + square] ?? 0) + count;
    }
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / (side * side);
  return { across, down, values };
}

/** The mean of each square and those within `reach` on all sides. */
function meansAround({ across, down, values }: Shares, reach: number): Shares {
  const means = new Float32Array(values.length);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - reach); row <= Math.min(down - 1, y + reach); row++) {
        for (let column = Math.max(0, x - reach); column <= Math.min(across - 1, x + reach); column++) {
          sum += values[row * across + column] ?? 0;
          count++;
        }
      }
      means[y * across + x] = sum / count;
    }
  }
  return { across, down, values: means };
}

function paperOf({ data }: GrayImage): number {
  const counts = new Uint32Array(WHITE + 1);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  return rankOf(counts, PAPER_RANK * data.length);
}

/** The value that so many are darker than. */
function rankOf(counts: Uint32Array, rank: number): number {
  let seen = 0;
  return Math.max(
    0,
    counts.findIndex((count) => (seen += count) > rank),
  );
}

/** Gaps of at most `most` squares between marks in a row or in a column are marked too. */
function closed({ across, down, marks }: Squares, most: number): Squares {
  const all = marks.slice();
  const close = (start: number, step: number, count: number): void => {
    let last = -1;
    for (let k = 0; k < count; k++) {
      if (marks[start + k * step] !== 1) continue;
      if (last >= 0 && k - last <= most + 1) for (let j = last + 1; j < k; j++) all[start + j * step] = 1;
      last = k;
    }
  };
  for (let y = 0; y < down; y++) close(y * across, 1, across);
  for (let x = 0; x < across; x++) close(x, across, down);
  return { across, down, marks: all };
}

/** Squares that hang together side by side. */
function piecesOf({ across, down, marks }: Squares): number[][] {
  const left = marks.slice();
  const pieces: number[][] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    left[start] = 0;
    const piece = [start];
    for (const at of piece) {
      const x = at % across;
      const next = [x > 0 ? at - 1 : at, x + 1 < across ? at + 1 : at, at - across, at + across];
      for (const one of next) {
        if (one < 0 || one >= across * down || left[one] !== 1) continue;
        left[one] = 0;
        piece.push(one);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function isLarge(piece: readonly number[], across: number, inch: number): boolean {
  const extent = (places: readonly number[]): number => {
    const sorted = places.toSorted((a, b) => a - b);
    return ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1) / inch;
  };
  const [width, height] = [
    extent(piece.map((at) => at % across)),
    extent(piece.map((at) => Math.floor(at / across))),
  ];
  return width >= FILL_SETTINGS.leastWidth && height >= FILL_SETTINGS.leastHeight;
}

function isSolid(piece: readonly number[], { values }: Shares): boolean {
  const solid = piece.filter((at) => (values[at] ?? 0) >= FILL_SETTINGS.solid).length;
  return solid >= FILL_SETTINGS.leastSolid * piece.length;
}

/**
 * Makes the fill of these squares white and print that is lighter dark, in place. The rim of the fill, which reaches into
 * squares beside these, becomes white as well but for its outermost pixels: where a fill ends, a cell does.
 */
function invert(gray: GrayImage, fill: readonly number[], across: number, side: number): void {
  const { width, data } = gray;
  const counts = new Uint32Array(WHITE + 1);
  eachPixel(gray, fill, across, side, (i) => {
    const value = data[i] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ground = rankOf(counts, total / 2);
  const darkest = FILL_SETTINGS.darkPrint * ground;
  const lightest = ground + FILL_SETTINGS.rimTint * (WHITE - ground);
  const table = Uint8Array.from({ length: WHITE + 1 }, (_, value) => {
    if (value > ground) return (WHITE * (WHITE - value)) / (WHITE - ground);
    return value >= darkest ? WHITE : (WHITE * value) / darkest;
  });
  const rim: number[] = [];
  eachPixel(gray, rimOf(fill, across), across, side, (i) => {
    const value = data[i] ?? 0;
    if (value >= darkest && value <= lightest) rim.push(i);
  });
  const ends = rim.filter((i) =>
    [i - width, i - 1, i + 1, i + width].some((at) => (data[at] ?? 0) > lightest),
  );
  eachPixel(gray, fill, across, side, (i) => {
    data[i] = table[data[i] ?? 0] ?? WHITE;
  });
  for (const i of rim) data[i] = WHITE;
  for (const i of ends) data[i] = 0;
}

/** Squares up to two beside these. */
function rimOf(fill: readonly number[], across: number): number[] {
  const inside = new Set(fill);
  const steps = [-2, -1, 0, 1, 2];
  const near = steps.flatMap((down) => steps.map((right) => down * across + right));
  const rim = new Set(fill.flatMap((at) => near.map((step) => at + step)));
  return [...rim].filter((at) => at >= 0 && !inside.has(at));
}

function eachPixel(
  { width, height }: GrayImage,
  squares: readonly number[],
  across: number,
  side: number,
  visit: (i: number) => void,
): void {
  for (const square of squares) {
    const [left, top] = [(square % across) * side, Math.floor(square / across) * side];
    for (let y = top; y < Math.min(height, top + side); y++) {
      for (let x = left; x < Math.min(width, left + side); x++) visit(y * width + x);
    }
  }
}
