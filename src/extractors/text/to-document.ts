import type { Diagnostic } from '../../model/diagnostic.js';
import type { Block, Cell, Document, Table } from '../../model/document.js';
import type { DraftTable } from './draft.js';
import { explodeLines } from './explode.js';
import { splitLines, withoutQuoteMarks, withoutRowNumbers, type Line } from './lines.js';
import { findPageFurniture } from './page-furniture.js';
import { readParagraphs, wrapWidth, type MenuState } from './paragraphs.js';
import { findTables } from './find-tables.js';
import { withoutFilling, withoutGluedCopies, withoutOuterTable } from './outer-table.js';
import { doubtStandIns } from './stand-ins.js';
import { stitchTables } from './stitch-tables.js';
import { largest } from './extremes.js';

/**
 * A decoded text as a Document: tables in whatever way a converter left them, prose between them. Evidence is the
 * span of the printed text, in UTF-16 code units from the start of `text`.
 */
export function documentFromText(text: string): Document {
  const lines = explodeLines(withoutRowNumbers(withoutQuoteMarks(splitLines(text))));
  const furniture = findPageFurniture(lines);
  const { tables: found, joints } = stitchTables(
    findTables(lines, (at) => furniture.has(at)),
    lines,
  );
  const drafts = withoutGluedCopies(found.map(withoutOuterTable));
  const tables = doubtStandIns(drafts.map(withoutFilling).map(tableFromDraft), text);
  return {
    format: 'text',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks: blocksInOrder(lines, drafts),
    tables,
    properties: {},
    diagnostics: diagnose(tables, joints),
  };
}

function blocksInOrder(lines: readonly Line[], drafts: readonly DraftTable[]): Block[] {
  const covered = new Set<number>();
  for (const draft of drafts) for (let at = draft.from; at < draft.to; at++) covered.add(at);
  const width = wrapWidth(lines.filter((_, index) => !covered.has(index)));
  const menu: MenuState = { isOpen: false };
  let at = 0;
  const blocks = drafts.map((draft, tableIndex): Block[] => {
    const above = readParagraphs(lines.slice(at, draft.from), width, menu);
    at = draft.to;
    return [...above, { kind: 'table', tableIndex }];
  });
  return [...blocks.flat(), ...readParagraphs(lines.slice(at), width, menu)];
}

function tableFromDraft(draft: DraftTable, tableIndex: number): Table {
  const cells = draft.rows.flatMap((row, rowIndex) =>
    row.map((cell, order): Cell => ({
      rowIndex,
      columnIndex: cell.place?.column ?? order,
      rowSpan: cell.place?.rowSpan ?? 1,
      columnSpan: cell.place?.columnSpan ?? 1,
      text: cell.text,
      evidence: { kind: 'span', start: cell.start, end: cell.end },
    })),
  );
  return {
    tableIndex,
    geometry: draft.geometry,
    rowCount: draft.rows.length,
    columnCount: largest(
      cells.map((cell) => cell.columnIndex + cell.columnSpan),
      0,
    ),
    cells,
    pages: [1],
    box: null,
    confidence: draft.confidence,
  };
}

function diagnose(tables: readonly Table[], joints: number): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const guessed = tables.filter((table) => table.geometry !== 'exact').length;
  if (guessed > 0)
    diagnostics.push({
      code: 'TABLE_LAYOUT_GUESSED',
      message: `${guessed} of ${tables.length} tables came without complete columns`,
    });
  if (joints > 0)
    diagnostics.push({ code: 'TABLE_STITCHED', message: `${joints} page breaks inside tables were closed` });
  return diagnostics;
}
