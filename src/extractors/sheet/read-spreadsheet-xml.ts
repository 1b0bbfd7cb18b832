import { AppError } from '../../errors/app-error.js';
import { decodeText } from '../decode-text.js';
import { childElement, childElements, parseXml, textContent, type XmlElement } from '../markup/parse-xml.js';
import { formatValue } from './format-value.js';
import {
  hiddenSheets,
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_MERGES,
  MOST_ROWS,
  MOST_SHEETS,
  type Range,
  type Sheet,
  type SheetCell,
  tooManySheets,
  type Workbook,
} from './sheet.js';

/** Named formats of this kind of workbook; others are codes. */
const NAMED_FORMATS: ReadonlyMap<string, string> = new Map([
  ['Fixed', '0.00'],
  ['Standard', '#,##0.00'],
  ['Percent', '0.00%'],
]);

/**
 * Reads the visible sheets of a workbook in the XML of Excel 2003, as office systems make it from templates and call it
 * `.xls`. Throws SOURCE_CORRUPT and SOURCE_TOO_LARGE.
 */
export function readSpreadsheetXml(bytes: Uint8Array): Workbook {
  const root = parseXml(decodeText(bytes, { isMarkup: true }).text);
  if (root.name !== 'Workbook') throw new AppError('SOURCE_CORRUPT', 'XML that is no workbook');
  const formats = readFormats(root);
  const listed = childElements(root, 'Worksheet');
  const visible = listed.filter((sheet) => !isHidden(sheet));
  const diagnostics = [
    ...(visible.length < listed.length ? [hiddenSheets(listed.length - visible.length)] : []),
    ...(visible.length > MOST_SHEETS ? [tooManySheets(visible.length)] : []),
  ];
  return { sheets: visible.slice(0, MOST_SHEETS).map((sheet) => readSheet(sheet, formats)), diagnostics };
}

function isHidden(sheet: XmlElement): boolean {
  const visible = childElement(childElement(sheet, 'WorksheetOptions'), 'Visible');
  return visible !== undefined && textContent(visible) !== 'SheetVisible';
}

/** Number format by style id. */
function readFormats(root: XmlElement): Map<string, string> {
  return new Map(
    childElements(childElement(root, 'Styles') ?? root, 'Style').map((style) => {
      const format = childElement(style, 'NumberFormat')?.attributes['Format'] ?? '';
      return [
        style.attributes['ID'] ?? '',
        NAMED_FORMATS.get(format) ?? (format === '' ? 'General' : format),
      ];
    }),
  );
}

/** Rows, columns and cells count on from the one before unless they have an index of their own, from 1. */
class Counter {
  #last = -1;

  next(element: XmlElement, most: number): number {
    const index = Number(element.attributes['Index'] ?? this.#last + 2) - 1;
    if (!(index > this.#last && index < most)) throw new AppError('SOURCE_CORRUPT', 'cells out of order');
    return (this.#last = index);
  }

  skip(count: number): void {
    this.#last += count;
  }
}

function readSheet(sheet: XmlElement, formats: ReadonlyMap<string, string>): Sheet {
  const name = sheet.attributes['Name'] ?? '';
  const table = childElement(sheet, 'Table');
  const cells: SheetCell[] = [];
  const merges: Range[] = [];
  const hiddenRows = new Set<number>();
  const rows = new Counter();
  let written = 0;
  for (const rowElement of table ? childElements(table, 'Row') : []) {
    const row = rows.next(rowElement, MOST_ROWS);
    if (rowElement.attributes['Hidden'] === '1') hiddenRows.add(row);
    rows.skip(countOf(rowElement.attributes['Span']));
    const columns = new Counter();
    for (const cell of childElements(rowElement, 'Cell')) {
      const column = columns.next(cell, MOST_COLUMNS);
      const [across, down] = [countOf(cell.attributes['MergeAcross']), countOf(cell.attributes['MergeDown'])];
      columns.skip(across);
      const text = cellText(cell, formats);
      if (text !== '' && ++written > MOST_CELLS)
        throw new AppError('SOURCE_TOO_LARGE', `sheet ${name} has more than ${MOST_CELLS} texts`);
      cells.push({ row, column, text });
      if (across + down > 0 && merges.length < MOST_MERGES)
        merges.push({ top: row, left: column, bottom: row + down, right: column + across });
    }
  }
  return { name, cells, merges, hiddenRows, hiddenColumns: readHiddenColumns(table) };
}

function countOf(value: string | undefined): number {
  const count = Number(value ?? 0);
  return Number.isInteger(count) && count > 0 ? Math.min(count, MOST_ROWS) : 0;
}

function readHiddenColumns(table: XmlElement | undefined): Set<number> {
  const hidden = new Set<number>();
  const columns = new Counter();
  for (const element of table ? childElements(table, 'Column') : []) {
    const first = columns.next(element, MOST_COLUMNS);
    const span = Math.min(countOf(element.attributes['Span']), MOST_COLUMNS);
    columns.skip(span);
    if (element.attributes['Hidden'] !== '1') continue;
    for (let column = first; column <= first + span; column++) hidden.add(column);
  }
  return hidden;
}

/** A cell's text as shown: strings with their formatting left out, dates as ISO 8601, numbers as their style says. */
function cellText(cell: XmlElement, formats: ReadonlyMap<string, string>): string {
  const data = childElement(cell, 'Data');
  if (!data) return '';
  const text = textContent(data);
  switch (data.attributes['Type'] ?? 'String') {
    case 'Number':
      return formatValue(text, formats.get(cell.attributes['StyleID'] ?? '') ?? 'General');
    case 'DateTime':
      return text.slice(0, 10);
    case 'Boolean':
      return text === '1' ? 'TRUE' : 'FALSE';
    default:
      return text;
  }
}
