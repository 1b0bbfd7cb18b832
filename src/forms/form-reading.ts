import type { Geometry } from '../model/document.js';
import type { FormId } from '../model/record.js';
import type { Slot } from './slot.js';
import type { FormDefinition, TableId } from './form.js';

/**
 * How a column was found: under its printed head; by counting, since a row has just as many cells as the form has
 * columns; by choice of the identities among several placings; or as a guess where nothing decides.
 */
export type ColumnBasis = 'head' | 'count' | 'identity' | 'guess';

/** What was found for one field, and what speaks for it. */
export interface FieldReading {
  readonly key: string;
  /** The printed cell, or null where none was found. */
  readonly slot: Slot | null;
  /** Printed head of its column, for units such as （单位：元）. */
  readonly head: string | null;
  /** Whether a report of this form may leave the field out, as its other rows stand. */
  readonly dispensable: boolean;
  readonly signals: Signals;
}

export interface Signals {
  readonly geometry: Geometry;
  /** Similarity of the row's label, 0 to 1; 0 where it is lost. */
  readonly label: number;
  /** Distance to the row that its label fits second best. */
  readonly margin: number;
  readonly basis: ColumnBasis;
  /** Confidence of the table's reconstruction. */
  readonly table: number;
  /** Share of the form table's data rows that were found, less where plainly named rows were left over. */
  readonly coverage: number;
  /** Cells of the row that found no column, or columns that found no cell. */
  readonly unplaced: number;
  /** Whether another reading, a row or a column off, explains the print as well and keeps the sums: they decide nothing. */
  readonly isRivalled: boolean;
}

/** Everything read of one table of the form. */
export interface TableReading {
  readonly table: TableId;
  readonly fields: readonly FieldReading[];
  /** Higher is better; comparable between forms and readings of the same document. */
  readonly score: number;
  readonly coverage: number;
  /** Whether the document prints the table once more, as a second report would; that copy was left out. */
  readonly hasSecondCopy: boolean;
  /** Its heads name other columns than the form's, or in another order than its numbers were taken in. */
  readonly hasOtherHeads: boolean;
  /** Which printed row was taken for which row of the form, in printed order; for inspection. */
  readonly rows: readonly MatchedRow[];
}

export interface MatchedRow {
  readonly key: string;
  readonly label: number;
  readonly margin: number;
  readonly printed: readonly string[];
}

export interface FormReading {
  readonly form: FormDefinition;
  readonly confidence: number;
  readonly tables: readonly TableReading[];
  /** The form that explains the tables second best, where one comes near; null where the choice is certain without it. */
  readonly runnerUp: FormId | null;
}
