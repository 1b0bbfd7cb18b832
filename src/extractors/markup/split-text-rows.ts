import { flowText, type Flow, type FlowCell, type FlowRow, type FlowTable } from './flow.js';

/** A sentence is no label: so long, and it ends somewhere. */
const SENTENCE_CHARACTERS = 40;
const SENTENCE_END = /[。；]/;
/** Titles of reports, and headings of their sections. */
const TITLE = /年度报告|工作报告|统计表/;
const HEADING = /^[一二三四五六七八九十]{1,2}、/;

/**
 * A table that holds a whole report, as spreadsheets saved as web pages do, parted into its text and its data: runs of
 * rows with one filled cell each become that text where a title or sentences are among them. Rows of the form's own that
 * have one cell (第二十条第（一）项) stay with the data below them. Any other table is returned as it is.
 */
export function splitTextRows(table: FlowTable): Flow[] {
  const texts = textsOfRows(table.rows);
  const parts: Flow[] = [];
  let rows: FlowRow[] = [];
  const endTable = (): void => {
    if (rows.length > 0) parts.push({ ...table, rows });
    rows = [];
  };
  for (let start = 0; start < texts.length;) {
    let end = start + 1;
    while (end < texts.length && (texts[end] === null) === (texts[start] === null)) end++;
    const textEnd = start + countTextRows(texts.slice(start, end));
    if (textEnd > start) {
      endTable();
      const cells = table.rows.slice(start, textEnd).flatMap((row) => row.cells);
      parts.push(...cells.flatMap((cell) => cell.content));
    }
    rows.push(...table.rows.slice(textEnd, end));
    start = end;
  }
  endTable();
  return parts;
}

/** How many rows of a run of rows with one filled cell each are text: up to the last heading, title or sentence. */
function countTextRows(run: readonly (string | null)[]): number {
  if (!run.some(isText)) return 0;
  return run.findLastIndex((text) => isText(text) || isHeading(text)) + 1;
}

/** The text of each row that has one filled cell and no part in cells of other rows; null for all others. */
function textsOfRows(rows: readonly FlowRow[]): (string | null)[] {
  let coveredTo = 0;
  return rows.map(({ cells }, row) => {
    const isCovered = row < coveredTo;
    for (const cell of cells) coveredTo = Math.max(coveredTo, row + cell.rowSpan);
    const filled = cells.map((cell) => flowText(cell.content)).filter((text) => text !== '');
    const isAlone = !isCovered && filled.length <= 1 && cells.every(isPlain);
    return isAlone ? (filled[0] ?? '') : null;
  });
}

function isPlain(cell: FlowCell): boolean {
  return cell.rowSpan === 1 && cell.content.every((item) => item.kind === 'text');
}

function isText(text: string | null): boolean {
  if (text === null) return false;
  return TITLE.test(text) || (text.length >= SENTENCE_CHARACTERS && SENTENCE_END.test(text));
}

function isHeading(text: string | null): boolean {
  return text !== null && HEADING.test(text);
}
