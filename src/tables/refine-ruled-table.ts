import { buildAlignedTable } from './aligned/find-aligned-tables.js';
import { buildRowBands } from './aligned/build-row-bands.js';
import { isValue, median, type PieceLine, toFinePieceLine, toPieceLine } from './aligned/piece.js';
import { groupRuns, middleOf } from './group-runs.js';
import { compareCells, type PageCell, type PageTable } from './page-table.js';
import { startTable, type StitchedTable } from './stitch-pages.js';
import { buildLines } from './text-line.js';

/** A ruled table needs another look where at least this share of its filled cells hold what looks like several cells. */
const CROWDED_SHARE = 0.25;
/** Pieces further apart than this (em) stand in two columns. */
const COLUMN_GAP_EM = 1.3;
/** A cell over several columns is parted where a line in it has at least so many pieces. */
const FEWEST_PIECES = 3;
/** Text may reach over a border by this much (points). */
const BORDER_SLACK = 1.5;
/** From so many rows on, the lines between them are those of the table's rows. */
const FEWEST_BANDS = 3;
/** So many values below each other stand in as many rows. */
const STACKED_VALUES = 3;
/** Lines of a list are at most this much further apart than those of the label beside it, which has so many times more. */
const LIST = { pitches: 1.25, labelShare: 1.3 } as const;
/** One character, a bracket or sign at its side, or a number in front of a label. */
const LONE_CHARACTER = /^(?:.|[（(“"].|.[）)”"、，：:]|\d{1,2}[.．、]?)$/u;

/**
 * Some tables rule only a frame, their head or every other border. Where many cells hold several columns or rows of
 * text, the text's own alignment is read instead; null where the ruling lines say it all or alignment says less.
 */
export function refineRuledTable(drawn: PageTable): StitchedTable | null {
  const table = splitAlongColumns(drawn);
  const filled = table.cells.filter((cell) => cell.lines.length > 0);
  const isSplit = table.cells.length > drawn.cells.length;
  if (filled.filter(isCrowded).length < CROWDED_SHARE * filled.length)
    return isSplit ? startTable(table) : null;
  if (rowsOf(filled).some(holdsLists)) return isSplit ? startTable(table) : null;
  const glyphs = filled.flatMap((cell) => cell.lines.flatMap((line) => line.glyphs));
  const lines = buildLines(glyphs).filter((line) => line.turn === 0);
  const fine = lines.map((line) => toFinePieceLine(line, table.pageNumber, 0));
  const banded = table.rows.length > FEWEST_BANDS ? buildRowBands(table, fine) : null;
  if (banded) return startTable(banded);
  const aligned =
    buildAlignedTable(fine) ?? buildAlignedTable(lines.map((line) => toPieceLine(line, table.pageNumber, 0)));
  if (!aligned || countFilled(aligned) <= filled.length) return isSplit ? startTable(table) : null;
  return aligned;
}

/** Rows below a head with column borders may lack them: their text is parted by the head's borders where it fits. */
function splitAlongColumns(table: PageTable): PageTable {
  const cells = table.cells.flatMap((cell) => splitCell(cell, table.columns) ?? [cell]);
  return cells.length === table.cells.length ? table : { ...table, cells: cells.sort(compareCells) };
}

function splitCell(cell: PageCell, columns: readonly number[]): PageCell[] | null {
  if (cell.columnSpan < FEWEST_PIECES) return null;
  if (cell.lines.every((line) => toPieceLine(line, 0, 0).pieces.length < FEWEST_PIECES)) return null;
  const slots = Array.from({ length: cell.columnSpan }, (_, i) => ({
    columnIndex: cell.columnIndex + i,
    left: columns[cell.columnIndex + i] ?? 0,
    right: columns[cell.columnIndex + i + 1] ?? 0,
  }));
  const words = cell.lines.flatMap((line) => groupRuns(line.glyphs));
  const isCut = words.some((word) => {
    const { x } = middleOf(word);
    const slot = slots.find((one) => x >= one.left && x < one.right);
    const [first, last] = [word[0], word.at(-1)];
    return (
      !slot ||
      !first ||
      !last ||
      first.box.left < slot.left - BORDER_SLACK ||
      last.box.right > slot.right + BORDER_SLACK
    );
  });
  if (isCut) return null;
  return slots.map(({ columnIndex, left, right }) => {
    const glyphs = words.filter((word) => middleOf(word).x >= left && middleOf(word).x < right).flat();
    return {
      ...cell,
      columnIndex,
      columnSpan: 1,
      lines: buildLines(glyphs),
      box: { ...cell.box, left, right },
    };
  });
}

/** The filled cells of each drawn row. */
function rowsOf(filled: readonly PageCell[]): PageCell[][] {
  const rows = new Map<number, PageCell[]>();
  for (const cell of filled) {
    const row = rows.get(cell.rowIndex);
    if (row) row.push(cell);
    else rows.set(cell.rowIndex, [cell]);
  }
  return [...rows.values()];
}

/**
 * Values set line by line in one row beside a label that wraps over more lines than they are: they are lists, told by
 * their order, and which line of a label a value happens to stand beside says nothing.
 */
function holdsLists(row: readonly PageCell[]): boolean {
  const lists = row.filter(isList);
  const labels = row.filter((cell) => !isList(cell) && cell.lines.length > STACKED_VALUES);
  if (lists.length === 0) return false;
  const values = levelsOf(lists);
  return labels.some((label) => {
    const pitch = median(gapsOf(levelsOf([label])));
    const isDense = gapsOf(values).every((gap) => gap <= LIST.pitches * pitch);
    return isDense && label.lines.length >= LIST.labelShare * values.length;
  });
}

function isList({ lines }: PageCell): boolean {
  return (
    lines.length >= STACKED_VALUES && lines.every((line) => toPieceLine(line, 0, 0).pieces.every(isValue))
  );
}

/** The heights of the lines of some cells; lines that stand level count once. */
function levelsOf(cells: readonly PageCell[]): number[] {
  const lines = cells.flatMap((cell) => cell.lines).sort((a, b) => a.box.bottom - b.box.bottom);
  return lines
    .filter((line, i) => i === 0 || line.box.bottom - (lines[i - 1]?.box.bottom ?? 0) > line.size / 2)
    .map((line) => line.box.bottom);
}

function gapsOf(levels: readonly number[]): number[] {
  return levels.slice(1).map((level, i) => level - (levels[i] ?? 0));
}

function countFilled(table: StitchedTable): number {
  return table.cells.filter((cell) => cell.lines.length > 0).length;
}

function isCrowded(cell: PageCell): boolean {
  const lines = cell.lines.map((line) => toPieceLine(line, 0, 0));
  if (lines.some(isSpread)) return true;
  if (lines.length < STACKED_VALUES) return false;
  return lines.filter((line) => line.pieces.every(isValue)).length >= STACKED_VALUES;
}

function isSpread(line: PieceLine): boolean {
  if (isJustified(line)) return false;
  return line.pieces.some((piece, i) => {
    const next = line.pieces[i + 1];
    return next !== undefined && next.left - piece.right > COLUMN_GAP_EM * line.size;
  });
}

/** Text set wide to fill its cell stands character by character: that is no row of cells. */
function isJustified({ pieces }: PieceLine): boolean {
  const isLone = (text: string): boolean => LONE_CHARACTER.test(text.trim());
  const values = pieces.filter(isValue).length;
  return pieces.length > 1 && 2 * values < pieces.length && pieces.every(({ line }) => isLone(line.text));
}
