import type { Geometry } from '../../model/document.js';
import type { Line, Piece } from './lines.js';

/** A cell on its way into a table: without `place` it stands behind the cell before it in its row. */
export interface DraftCell extends Piece {
  readonly place?: { readonly column: number; readonly rowSpan: number; readonly columnSpan: number };
}

/** A table as one reader saw it, with the lines it took: `from` to `to`, end exclusive. */
export interface DraftTable {
  readonly geometry: Geometry;
  readonly rows: readonly (readonly DraftCell[])[];
  /** How sure the reader is of rows and columns, 0 to 1. */
  readonly confidence: number;
  readonly from: number;
  readonly to: number;
  /** What the lines looked like; two drafts of one syntax may be pieces of one table. */
  readonly syntax: Syntax;
}

export type Syntax =
  | 'markup'
  | 'wiki'
  | 'grid'
  | 'pipe'
  | 'cell-pipe'
  | 'rule'
  | 'tab-row'
  | 'tab-cell'
  | 'delimited'
  | 'json'
  | 'list'
  | 'layout'
  | 'words'
  | 'stream';

/** Looks at `lines[from]` and reads the table that starts there, or says null. Never looks at lines before `from`. */
export type TableReader = (lines: readonly Line[], from: number) => DraftTable | null;

/** How sure each kind of geometry leaves us when nothing else is known. */
export const CONFIDENCE: Readonly<Record<Geometry, number>> = {
  exact: 0.97,
  aligned: 0.8,
  ordered: 0.7,
  stream: 0.5,
};
