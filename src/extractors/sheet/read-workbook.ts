import { AppError } from '../../errors/app-error.js';
import { openZip, type ZipArchive } from '../archive/read-zip.js';
import { childElement, childElements, parseXml, textContent, type XmlElement } from '../markup/parse-xml.js';
import { formatValue } from './format-value.js';

/** One sheet as shown: texts by row and column (both from 0), and which cells are merged. */
export interface Sheet {
  readonly name: string;
  readonly cells: readonly SheetCell[];
  readonly merges: readonly Range[];
}

export interface SheetCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Rows and columns from 0, both ends inclusive. */
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Sheets, and cells of one sheet, beyond these are not read: no report has as many. */
const MOST_SHEETS = 50;
const MOST_CELLS = 200_000;

/** Reads the visible sheets of an Office Open XML workbook (ECMA-376 part 1, 18). Throws SOURCE_CORRUPT without one. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const zip = await openZip(bytes);
  const workbook = await readPart(zip, 'xl/workbook.xml');
  if (!workbook) throw new AppError('SOURCE_CORRUPT', 'workbook: no xl/workbook.xml');
  const targets = await readTargets(zip);
  const strings = await readSharedStrings(zip);
  const formats = await readNumberFormats(zip);
  const sheets: Sheet[] = [];
  for (const sheet of childElements(childElement(workbook, 'sheets') ?? workbook, 'sheet').slice(
    0,
    MOST_SHEETS,
  )) {
    if (sheet.attributes['state'] !== undefined && sheet.attributes['state'] !== 'visible') continue;
    const part = await readPart(zip, targets.get(sheet.attributes['id'] ?? '') ?? '');
    if (part) sheets.push(readSheet(part, sheet.attributes['name'] ?? '', strings, formats));
  }
  return sheets;
}

async function readPart(zip: ZipArchive, name: string): Promise<XmlElement | null> {
  const bytes = await zip.read(name);
  return bytes ? parseXml(new TextDecoder().decode(bytes)) : null;
}

async function readTargets(zip: ZipArchive): Promise<Map<string, string>> {
  const relations = await readPart(zip, 'xl/_rels/workbook.xml.rels');
  return new Map(
    (relations ? childElements(relations) : []).map(({ attributes }) => {
      const target = attributes['Target'] ?? '';
      return [attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`];
    }),
  );
}

async function readSharedStrings(zip: ZipArchive): Promise<string[]> {
  const part = await readPart(zip, 'xl/sharedStrings.xml');
  return (part ? childElements(part, 'si') : []).map(richText);
}

/** Text of a string item: its runs, without the phonetic readings beside them (18.4.8). */
function richText(item: XmlElement): string {
  return childElements(item)
    .filter((child) => child.name === 't' || child.name === 'r')
    .map((child) => (child.name === 't' ? textContent(child) : richText(child)))
    .join('');
}

/** Number format by cell style (the s attribute): built-in ids and own codes (18.8.30). */
async function readNumberFormats(zip: ZipArchive): Promise<string[]> {
  const styles = await readPart(zip, 'xl/styles.xml');
  if (!styles) return [];
  const own = new Map(
    childElements(childElement(styles, 'numFmts') ?? styles, 'numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      attributes['formatCode'] ?? '',
    ]),
  );
  return childElements(childElement(styles, 'cellXfs') ?? styles, 'xf').map(({ attributes }) => {
    const id = attributes['numFmtId'] ?? '0';
    return own.get(id) ?? `#${id}`;
  });
}

function readSheet(
  part: XmlElement,
  name: string,
  strings: readonly string[],
  formats: readonly string[],
): Sheet {
  const cells: SheetCell[] = [];
  let row = -1;
  for (const rowElement of childElements(childElement(part, 'sheetData') ?? part, 'row')) {
    row = rowElement.attributes['r'] === undefined ? row + 1 : Number(rowElement.attributes['r']) - 1;
    if (rowElement.attributes['hidden'] === '1') continue;
    let column = -1;
    for (const cell of childElements(rowElement, 'c')) {
      const place = parseReference(cell.attributes['r'] ?? '');
      column = place?.column ?? column + 1;
      if (cells.length >= MOST_CELLS)
        throw new AppError('SOURCE_TOO_LARGE', `sheet ${name} has too many cells`);
      cells.push({ row, column, text: cellText(cell, strings, formats) });
    }
  }
  const merges = childElements(childElement(part, 'mergeCells') ?? part, 'mergeCell').flatMap(
    ({ attributes }) => {
      const [from, to] = (attributes['ref'] ?? '').split(':').map(parseReference);
      return from && to ? [{ top: from.row, left: from.column, bottom: to.row, right: to.column }] : [];
    },
  );
  return { name, cells, merges };
}

/** A cell's text as shown (18.3.1.4): shared, inline or computed string, truth value, error or formatted number. */
function cellText(cell: XmlElement, strings: readonly string[], formats: readonly string[]): string {
  const inline = childElement(cell, 'is');
  if (inline) return richText(inline);
  const value = childElement(cell, 'v');
  const raw = value ? textContent(value) : '';
  switch (cell.attributes['t'] ?? 'n') {
    case 's':
      return strings[Number(raw)] ?? '';
    case 'str':
    case 'e':
    case 'd':
      return raw;
    case 'b':
      return raw === '1' ? 'TRUE' : 'FALSE';
    default:
      return formatValue(raw, formats[Number(cell.attributes['s'] ?? 0)] ?? '');
  }
}

/** `AB12` as row 11, column 27. */
function parseReference(reference: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return null;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(match[2]) - 1, column };
}
