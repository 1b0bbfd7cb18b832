import type { PixelLine } from './find-ruling-lines.js';
import type { InkMap } from './raster.js';

/** Lengths in inches on a page taken for A4. */
const BESIDE_SETTINGS = {
  /** Print beside a line is looked for at this distance from its edge (at least so many pixels), over this width. */
  clearance: 0.008,
  leastClearance: 1.5,
  width: 0.022,
  /** How far (pixels) from its mean place a line may lie. */
  drift: 2,
} as const;

/** Shares of a line's length: with ink on it, with ink close by on one side, on the other, and on both at once. */
export interface PrintBeside {
  readonly on: number;
  readonly before: number;
  readonly behind: number;
  readonly both: number;
}

/** Tells the print on and beside a line, which runs along the rows of `ink`; `inch` in pixels. */
export function printBeside(ink: InkMap, line: PixelLine, inch: number): PrintBeside {
  const at = (x: number, y: number): number => ink.data[Math.round(y) * ink.width + x] ?? 0;
  const near =
    line.thickness / 2 + Math.max(BESIDE_SETTINGS.leastClearance, BESIDE_SETTINGS.clearance * inch);
  const far = near + BESIDE_SETTINGS.width * inch;
  const counts = { on: 0, before: 0, behind: 0, both: 0 };
  for (let x = Math.round(line.from); x < line.to; x++) {
    let [on, before, behind] = [0, 0, 0];
    for (let distance = near; distance <= far; distance++) {
      before |= at(x, line.at - distance);
      behind |= at(x, line.at + distance);
    }
    for (let k = -BESIDE_SETTINGS.drift; k <= BESIDE_SETTINGS.drift; k++) on |= at(x, line.at + k);
    counts.on += on;
    counts.before += before;
    counts.behind += behind;
    counts.both += before & behind;
  }
  const length = Math.max(1, line.to - line.from);
  return {
    on: counts.on / length,
    before: counts.before / length,
    behind: counts.behind / length,
    both: counts.both / length,
  };
}
