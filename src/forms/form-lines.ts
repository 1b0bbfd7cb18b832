import type { DownTable, FormBlock, FormRow } from './form.js';
import { onceEach } from '../text/once-each.js';

/** A row of the form with the block whose columns it uses. */
export interface FormLine {
  readonly row: FormRow;
  readonly block: FormBlock;
}

/** All rows of a `down` table in printed order; always the same list for the same table. */
export const formLines = onceEach((table: DownTable): readonly FormLine[] =>
  table.blocks.flatMap((block) => block.rows.map((row) => ({ row, block }))),
);
