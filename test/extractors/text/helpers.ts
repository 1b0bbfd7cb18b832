import { DEFAULT_EXTRACT_SETTINGS } from '../../../src/extractors/extractor.js';
import { textExtractor } from '../../../src/extractors/text/index.js';
import type { Document, Table } from '../../../src/model/document.js';

export function readText(text: string): Promise<Document> {
  return textExtractor.extract(new TextEncoder().encode(text), DEFAULT_EXTRACT_SETTINGS, {});
}

/** The texts of a table, row by row, in the order of their cells. */
export function rowsOf(table: Table | undefined): string[][] {
  const rows = Array.from({ length: table?.rowCount ?? 0 }, (): string[] => []);
  for (const cell of table?.cells ?? []) rows[cell.rowIndex]?.push(cell.text);
  return rows;
}

export function textsOf(document: Document, region: 'body' | 'furniture'): string[] {
  return document.blocks.flatMap((block) =>
    block.kind !== 'table' && block.region === region ? [block.text] : [],
  );
}
