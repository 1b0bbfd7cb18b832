import { parseCell } from '../../text/parse-number.js';
import { flowText, type Flow, type FlowCell, type FlowTable } from './flow.js';

/** A cell with so much text, in several pieces, holds an article and not a datum. */
const ARTICLE_CHARACTERS = 300;
const ARTICLE_PIECES = 3;
/** That cell then holds at least this share of the whole table's text. */
const ARTICLE_SHARE = 0.6;
/** A table with so many numbers beside its largest cell holds data, whatever else stands in it. */
const DATA_NUMBERS = 6;

/**
 * True for tables that only arrange other content: one cell a row and hardly a number among them, or one cell that holds
 * nearly all text.
 */
export function isLayoutTable(table: FlowTable): boolean {
  if (table.isLayout === true) return true;
  const rows = table.rows.map((row) => row.cells.filter((cell) => cell.isGap !== true));
  const cells = rows.flat();
  if (rows.every((row) => row.length <= 1) && cells.filter(isNumber).length < DATA_NUMBERS) return true;
  const sizes = cells.map((cell) => flowText(cell.content).length);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const main = cells[sizes.indexOf(largest)];
  if (!main || !isArticle(main)) return false;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const others = cells.filter((cell) => cell !== main);
  return largest >= total * ARTICLE_SHARE && others.filter(isNumber).length < DATA_NUMBERS;
}

function isArticle(cell: FlowCell): boolean {
  return flowText(cell.content).length >= ARTICLE_CHARACTERS && countPieces(cell.content) >= ARTICLE_PIECES;
}

function countPieces(content: readonly Flow[]): number {
  return content.reduce((sum, item) => sum + (item.kind === 'text' ? 1 : ARTICLE_PIECES), 0);
}

function isNumber(cell: FlowCell): boolean {
  return parseCell(flowText(cell.content)).kind === 'number';
}
