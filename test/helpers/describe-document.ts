import type { Document, Table } from '../../src/model/document.js';

/** The rows of a table as text: `label`, `label(2x1)` with row and column span, blanks as an empty string. */
export function rowsOf(table: Table | undefined): string[][] {
  if (!table) return [];
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.cells
      .filter((cell) => cell.rowIndex === row)
      .map(
        (cell) =>
          cell.text + (cell.rowSpan * cell.columnSpan > 1 ? `(${cell.rowSpan}x${cell.columnSpan})` : ''),
      ),
  );
}

/** The texts of all text blocks of a region. */
export function textsOf(document: Pick<Document, 'blocks'>, region: 'body' | 'furniture' = 'body'): string[] {
  return document.blocks.flatMap((block) =>
    block.kind !== 'table' && block.region === region ? [block.text] : [],
  );
}

/** The codes of all diagnostics. */
export function codesOf(document: Pick<Document, 'diagnostics'>): string[] {
  return document.diagnostics.map((diagnostic) => diagnostic.code);
}
