import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { openZip, type ZipArchive } from '../archive/read-zip.js';
import { childElement, childElements, parseXml, textContent, type XmlElement } from '../markup/parse-xml.js';
import { raise } from '../../text/raised.js';
import { formatValue, type ShowSettings } from './format-value.js';
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

/** What the cells of all sheets refer to. */
interface Shared {
  readonly strings: readonly string[];
  /** Number format by cell style: a code, or `#` and a built-in id. */
  readonly formats: readonly string[];
  readonly from1904: boolean;
}

/** A part of a package inflates to at most this: its tree takes some ten times as much memory. */
const MOST_PART_BYTES = 32 * 1024 * 1024;

/**
 * Reads the visible sheets of an Office Open XML workbook (ECMA-376 part 1, 18). Throws SOURCE_CORRUPT without one,
 * SOURCE_TOO_LARGE, and FORMAT_UNSUPPORTED for its binary sister (.xlsb) and OpenDocument sheets.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const zip = await openZip(bytes);
  const workbook = await readPart(zip, 'xl/workbook.xml');
  if (!workbook) throw withoutWorkbook(zip.names);
  const targets = await readTargets(zip);
  const properties = childElement(workbook, 'workbookPr')?.attributes ?? {};
  const shared: Shared = {
    strings: await readSharedStrings(zip),
    formats: await readNumberFormats(zip),
    from1904: isTrue(properties['date1904']),
  };
  const listed = childElements(childElement(workbook, 'sheets') ?? workbook, 'sheet');
  const visible = listed.filter(({ attributes }) => (attributes['state'] ?? 'visible') === 'visible');
  const diagnostics: Diagnostic[] = [];
  if (visible.length < listed.length) diagnostics.push(hiddenSheets(listed.length - visible.length));
  if (visible.length > MOST_SHEETS) diagnostics.push(tooManySheets(visible.length));
  const sheets: Sheet[] = [];
  for (const { attributes } of visible.slice(0, MOST_SHEETS)) {
    const part = await readPart(zip, targets.get(attributes['id'] ?? '') ?? '');
    if (part) sheets.push(readSheet(part, attributes['name'] ?? '', shared));
  }
  return { sheets, diagnostics };
}

function withoutWorkbook(names: readonly string[]): AppError {
  if (names.includes('xl/workbook.bin'))
    return new AppError('FORMAT_UNSUPPORTED', 'binary workbook (.xlsb): save it as .xlsx');
  if (names.includes('content.xml'))
    return new AppError('FORMAT_UNSUPPORTED', 'OpenDocument spreadsheet (.ods): save it as .xlsx');
  return new AppError('SOURCE_CORRUPT', 'workbook: no xl/workbook.xml');
}

async function readPart(zip: ZipArchive, name: string): Promise<XmlElement | null> {
  const bytes = await zip.read(name);
  if (bytes && bytes.length > MOST_PART_BYTES)
    throw new AppError('SOURCE_TOO_LARGE', `${name} inflates to more than ${MOST_PART_BYTES} bytes`);
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
    .map((child) => (child.name === 't' ? textContent(child) : runText(child)))
    .join('');
}

/** A run of rich text: superscript marks of notes are no digits (18.4.14). */
function runText(run: XmlElement): string {
  const alignment = childElement(childElement(run, 'rPr'), 'vertAlign')?.attributes['val'];
  return alignment === 'superscript' ? raise(richText(run)) : richText(run);
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

function readSheet(part: XmlElement, name: string, shared: Shared): Sheet {
  const view = childElement(childElement(part, 'sheetViews'), 'sheetView')?.attributes ?? {};
  const settings: ShowSettings = {
    from1904: shared.from1904,
    hidesZeros: view['showZeros'] !== undefined && !isTrue(view['showZeros']),
  };
  const cells: SheetCell[] = [];
  const hiddenRows = new Set<number>();
  let row = -1;
  let written = 0;
  for (const rowElement of childElements(childElement(part, 'sheetData') ?? part, 'row')) {
    row = rowElement.attributes['r'] === undefined ? row + 1 : Number(rowElement.attributes['r']) - 1;
    if (isTrue(rowElement.attributes['hidden'])) hiddenRows.add(row);
    let column = -1;
    for (const cell of childElements(rowElement, 'c')) {
      const place = parseReference(cell.attributes['r'] ?? '');
      column = place?.column ?? column + 1;
      const text = cellText(cell, shared, settings);
      if (text !== '' && ++written > MOST_CELLS)
        throw new AppError('SOURCE_TOO_LARGE', `sheet ${name} has more than ${MOST_CELLS} texts`);
      if (isInBounds(row, column)) cells.push({ row, column, text });
    }
  }
  return {
    name,
    cells,
    merges: readMerges(part),
    hiddenRows,
    hiddenColumns: readHiddenColumns(part),
  };
}

function isInBounds(row: number, column: number): boolean {
  return row >= 0 && row < MOST_ROWS && column >= 0 && column < MOST_COLUMNS;
}

function readMerges(part: XmlElement): Range[] {
  return childElements(childElement(part, 'mergeCells') ?? part, 'mergeCell')
    .slice(0, MOST_MERGES)
    .flatMap(({ attributes }) => {
      const [from, to] = (attributes['ref'] ?? '').split(':').map(parseReference);
      return from && to ? [{ top: from.row, left: from.column, bottom: to.row, right: to.column }] : [];
    });
}

function readHiddenColumns(part: XmlElement): Set<number> {
  const hidden = new Set<number>();
  for (const { attributes } of childElements(childElement(part, 'cols') ?? part, 'col')) {
    if (!isTrue(attributes['hidden'])) continue;
    const last = Math.min(Number(attributes['max']), MOST_COLUMNS);
    for (let column = Number(attributes['min']); column <= last; column++) hidden.add(column - 1);
  }
  return hidden;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** A cell's text as shown (18.3.1.4): shared, inline or computed string, truth value, error or formatted number. */
function cellText(cell: XmlElement, shared: Shared, settings: ShowSettings): string {
  const inline = childElement(cell, 'is');
  if (inline) return richText(inline);
  const value = childElement(cell, 'v');
  const raw = value ? textContent(value) : '';
  switch (cell.attributes['t'] ?? 'n') {
    case 's':
      return shared.strings[Number(raw)] ?? '';
    case 'str':
    case 'e':
    case 'd':
      return raw;
    case 'b':
      return raw === '1' ? 'TRUE' : 'FALSE';
    default:
      return formatValue(raw, shared.formats[Number(cell.attributes['s'] ?? 0)] ?? '#0', settings);
  }
}

/** `AB12` as row 11, column 27. */
function parseReference(reference: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return null;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(match[2]) - 1, column };
}
