import type { GrayImage, InkMap } from './raster.js';

/** Ink of so few square inches in one piece is a fault of the scan: the point of a number has thrice as much. */
const LARGEST_SPECK = 0.00005;
const PAPER = 255;

/** Takes single specks out of the ink and paints them over in the image; `inch` in pixels. */
export function dropSpecks(gray: GrayImage, ink: InkMap, inch: number): { gray: GrayImage; ink: InkMap } {
  const largest = Math.max(1, Math.floor(LARGEST_SPECK * inch * inch));
  const cleanInk = { ...ink, data: ink.data.slice() };
  const cleanGray = { ...gray, data: gray.data.slice() };
  for (let i = 0; i < ink.data.length; i++) {
    if (cleanInk.data[i] !== 1) continue;
    const piece = collectPiece(ink, i, largest + 1);
    if (piece.length > largest) continue;
    for (const at of piece) {
      cleanInk.data[at] = 0;
      cleanGray.data[at] = PAPER;
    }
  }
  return { gray: cleanGray, ink: cleanInk };
}

/** Places of ink that hang together with `start`, corners included; gives up at `most`. */
function collectPiece(ink: InkMap, start: number, most: number): number[] {
  const { width, height, data } = ink;
  const piece = [start];
  for (const at of piece) {
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column;
        if (data[next] !== 1 || piece.includes(next)) continue;
        piece.push(next);
        if (piece.length >= most) return piece;
      }
    }
  }
  return piece;
}
