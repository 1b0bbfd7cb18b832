import { AppError } from '../../errors/app-error.js';
import type { Block, Document, Table } from '../../model/document.js';
import { buildTable, textsByPlace } from './build-table.js';
import type { Workbook } from './sheet.js';
import { countHidden, type SheetRow, visibleRows } from './visible-rows.js';

/** Rows of a table lie at most this many rows without anything written apart; a larger gap starts another one. */
const LARGEST_GAP = 1;
/** Longer texts that stand alone in their row are prose, not the label of a row without numbers. */
const LONGEST_LABEL = 40;
/** How the report's own chapters are numbered: such a row heads what follows, it is no row of a table. */
const CHAPTER = /^[一二三四五六七八九十]{1,2}、/;

/**
 * Sheets as tables: stretches of rows with several texts are tables, as wide as what is written in them; rows with one
 * text only, above, between and below, are paragraphs, unless they stand inside a table as a label without numbers.
 * Throws SOURCE_EMPTY, and SOURCE_TOO_LARGE where a table or the text is larger than anything written.
 */
export function toDocument(
  workbook: Workbook,
  maxCharacters: number,
): Pick<Document, 'blocks' | 'tables' | 'diagnostics'> {
  refuseFlood(workbook, maxCharacters);
  const blocks: Block[] = [];
  const tables: Table[] = [];
  let offset = 0;
  let hidden = 0;
  for (const sheet of workbook.sheets) {
    const rows = visibleRows(sheet);
    const texts = textsByPlace(sheet);
    hidden += countHidden(sheet);
    for (const stretch of findStretches(rows)) {
      const [first] = stretch.rows;
      if (stretch.isLine && first) {
        const text = first.written[0]?.text.trim() ?? '';
        const evidence = { kind: 'span', start: offset, end: offset + text.length } as const;
        blocks.push({ kind: 'paragraph', region: 'body', text, evidence });
        offset += text.length + 1;
      } else {
        blocks.push({ kind: 'table', tableIndex: tables.length });
        tables.push(buildTable(stretch.rows, sheet, texts, tables.length));
      }
    }
  }
  const diagnostics = [...workbook.diagnostics];
  if (hidden > 0) {
    const message = `${hidden} texts in hidden rows and columns were left out`;
    diagnostics.push({ code: 'HIDDEN_TEXT_SKIPPED', message });
  }
  if (blocks.length === 0 && hidden + workbook.diagnostics.length === 0)
    throw new AppError('SOURCE_EMPTY', 'nothing is written in any sheet of the workbook');
  return { blocks, tables, diagnostics };
}

/** Cells may all refer to one long text: what they print together is bounded, not what the file holds. */
function refuseFlood({ sheets }: Workbook, maxCharacters: number): void {
  let characters = 0;
  for (const { cells } of sheets) for (const { text } of cells) characters += text.length;
  if (characters > maxCharacters)
    throw new AppError(
      'SOURCE_TOO_LARGE',
      `the cells print ${characters} characters, limit ${maxCharacters}`,
    );
}

interface Stretch {
  readonly isLine: boolean;
  readonly rows: SheetRow[];
}

function findStretches(rows: readonly SheetRow[]): Stretch[] {
  const stretches: Stretch[] = [];
  let last: SheetRow | undefined;
  rows.forEach((row, i) => {
    const isNear = last !== undefined && row.row - last.row <= LARGEST_GAP + 1;
    const open = stretches.at(-1);
    const continues = isNear && open !== undefined && !open.isLine;
    const isLine = isSingle(row) && !(continues && isLabel(row, rows, i));
    if (!isLine && continues) open.rows.push(row);
    else stretches.push({ isLine, rows: [row] });
    last = row;
  });
  return stretches;
}

function isSingle(row: SheetRow): boolean {
  return row.written.length === 1 && !row.isInsideMerge;
}

/**
 * A row's only text that is a label inside the table above it: short, no chapter's heading over the whole width, and
 * more rows of the table follow or its blank cells are there.
 */
function isLabel(row: SheetRow, rows: readonly SheetRow[], index: number): boolean {
  const text = row.written[0]?.text.trim() ?? '';
  if (text.length > LONGEST_LABEL || (row.isAlone && CHAPTER.test(text))) return false;
  if (!row.isAlone) return true;
  let at = row.row;
  for (let i = index + 1; i < rows.length; i++) {
    const next = rows[i];
    if (!next || next.row - at > LARGEST_GAP + 1) return false;
    if (!isSingle(next)) return true;
    const heading = next.written[0]?.text.trim() ?? '';
    if (heading.length > LONGEST_LABEL || CHAPTER.test(heading)) return false;
    at = next.row;
  }
  return false;
}
