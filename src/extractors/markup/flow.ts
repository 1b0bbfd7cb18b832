import type { TextBlock } from '../../model/document.js';

/**
 * What a marked-up source holds, in reading order, before it is a Document: lines of text and tables whose cells hold
 * such lines and tables again. HTML, DOCX and ODT are all read into this shape first.
 */
export type Flow = FlowText | FlowTable;

/** One line or paragraph; `text` holds no line break and is never empty. */
export interface FlowText {
  readonly kind: 'text';
  readonly role: TextBlock['kind'];
  region: TextBlock['region'];
  readonly text: string;
}

export interface FlowTable {
  readonly kind: 'table';
  /** True where the source is known to use the table for arranging other content only. */
  isLayout?: boolean;
  region: TextBlock['region'];
  readonly rows: readonly FlowRow[];
  /** Its cells are known in the order of their rows only: their columns mean nothing. */
  readonly isOrdered?: boolean;
}

export interface FlowRow {
  readonly cells: readonly FlowCell[];
}

/** A cell as the source states it: spans may be wrong. A gap takes up columns without being a cell. */
export interface FlowCell {
  readonly content: readonly Flow[];
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly isGap?: boolean;
  /** Probability that its text is what is printed, where it was read from a picture. */
  readonly confidence?: number;
}

/** The lines of a cell, nested tables included cell by cell, joined by line breaks. */
export function flowText(content: readonly Flow[]): string {
  return content
    .map((item) =>
      item.kind === 'text'
        ? item.text
        : item.rows
            .flatMap((row) => row.cells.map((cell) => flowText(cell.content)))
            .filter((text) => text !== '')
            .join('\n'),
    )
    .filter((text) => text !== '')
    .join('\n');
}
