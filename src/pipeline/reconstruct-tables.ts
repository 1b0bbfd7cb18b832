import { asAppError } from '../errors/app-error.js';
import { extractorFor } from '../extractors/registry.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Cell, Table } from '../model/document.js';
import type { Box } from '../model/geometry.js';
import type { RecordError, SourceInfo } from '../model/record.js';
import { isCutShort } from './cut-short.js';
import { failedTables, sourceInfo } from './failed-record.js';
import { readSource } from './read-source.js';
import type { PipelineSettings, SourceInput } from './settings.js';
import { tableConfidence } from './table-confidence.js';

/** The tables of one document, known form or not; printed by `gongkai tables`. */
export interface TablesResult {
  readonly source: SourceInfo;
  readonly tables: readonly TableResult[];
  readonly diagnostics?: readonly Diagnostic[];
  /** True where a limit ended the reading early and only the tables before it are here. */
  readonly partial?: boolean;
  readonly error?: RecordError;
}

/** Rows and columns count from 0; places covered by a span have no cell; boxes are [left, top, right, bottom] in points. */
export interface TableResult {
  readonly page: number | null;
  readonly pages: readonly number[];
  readonly box: readonly number[] | null;
  readonly rows: number;
  readonly columns: number;
  readonly confidence: number;
  readonly geometry: Table['geometry'];
  readonly cells: readonly CellResult[];
}

export interface CellResult {
  readonly row: number;
  readonly column: number;
  readonly row_span: number;
  readonly column_span: number;
  readonly text: string;
  readonly box?: readonly number[];
}

/** Reconstructs every table of a document. Never throws for bad input: the result then carries the error. */
export async function reconstructTables(
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<TablesResult> {
  try {
    const document = await readSource(bytes, input, settings);
    return {
      source: sourceInfo(bytes, input, extractorFor(document.format).mediaType),
      tables: document.tables.map(toResult),
      diagnostics: document.diagnostics,
      ...(isCutShort(document) ? { partial: true } : {}),
    };
  } catch (error) {
    const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
    return failedTables(bytes, input, code, message);
  }
}

function toResult(table: Table): TableResult {
  return {
    page: table.pages[0] ?? null,
    pages: table.pages,
    box: table.box ? corners(table.box) : null,
    rows: table.rowCount,
    columns: table.columnCount,
    confidence: tableConfidence(table),
    geometry: table.geometry,
    cells: table.cells.map(toCellResult),
  };
}

function toCellResult(cell: Cell): CellResult {
  return {
    row: cell.rowIndex,
    column: cell.columnIndex,
    row_span: cell.rowSpan,
    column_span: cell.columnSpan,
    text: cell.text,
    ...(cell.evidence.kind === 'box' ? { box: corners(cell.evidence.box) } : {}),
  };
}

function corners(box: Box): number[] {
  return [box.left, box.top, box.right, box.bottom].map((at) => Math.round(at * 100) / 100);
}
