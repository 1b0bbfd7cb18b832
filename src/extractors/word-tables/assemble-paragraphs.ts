import type { Block, Table, TextBlock } from '../../model/document.js';
import { settleStruck, STRUCK_CONFIDENCE } from '../../text/struck.js';
import { buildRowTable, type EdgeRow, type RowCell, type VerticalMerge } from './build-row-table.js';

/** A cell as a row's definition has it: edges in twips, merges as flagged. */
export interface CellDefinition {
  readonly left: number;
  readonly right: number;
  readonly vertical: VerticalMerge;
  /** 0 stands alone; other values belong to a set merged sideways, see `joinSideways`. */
  readonly horizontal: number;
}

/**
 * A paragraph, or the end mark of a cell or row, as Word's binary format and RTF string them together: tables are
 * paragraphs with a depth, and a row's shape comes with its end mark.
 */
export interface MarkedParagraph {
  /** As printed, label included, struck-out text marked (`strike`); empty lines are kept out by the assembler. */
  readonly text: string;
  /** Character offsets in the source's text. */
  readonly from: number;
  readonly to: number;
  readonly ends: 'paragraph' | 'cell' | 'row';
  /** 0 outside tables, 1 in a table, 2 in a table inside a cell, and so on. */
  readonly depth: number;
  readonly isHeading: boolean;
  /** Of a row's end mark; null where there is none. */
  readonly row: readonly CellDefinition[] | null;
  /** Text boxes that hang on this paragraph; they are read behind it. */
  readonly boxes: readonly (readonly MarkedParagraph[])[];
}

/** Blocks and tables in reading order. */
export interface AssembledParts {
  readonly blocks: Block[];
  readonly tables: Table[];
}

/** Width in twips given to cells of a row without a definition, so that they stand side by side. */
const ASSUMED_CELL_TWIPS = 1000;

/** Adds paragraphs at table depth `depth` as blocks of `region`, and runs of deeper ones as tables. */
export function assembleParagraphs(
  paragraphs: readonly MarkedParagraph[],
  depth: number,
  region: TextBlock['region'],
  parts: AssembledParts,
): void {
  let index = 0;
  while (index < paragraphs.length) {
    const paragraph = paragraphs[index];
    if (!paragraph) break;
    if (paragraph.depth <= depth) {
      addText(paragraph, region, parts);
      index++;
      continue;
    }
    let end = index;
    while (end < paragraphs.length && (paragraphs[end]?.depth ?? 0) > depth) end++;
    addTable(paragraphs.slice(index, end), depth + 1, region, parts);
    index = end;
  }
}

function addText(paragraph: MarkedParagraph, region: TextBlock['region'], parts: AssembledParts): void {
  const text = settleStruck(paragraph.text).text.trim();
  if (text !== '') {
    parts.blocks.push({
      kind: paragraph.isHeading ? 'heading' : 'paragraph',
      region,
      text,
      evidence: { kind: 'span', start: paragraph.from, end: paragraph.to },
    });
  }
  for (const box of paragraph.boxes) assembleParagraphs(box, 0, region, parts);
}

interface Row {
  /** The paragraphs of each cell. */
  readonly cells: readonly (readonly MarkedParagraph[])[];
  readonly definition: readonly CellDefinition[];
}

/**
 * Builds the table that `paragraphs` (all at `depth` or deeper) make up. A table inside a cell becomes a table of its
 * own behind this one; where this one is only a frame of one column, its cells are taken as text instead.
 */
function addTable(
  paragraphs: readonly MarkedParagraph[],
  depth: number,
  region: TextBlock['region'],
  parts: AssembledParts,
): void {
  const rows = splitRows(paragraphs, depth);
  const hasInner = paragraphs.some((paragraph) => paragraph.depth > depth);
  if (hasInner && rows.every((row) => row.cells.length === 1)) {
    for (const row of rows) assembleParagraphs(row.cells.flat(), depth, region, parts);
    return;
  }
  const tableIndex = parts.tables.length;
  parts.blocks.push({ kind: 'table', tableIndex });
  parts.tables.push(
    buildRowTable(
      rows.map((row) => toEdgeRow(row, depth)),
      tableIndex,
    ),
  );
  for (const cell of rows.flatMap((row) => row.cells)) {
    const inner = cell.filter((paragraph) => paragraph.depth > depth);
    if (inner.length > 0) assembleParagraphs(inner, depth, region, parts);
    for (const paragraph of cell)
      for (const box of paragraph.boxes) assembleParagraphs(box, 0, region, parts);
  }
}

function splitRows(paragraphs: readonly MarkedParagraph[], depth: number): Row[] {
  const rows: Row[] = [];
  let cells: MarkedParagraph[][] = [];
  let cell: MarkedParagraph[] = [];
  for (const paragraph of paragraphs) {
    if (paragraph.depth > depth || paragraph.ends === 'paragraph') {
      cell.push(paragraph);
    } else if (paragraph.ends === 'cell') {
      cells.push([...cell, paragraph]);
      cell = [];
    } else {
      if (cells.length > 0) rows.push({ cells, definition: paragraph.row ?? [] });
      cells = [];
      cell = [];
    }
  }
  const rest = cell.some((paragraph) => paragraph.text.trim() !== '') ? [...cells, cell] : cells;
  if (rest.length > 0) rows.push({ cells: rest, definition: [] });
  return rows;
}

function toEdgeRow(row: Row, depth: number): EdgeRow {
  const texts = row.cells.map((cell) => cellText(cell, depth));
  const defined = joinSideways(row.definition).map(({ cell, members }) => ({
    left: cell.left,
    right: cell.right,
    vertical: cell.vertical,
    ...settled(members.map((member) => texts[member] ?? '').join('\n')),
  }));
  const edge = defined.at(-1)?.right ?? 0;
  const undefinedCells = texts.slice(row.definition.length).map((text, i) => ({
    left: edge + i * ASSUMED_CELL_TWIPS,
    right: edge + (i + 1) * ASSUMED_CELL_TWIPS,
    vertical: 'none' as const,
    ...settled(text),
  }));
  return { cells: [...defined, ...undefinedCells], isComplete: texts.length === row.definition.length };
}

/** A cell's text without what is struck out of it, or that in doubt where it holds nothing else. */
function settled(marked: string): Pick<RowCell, 'text' | 'confidence'> {
  const { text, isStruck } = settleStruck(marked);
  return isStruck ? { text: text.trim(), confidence: STRUCK_CONFIDENCE } : { text: text.trim() };
}

function cellText(cell: readonly MarkedParagraph[], depth: number): string {
  return cell
    .filter((paragraph) => paragraph.depth === depth)
    .map((paragraph) => paragraph.text.trim())
    .join('\n')
    .trim();
}

/**
 * Joins cells that are flagged as merged sideways; gives for every joined cell the indices of those it is made of.
 * Word's older and newer descriptions give the values 1 and 2 opposite meanings, so only this is used: the flag of
 * the set's first cell, met again, starts the next set.
 */
export function joinSideways(
  cells: readonly CellDefinition[],
): { cell: CellDefinition; members: readonly number[] }[] {
  const joined: { cell: CellDefinition; members: number[] }[] = [];
  let firstFlag = 0;
  cells.forEach((cell, i) => {
    const last = joined.at(-1);
    const continues = last && cell.horizontal !== 0 && firstFlag !== 0 && cell.horizontal !== firstFlag;
    if (continues) {
      last.cell = { ...last.cell, right: cell.right };
      last.members.push(i);
      return;
    }
    firstFlag = cell.horizontal;
    joined.push({ cell, members: [i] });
  });
  return joined;
}
