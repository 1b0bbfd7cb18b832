import type { Diagnostic } from '../../model/diagnostic.js';
import type { Block, Document, Table, TextBlock } from '../../model/document.js';
import { buildRowTable, type EdgeRow } from '../word-tables/build-row-table.js';
import type { LabelNext } from './list-labels.js';
import { joinSideways, readRowDefinition } from './row-definition.js';
import type { Paragraph } from './read-paragraphs.js';
import type { TextBox, WordDocument } from './read-word-document.js';

/** What is collected while the paragraphs are walked. */
interface Collector {
  readonly blocks: Block[];
  readonly tables: Table[];
  readonly nextLabel: LabelNext;
  /** Boxes not yet placed, by the position they hang on. */
  readonly boxes: TextBox[];
  hasLabels: boolean;
}

/** Width in twips given to cells of a row without a definition, so that they stand side by side. */
const ASSUMED_CELL_TWIPS = 1000;

/** Puts the stories of a Word document in reading order: heads and feet, body with its boxes, notes. */
export function toDocument(word: WordDocument): Document {
  const collector: Collector = {
    blocks: [],
    tables: [],
    nextLabel: word.nextLabel,
    boxes: word.boxes.filter((box) => box.anchor !== null),
    hasLabels: false,
  };
  addParagraphs(word.headersAndFooters, 0, 'furniture', collector);
  addParagraphs(word.body, 0, 'body', collector);
  for (const box of [...collector.boxes.splice(0), ...word.boxes.filter((box) => box.anchor === null)]) {
    addParagraphs(box.paragraphs, 0, 'body', collector);
  }
  addParagraphs(word.notes, 0, 'body', collector);
  const diagnostics: Diagnostic[] = [...word.diagnostics];
  if (collector.hasLabels) {
    diagnostics.push({ code: 'NUMBERING_RESOLVED', message: 'automatic list numbers were written out' });
  }
  return {
    format: 'doc',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks: collector.blocks,
    tables: collector.tables,
    properties: {},
    diagnostics,
  };
}

/** Adds paragraphs at table depth `depth` as blocks, and runs of deeper ones as tables. */
function addParagraphs(
  paragraphs: readonly Paragraph[],
  depth: number,
  region: TextBlock['region'],
  collector: Collector,
): void {
  let index = 0;
  while (index < paragraphs.length) {
    const paragraph = paragraphs[index];
    if (!paragraph) break;
    if (paragraph.depth <= depth) {
      const joined = joinRunningOn(paragraphs, index);
      addText(joined.paragraph, region, collector);
      index = joined.next;
      continue;
    }
    let end = index;
    while (end < paragraphs.length && (paragraphs[end]?.depth ?? 0) > depth) end++;
    addTable(paragraphs.slice(index, end), depth + 1, region, collector);
    index = end;
  }
}

/** A paragraph whose end mark was deleted goes on in the next one of the same depth. */
function joinRunningOn(
  paragraphs: readonly Paragraph[],
  index: number,
): { paragraph: Paragraph; next: number } {
  let paragraph = paragraphs[index] as Paragraph;
  let next = index + 1;
  while (paragraph.runsOn && paragraph.ends === 'paragraph') {
    const following = paragraphs[next];
    if (following?.depth !== paragraph.depth) break;
    paragraph = { ...following, from: paragraph.from, text: paragraph.text + following.text };
    next++;
  }
  return { paragraph, next };
}

function addText(paragraph: Paragraph, region: TextBlock['region'], collector: Collector): void {
  const text = labelled(paragraph, collector);
  if (text !== '') {
    collector.blocks.push({
      kind: paragraph.isHeading ? 'heading' : 'paragraph',
      region,
      text,
      evidence: { kind: 'span', start: paragraph.from, end: paragraph.to },
    });
  }
  addBoxesUpTo(paragraph, collector);
}

/** Boxes come behind the paragraph they hang on. */
function addBoxesUpTo(paragraph: Paragraph, collector: Collector): void {
  const here = collector.boxes.filter((box) => box.anchor !== null && box.anchor < paragraph.to);
  if (here.length === 0) return;
  for (const box of here) collector.boxes.splice(collector.boxes.indexOf(box), 1);
  for (const box of here) addParagraphs(box.paragraphs, 0, 'body', collector);
}

