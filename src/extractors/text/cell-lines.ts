import { cellKind, isSectionTitle } from './cell-kinds.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import { joinPieces, pieceOf, type Line, type Piece } from './lines.js';
import { tabRegionEnd, tabStyle } from './tab-region.js';

const FEWEST_CELLS = 5;

/**
 * A cell a line behind a tab, a blank line behind each row (Word text as some converters leave it). A cell's text may
 * run over lines without a tab; blank lines inside an empty cell are paragraphs of a tall cell; a cell in the middle
 * of a line starts at its tab.
 */
export function readCellLines(lines: readonly Line[], from: number): DraftTable | null {
  const to = tabRegionEnd(lines, from);
  if (to === from || tabStyle(lines.slice(from, to)) !== 'cells') return null;
  const rows = new RowBuilder();
  for (let at = from; at < to; at++) {
    const line = lines[at];
    if (line !== undefined) takeLine(rows, line, restOfRegion(lines, at, to));
  }
  const done = rows.finish();
  if (done.flat().length < FEWEST_CELLS) return null;
  return { geometry: 'ordered', rows: done, confidence: CONFIDENCE.ordered, from, to, syntax: 'tab-cell' };
}

function restOfRegion(lines: readonly Line[], at: number, to: number): readonly Line[] {
  return lines.slice(at + 1, Math.min(to, at + 30));
}

function takeLine(rows: RowBuilder, line: Line, rest: readonly Line[]): void {
  const breaks = [...line.text.matchAll(/[\t\u0007]/g)].map((match) => match.index);
  const first = breaks[0];
  if (first === undefined) {
    if (line.text.trim() !== '') rows.continueCell(pieceOf(line));
    else if (!rows.isInTallCell(rest)) rows.endRow();
    return;
  }
  if (line.text.slice(0, first).trim() !== '') rows.continueCell(pieceOf(line, 0, first));
  breaks.forEach((at, index) => rows.openCell(pieceOf(line, at + 1, breaks[index + 1] ?? line.text.length)));
}

/** Gathers cells into rows as the lines come. */
class RowBuilder {
  private readonly rows: DraftCell[][] = [];
  private row: DraftCell[] = [];
  private open: Piece[] | null = null;

  openCell(piece: Piece): void {
    this.closeCell();
    this.open = [piece];
  }

  continueCell(piece: Piece): void {
    if (this.open === null) this.openCell(piece);
    else this.open.push(piece);
  }

  endRow(): void {
    this.closeCell();
    if (this.row.length > 0) this.rows.push(this.row);
    this.row = [];
  }

  /**
   * Whether a blank line stands inside the cell that is open: the cell is empty so far (or holds the values of merged
   * rows) and the next printed line has no tab, so that it can only belong to this cell.
   */
  isInTallCell(rest: readonly Line[]): boolean {
    if (this.open === null) return false;
    const next = rest.find((line) => line.text.trim() !== '' || line.text.includes('\t'));
    if (next === undefined || /[\t\u0007]/.test(next.text) || isSectionTitle(next.text)) return false;
    const soFar = joinPieces(this.open).text;
    return (
      soFar === '' ||
      (cellKind(next.text) !== 'label' && cellKind(soFar.split('\n').at(-1) ?? '') !== 'label')
    );
  }

  finish(): readonly (readonly DraftCell[])[] {
    this.endRow();
    return this.rows;
  }

  private closeCell(): void {
    if (this.open !== null) this.row.push(joinPieces(this.open));
    this.open = null;
  }
}
