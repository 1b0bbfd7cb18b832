import type { Block, Cell, Document, Table, TextBlock } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import { RENDERING_STYLE } from './rendering-style.js';

/** Places that nothing covers get an empty cell in tables up to this size; larger ones are drawn without. */
const MOST_PLACES_FILLED = 100_000;

/**
 * A document as a page of HTML, written anew from the document model: text and tables, nothing of the source's own
 * markup, so that there is nothing to clean. Cells carry `id="t0-r1-c2"` and data-table, data-row, data-column;
 * everything with an evidence of another kind carries that (data-start, data-end, data-page, data-box).
 */
export function renderDocument(document: Document): string {
  const body = document.blocks.map((block) => renderBlock(block, document.tables)).join('\n');
  return (
    '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
    `<title>gongkai</title><style>${RENDERING_STYLE}</style></head>\n<body>\n${body}\n</body></html>\n`
  );
}

/** Text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that HTML does not know, or that would turn the direction of what stands beside them. */
function withoutControls(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

function renderBlock(block: Block, tables: readonly Table[]): string {
  if (block.kind !== 'table') return renderText(block);
  const table = tables[block.tableIndex];
  return table ? renderTable(table) : '';
}

function renderText({ kind, region, text, evidence }: TextBlock): string {
  const tag = kind === 'heading' ? 'h2' : 'p';
  const look = region === 'furniture' ? ' class="furniture"' : '';
  return `<${tag}${look}${placeOf(evidence)}>${escapeHtml(text)}</${tag}>`;
}

function renderTable(table: Table): string {
  const isSmall = table.rowCount * table.columnCount <= MOST_PLACES_FILLED;
  const covered = isSmall ? coveredPlaces(table) : null;
  const byRow = groupByRow(table.cells);
  const rows: string[] = [];
  for (let rowIndex = 0; rowIndex < table.rowCount; rowIndex++) {
    const cells = [...(byRow.get(rowIndex) ?? [])].sort((a, b) => a.columnIndex - b.columnIndex);
    rows.push(`<tr>${renderRow(table, rowIndex, cells, covered)}</tr>`);
  }
  return `<div class="scroll"><table data-table="${table.tableIndex}">\n${rows.join('\n')}\n</table></div>`;
}

function renderRow(
  table: Table,
  rowIndex: number,
  cells: readonly Cell[],
  covered: ReadonlySet<number> | null,
): string {
  if (!covered) return cells.map((cell) => renderCell(table, cell)).join('');
  const byColumn = new Map(cells.map((cell) => [cell.columnIndex, cell]));
  let html = '';
  for (let columnIndex = 0; columnIndex < table.columnCount; columnIndex++) {
    const cell = byColumn.get(columnIndex);
    if (cell) html += renderCell(table, cell);
    else if (!covered.has(rowIndex * table.columnCount + columnIndex)) html += '<td class="gap"></td>';
  }
  return html;
}

/** Digits of full width may break anywhere, and half a number looks like a number: it stays in one line. */
const NUMBER = /^\s*[\d\uff10-\uff19.,\uff0e\uff0c%-]{1,20}\s*$/;

function renderCell({ tableIndex, rowCount, columnCount }: Table, cell: Cell): string {
  const { rowIndex, columnIndex, text, evidence } = cell;
  const rowSpan = Math.min(cell.rowSpan, rowCount - rowIndex);
  const columnSpan = Math.min(cell.columnSpan, columnCount - columnIndex);
  const spans =
    (rowSpan > 1 ? ` rowspan="${rowSpan}"` : '') + (columnSpan > 1 ? ` colspan="${columnSpan}"` : '');
  const place =
    evidence.kind === 'cell' ? evidence : { table: tableIndex, row: rowIndex, column: columnIndex };
  const id = `t${place.table}-r${place.row}-c${place.column}`;
  const data = ` data-table="${place.table}" data-row="${place.row}" data-column="${place.column}"`;
  const kind = NUMBER.test(text) ? ' class="number"' : '';
  return `<td id="${id}"${data}${placeOf(evidence)}${spans}${kind}>${escapeHtml(text)}</td>`;
}

function placeOf(evidence: Evidence): string {
  if (evidence.kind === 'span') return ` data-start="${evidence.start}" data-end="${evidence.end}"`;
  if (evidence.kind === 'cell') return '';
  const { left, top, right, bottom } = evidence.box;
  const box = [left, top, right, bottom].map((side) => side.toFixed(2)).join(' ');
  return ` data-page="${evidence.page}" data-box="${box}"`;
}

/** Places of the grid that a span covers or a cell starts at, as row × columns + column. */
function coveredPlaces({ cells, columnCount, rowCount }: Table): Set<number> {
  const covered = new Set<number>();
  for (const { rowIndex, columnIndex, rowSpan, columnSpan } of cells) {
    for (let row = rowIndex; row < Math.min(rowCount, rowIndex + rowSpan); row++) {
      for (let column = columnIndex; column < Math.min(columnCount, columnIndex + columnSpan); column++) {
        covered.add(row * columnCount + column);
      }
    }
  }
  return covered;
}

function groupByRow(cells: readonly Cell[]): Map<number, Cell[]> {
  const rows = new Map<number, Cell[]>();
  for (const cell of cells) {
    const row = rows.get(cell.rowIndex);
    if (row) row.push(cell);
    else rows.set(cell.rowIndex, [cell]);
  }
  return rows;
}
