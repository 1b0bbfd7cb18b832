import type { Cell, Table } from '../model/document.js';
import { isValueText } from '../tables/open/chunk.js';

/** What a table that was put together from print shows of how well that went; shares lie between 0 and 1. */
export interface TableSigns {
  /** No ruling lines close its cells: columns and rows were told by where text stands. */
  readonly isOpen: boolean;
  /** Open, and less than a quarter of its texts are numbers: only white space tells where a cell ends. */
  readonly isOpenText: boolean;
  /** Share of the places that hold no text, beyond the tenth that most tables have. */
  readonly blank: number;
  /** Share of the columns that hold text in less than a quarter of the rows. */
  readonly scarceColumns: number;
  /** Share of the rows without a text in the first column, beyond a fifth. */
  readonly unlabelled: number;
  /** Share of the rows with one text only. */
  readonly loneRows: number;
  /** Share of the cells that hold several values below each other, ten times, at most 1. */
  readonly stacked: number;
  /** Three rows or fewer. */
  readonly isSmall: boolean;
  /** What the search for the table left in doubt: how far its own estimate stays below 0.95. */
  readonly doubt: number;
}

/**
 * Log-odds that two neighbouring cells are neighbours in the printed table, and what each sign takes from them. Fitted by
 * logistic regression on tables with truth; docs/tables.md says on which, and how it held on others.
 */
const START = 4.85;
const WEIGHTS: Readonly<Record<keyof TableSigns, number>> = {
  isOpen: -1.24,
  isOpenText: -0.61,
  blank: -3.16,
  scarceColumns: -2.03,
  unlabelled: -2.43,
  loneRows: -1.11,
  stacked: -0.56,
  isSmall: -1.53,
  doubt: -2.66,
};

const USUALLY_FILLED = 0.9;
const USUALLY_UNLABELLED = 0.2;
const SCARCE_SHARE = 0.25;
const TEXT_SHARE = 0.25;
const STACKED_WEIGHT = 10;
const SMALL_ROWS = 3;
const SURE_SEARCH = 0.95;
/** Confidences are given in thousandths. */
const STEPS = 1000;

/**
 * Probability that neighbouring cells of a table are told right. Sources that say their cells themselves keep what the
 * extractor says; for print it is read from the result, and for what was recognised in a picture no more than that.
 */
export function tableConfidence(table: Table): number {
  const filled = table.cells.filter((cell) => cell.text.trim() !== '');
  if (filled.length === 0 || filled.some((cell) => cell.evidence.kind !== 'box')) return table.confidence;
  const odds = logOdds(readSigns(table, filled));
  const probability = Math.round(STEPS / (1 + Math.exp(-odds))) / STEPS;
  const isRecognised = filled.some((cell) => cell.confidence !== undefined);
  return isRecognised ? Math.min(probability, table.confidence) : probability;
}

/** The signs of a table from its cells with text. */
export function readSigns(table: Table, filled: readonly Cell[]): TableSigns {
  const { rowCount, columnCount } = table;
  const area = filled.reduce((sum, cell) => sum + cell.rowSpan * cell.columnSpan, 0);
  const starts = countBy(filled.map((cell) => cell.columnIndex));
  const inRow = countBy(filled.map((cell) => cell.rowIndex));
  const labelled = new Set(filled.filter((cell) => cell.columnIndex === 0).flatMap(rowsOf));
  const values = filled.filter((cell) => isValueText(cell.text)).length;
  const stacked = filled.filter((cell) => cell.text.split('\n').filter(isValueText).length > 1).length;
  const isOpen = table.geometry !== 'exact';
  const scarce = Array.from({ length: columnCount }).filter(
    (_, column) => (starts.get(column) ?? 0) < SCARCE_SHARE * rowCount,
  ).length;
  return {
    isOpen,
    isOpenText: isOpen && values < TEXT_SHARE * filled.length,
    blank: Math.max(0, USUALLY_FILLED - area / (rowCount * columnCount)),
    scarceColumns: scarce / columnCount,
    unlabelled: Math.max(0, 1 - labelled.size / rowCount - USUALLY_UNLABELLED),
    loneRows: [...inRow.values()].filter((count) => count === 1).length / inRow.size,
    stacked: Math.min(1, (STACKED_WEIGHT * stacked) / filled.length),
    isSmall: rowCount <= SMALL_ROWS,
    doubt: Math.max(0, SURE_SEARCH - table.confidence),
  };
}

function logOdds(signs: TableSigns): number {
  const names = Object.keys(WEIGHTS) as (keyof TableSigns)[];
  return names.reduce((sum, name) => sum + WEIGHTS[name] * Number(signs[name]), START);
}

function rowsOf(cell: Cell): number[] {
  return Array.from({ length: cell.rowSpan }, (_, i) => cell.rowIndex + i);
}

function countBy(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
