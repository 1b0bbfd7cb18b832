import { Readable, type Writable } from 'node:stream';
import { dictionaryRows } from './dictionary.js';
import { WIDE_COLUMNS, type CellValue, type ExportRecord } from './export-row.js';
import { put, type Exporter } from './exporter.js';
import { safeText } from './safe-text.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Longest text of a cell that Excel opens. */
const LONGEST_CELL = 32_767;

/**
 * A row a report, and the data dictionary on a second sheet (ECMA-376). Text goes in as inline strings, which Excel
 * never takes for formulas; the apostrophe protects those who save the sheet as CSV.
 */
export const xlsx: Exporter = {
  id: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  write: async (rows, out) => {
    const { default: yazl } = await import('yazl');
    const zip = new yazl.ZipFile();
    for (const [name, content] of Object.entries(FIXED_PARTS))
      zip.addBuffer(Buffer.from(DECLARATION + content), name);
    zip.addReadStream(Readable.from(sheet(dictionary())), 'xl/worksheets/sheet2.xml');
    zip.addReadStream(Readable.from(sheet(records(rows))), 'xl/worksheets/sheet1.xml');
    zip.end();
    await copy(zip.outputStream, out);
  },
};

async function copy(from: NodeJS.ReadableStream, out: Writable): Promise<void> {
  for await (const part of from) await put(out, part);
}

async function* records(rows: AsyncIterable<ExportRecord>): AsyncGenerator<readonly CellValue[]> {
  yield WIDE_COLUMNS.map((column) => column.name);
  for await (const row of rows) yield WIDE_COLUMNS.map((column) => column.value(row));
}

async function* dictionary(): AsyncGenerator<readonly CellValue[]> {
  yield* await Promise.resolve(dictionaryRows());
}

async function* sheet(rows: AsyncIterable<readonly CellValue[]>): AsyncGenerator<string> {
  yield (
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
  );
  for await (const row of rows) yield `<row>${row.map(cell).join('')}</row>`;
  yield '</sheetData></worksheet>';
}

function cell(value: CellValue): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${Number(value)}</v></c>`;
  const text = escapeXml(safeText(value).slice(0, LONGEST_CELL));
  return `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const FIXED_PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet2.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="records" sheetId="1" r:id="rId1"/>` +
    '<sheet name="dictionary" sheetId="2" r:id="rId2"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
};
