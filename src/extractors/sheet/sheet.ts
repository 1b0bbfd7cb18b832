import type { Diagnostic } from '../../model/diagnostic.js';

/** One sheet as stored: texts by row and column (both from 0), which cells are merged, and what is not shown. */
export interface Sheet {
  readonly name: string;
  readonly cells: readonly SheetCell[];
  readonly merges: readonly Range[];
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
}

export interface SheetCell {
  readonly row: number;
  readonly column: number;
  /** As shown, in full; empty where the cell is there and blank. */
  readonly text: string;
}

/** Rows and columns from 0, both ends inclusive. */
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The visible sheets in their order, and what was left out. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Sheets beyond these are not read (TRUNCATED_READ); no report has as many. */
export const MOST_SHEETS = 50;
/** A sheet with more texts than this is refused with SOURCE_TOO_LARGE. */
export const MOST_CELLS = 200_000;
/** Merged ranges of one sheet beyond these are not read; no form has as many. */
export const MOST_MERGES = 5_000;
/** Excel's own bounds (ECMA-376 part 1, 18.3.1.73 and 18.3.1.13); places beyond them are damage. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;

/** Tells that hidden sheets were left out. */
export function hiddenSheets(count: number): Diagnostic {
  return { code: 'HIDDEN_TEXT_SKIPPED', message: `${count} hidden sheets were left out` };
}

/** Tells that there are more sheets than are read. */
export function tooManySheets(count: number): Diagnostic {
  return { code: 'TRUNCATED_READ', message: `read ${MOST_SHEETS} of ${count} sheets` };
}