function labelled(paragraph: Paragraph, collector: Collector): string {
  const text = paragraph.text.trim();
  if (!paragraph.list || text === '') return text;
  const label = collector.nextLabel(paragraph.list.override, paragraph.list.level).trim();
  if (label === '') return text;
  collector.hasLabels = true;
  return label + text;
}

interface OpenRow {
  /** Paragraphs of each cell closed so far. */
  readonly cells: (readonly Paragraph[])[];
  cell: Paragraph[];
}

/**
 * Builds the table that `paragraphs` (all at `depth` or deeper) make up. A table inside a cell becomes a table of its
 * own behind this one; where this one is only a frame of one column, its cells are taken as text instead.
 */
function addTable(
  paragraphs: readonly Paragraph[],
  depth: number,
  region: TextBlock['region'],
  collector: Collector,
): void {
  const rows = splitRows(paragraphs, depth);
  const hasInner = paragraphs.some((paragraph) => paragraph.depth > depth);
  if (hasInner && rows.every((row) => row.cells.length === 1)) {
    for (const row of rows) addParagraphs(row.cells.flat(), depth, region, collector);
    return;
  }
  const tableIndex = collector.tables.length;
  collector.blocks.push({ kind: 'table', tableIndex });
  collector.tables.push(
    buildRowTable(
      rows.map((row) => toEdgeRow(row, depth, collector)),
      tableIndex,
    ),
  );
  for (const cell of rows.flatMap((row) => row.cells)) {
    const inner = cell.filter((paragraph) => paragraph.depth > depth);
    if (inner.length > 0) addParagraphs(inner, depth, region, collector);
  }
  for (const paragraph of paragraphs) addBoxesUpTo(paragraph, collector);
}

interface ClosedRow {
  readonly cells: readonly (readonly Paragraph[])[];
  readonly mark: Paragraph | null;
}

/** Rows whose end mark was deleted under revision are gone for the reader, and so they are here. */
function splitRows(paragraphs: readonly Paragraph[], depth: number): ClosedRow[] {
  const rows: ClosedRow[] = [];
  let open: OpenRow = { cells: [], cell: [] };
  for (const paragraph of paragraphs) {
    if (paragraph.depth > depth || paragraph.ends === 'paragraph') {
      open.cell.push(paragraph);
    } else if (paragraph.ends === 'cell') {
      open.cells.push([...open.cell, paragraph]);
      open.cell = [];
    } else {
      if (!paragraph.runsOn) rows.push({ cells: open.cells, mark: paragraph });
      open = { cells: [], cell: [] };
    }
  }
  const rest = open.cell.length > 0 ? [...open.cells, open.cell] : open.cells;
  if (rest.length > 0) rows.push({ cells: rest, mark: null });
  return rows;
}

function toEdgeRow(row: ClosedRow, depth: number, collector: Collector): EdgeRow {
  const texts = row.cells.map((cell) => cellText(cell, depth, collector));
  const definition = readRowDefinition(row.mark?.modifiers ?? []);
  const joined = joinSideways(definition);
  const defined = joined.map(({ cell, members }) => ({
    text: members
      .map((member) => texts[member] ?? '')
      .join('\n')
      .trim(),
    left: cell.left,
    right: cell.right,
    vertical: cell.vertical,
  }));
  const edge = defined.at(-1)?.right ?? 0;
  const undefinedCells = texts.slice(definition.length).map((text, i) => ({
    text,
    left: edge + i * ASSUMED_CELL_TWIPS,
    right: edge + (i + 1) * ASSUMED_CELL_TWIPS,
    vertical: 'none' as const,
  }));
  return { cells: [...defined, ...undefinedCells], isComplete: texts.length === definition.length };
}

function cellText(cell: readonly Paragraph[], depth: number, collector: Collector): string {
  const own = cell.filter((paragraph) => paragraph.depth === depth);
  const lines: string[] = [];
  for (let index = 0; index < own.length;) {
    const joined = joinRunningOn(own, index);
    lines.push(labelled(joined.paragraph, collector));
    index = joined.next;
  }
  return lines.join('\n').trim();
}
