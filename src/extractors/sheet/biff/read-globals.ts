import { AppError } from '../../../errors/app-error.js';
import { type BiffRecord, corrupt, readSubstream, RECORD } from './records.js';
import { type Decode, StringReader } from './strings.js';

/** What the sheets of a binary workbook share. */
export interface Globals {
  /** Excel 97 and later (BIFF8) or Excel 5 and 95 (BIFF5). */
  readonly isUnicode: boolean;
  /** Decodes the bytes of BIFF5 strings. */
  readonly decode: Decode;
  readonly sheets: readonly SheetEntry[];
  readonly strings: readonly string[];
  /** Number format by cell format (ixfe): a code, or `#` and a built-in id. */
  readonly formats: readonly string[];
  readonly from1904: boolean;
}

export interface SheetEntry {
  readonly name: string;
  /** Where its substream begins. */
  readonly start: number;
  readonly isVisible: boolean;
  readonly isWorksheet: boolean;
}

const BIFF8 = 0x0600;
const BIFF5 = 0x0500;
/** The strings of a workbook take at least so many bytes each: more than fit are damage. */
const LEAST_STRING_BYTES = 3;

/** Encodings of BIFF5 by code page; Chinese programs also wrote GBK bytes under the Western ones. */
const ENCODINGS: ReadonlyMap<number, string> = new Map([
  [932, 'shift_jis'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1200, 'utf-16le'],
]);

/**
 * Reads the first substream of a workbook ([MS-XLS] 2.1.7.20.3). Throws SOURCE_ENCRYPTED, FORMAT_UNSUPPORTED (Excel 4
 * and older) and SOURCE_CORRUPT.
 */
export function readGlobals(stream: Uint8Array): Globals {
  let isUnicode = true;
  let codePage = 0;
  let from1904 = false;
  let strings: string[] = [];
  const sheetRecords: BiffRecord[] = [];
  const formatRecords: BiffRecord[] = [];
  const formatIds: number[] = [];
  for (const record of readSubstream(stream, 0)) {
    const { view } = record;
    if (record.type === RECORD.begin) isUnicode = readVersion(view);
    else if (record.type === RECORD.filePassword)
      throw new AppError('SOURCE_ENCRYPTED', 'the workbook asks for a password');
    else if (record.type === RECORD.codePage) codePage = view.getUint16(0, true);
    else if (record.type === RECORD.dateMode) from1904 = view.getUint16(0, true) === 1;
    else if (record.type === RECORD.sheet) sheetRecords.push(record);
    else if (record.type === RECORD.numberFormat) formatRecords.push(record);
    else if (record.type === RECORD.cellFormat) formatIds.push(view.getUint16(2, true));
    else if (record.type === RECORD.sharedStrings) strings = readSharedStrings(record);
  }
  const decoder = new TextDecoder(ENCODINGS.get(codePage) ?? 'gb18030');
  const decode: Decode = (bytes) => decoder.decode(bytes);
  const codes = new Map(formatRecords.map((record) => readFormat(record, isUnicode, decode)));
  return {
    isUnicode,
    decode,
    sheets: sheetRecords.map((record) => readSheetEntry(record, isUnicode, decode)),
    strings,
    formats: formatIds.map((id) => codes.get(id) ?? `#${id}`),
    from1904,
  };
}

/** Whether the stream is BIFF8; BIFF5 is read too, older ones are refused. */
function readVersion(view: DataView): boolean {
  const version = view.getUint16(0, true);
  if (version === BIFF8) return true;
  if (version === BIFF5) return false;
  throw corrupt(`unknown version ${version}`);
}

function readSharedStrings(record: BiffRecord): string[] {
  const count = record.view.getUint32(4, true);
  if (count * LEAST_STRING_BYTES > record.data.length) throw corrupt('more strings than bytes');
  const reader = new StringReader(record, 8);
  return Array.from({ length: count }, () => reader.unicode(2));
}

function readFormat(record: BiffRecord, isUnicode: boolean, decode: Decode): [number, string] {
  const reader = new StringReader(record, 2);
  return [record.view.getUint16(0, true), isUnicode ? reader.unicode(2) : reader.bytes(1, decode)];
}

/** BoundSheet8 ([MS-XLS] 2.4.28): kind 0 is a worksheet, others hold charts and macros. */
function readSheetEntry(record: BiffRecord, isUnicode: boolean, decode: Decode): SheetEntry {
  const { view } = record;
  const reader = new StringReader(record, 6);
  return {
    name: isUnicode ? reader.unicode(1) : reader.bytes(1, decode),
    start: view.getUint32(0, true),
    isVisible: (view.getUint8(4) & 0x03) === 0,
    isWorksheet: view.getUint8(5) === 0,
  };
}
