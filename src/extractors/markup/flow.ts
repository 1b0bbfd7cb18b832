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
  /** In a cell: so many blank lines stand above it, and below the last one. */
  readonly blanksBefore?: number;
  readonly blanksAfter?: number;
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

/** How many lines a cell of text takes up, blank ones included; 0 for one that holds tables. */
export function countLines(content: readonly Flow[]): number {
  return content.some(({ kind }) => kind === 'table') ? 0 : linesOf(content).length;
}

/** The lines of a cell of text, joined by line breaks, blank ones included. */
export function flowLines(content: readonly Flow[]): string {
  return linesOf(content).join('\n');
}

function linesOf(content: readonly Flow[]): string[] {
  return content.flatMap((item) => {
    if (item.kind === 'table') return [flowText([item])];
    const { text, blanksBefore = 0, blanksAfter = 0 } = item;
    return [...new Array<string>(blanksBefore).fill(''), text, ...new Array<string>(blanksAfter).fill('')];
  });
}

/** A cell's lines with the blank ones noted that stand below its last. */
export function withBlanksAfter(content: readonly Flow[], blanks: number): readonly Flow[] {
  const last = content.at(-1);
  if (blanks === 0 || last?.kind !== 'text') return content;
  return [...content.slice(0, -1), { ...last, blanksAfter: blanks }];
}
