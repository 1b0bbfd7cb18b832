import { buildAlignedTable } from './aligned/find-aligned-tables.js';
import { isValue, type PieceLine, toPieceLine } from './aligned/piece.js';
import type { PageCell, PageTable } from './page-table.js';
import type { StitchedTable } from './stitch-pages.js';
import { buildLines } from './text-line.js';

/** A ruled table needs another look where at least this share of its filled cells hold what looks like several cells. */
const CROWDED_SHARE = 0.25;
/** Pieces further apart than this (em) stand in two columns. */
const COLUMN_GAP_EM = 1.3;
/** So many values below each other stand in as many rows. */
const STACKED_VALUES = 3;

/**
 * Some tables rule only a frame, their head or every other border. Where many cells hold several columns or rows of
 * text, the text's own alignment is read instead; null where the ruling lines say it all or alignment says less.
 */
export function refineRuledTable(table: PageTable): StitchedTable | null {
  const filled = table.cells.filter((cell) => cell.lines.length > 0);
  if (filled.filter(isCrowded).length < CROWDED_SHARE * filled.length) return null;
  const glyphs = filled.flatMap((cell) => cell.lines.flatMap((line) => line.glyphs));
  const lines = buildLines(glyphs)
    .filter((line) => line.turn === 0)
    .map((line) => toPieceLine(line, table.pageNumber, 0));
  const aligned = buildAlignedTable(lines);
  if (!aligned || countFilled(aligned) <= filled.length) return null;
  return aligned;
}

function countFilled(table: StitchedTable): number {
  return table.cells.filter((cell) => cell.lines.length > 0).length;
}

function isCrowded(cell: PageCell): boolean {
  const lines = cell.lines.map((line) => toPieceLine(line, 0, 0));
  const values = lines.filter((line) => line.pieces.every(isValue)).length;
  return lines.some(isSpread) || values >= STACKED_VALUES;
}

function isSpread(line: PieceLine): boolean {
  return line.pieces.some((piece, i) => {
    const next = line.pieces[i + 1];
    return next !== undefined && next.left - piece.right > COLUMN_GAP_EM * line.size;
  });
}
