import type { Format } from '../model/document.js';
import { isCompoundFile, openCompoundFile } from './archive/compound-file.js';
import { openZip } from './archive/read-zip.js';

/** An office document that no extractor reads but a converter may: what it is, and which format it becomes. */
export interface ConvertibleKind {
  readonly name: string;
  /** The format that a record of it names. */
  readonly format: Format;
  readonly target: 'docx' | 'xlsx';
}

const WORD_6: ConvertibleKind = { name: 'Word 6/95', format: 'doc', target: 'docx' };
const WORKS: ConvertibleKind = { name: 'Works or WPS', format: 'doc', target: 'docx' };
const XLSB: ConvertibleKind = { name: 'Excel binary (.xlsb)', format: 'sheet', target: 'xlsx' };
const ODS: ConvertibleKind = { name: 'OpenDocument spreadsheet', format: 'sheet', target: 'xlsx' };

/** First bytes of kinds without a container: Word for Windows 1 and 2, Write, and Excel 2 to 4 (BOF records). */
const HEADS: readonly (readonly [readonly number[], ConvertibleKind])[] = [
  [[0x9b, 0xa5], { name: 'Word 1', format: 'doc', target: 'docx' }],
  [[0xdb, 0xa5], { name: 'Word 2', format: 'doc', target: 'docx' }],
  [[0x31, 0xbe, 0, 0], { name: 'Windows Write', format: 'doc', target: 'docx' }],
  [[0x09, 0x00, 0x04, 0x00], { name: 'Excel 2', format: 'sheet', target: 'xlsx' }],
  [[0x09, 0x02, 0x06, 0x00], { name: 'Excel 3', format: 'sheet', target: 'xlsx' }],
  [[0x09, 0x04, 0x06, 0x00], { name: 'Excel 4', format: 'sheet', target: 'xlsx' }],
];

/** Streams that programs for texts leave in a compound file without a Word document. */
const TEXT_STREAM = /^(?:MatOST|CONTENTS|WpsContent|wps\w*)$/i;

/** Tells what `bytes` that FORMAT_UNSUPPORTED was said of are, or null where no converter helps. Never throws. */
export async function convertibleKind(bytes: Uint8Array): Promise<ConvertibleKind | null> {
  try {
    if (isCompoundFile(bytes)) {
      const { names } = openCompoundFile(bytes);
      if (names.includes('WordDocument')) return WORD_6;
      return names.some((name) => TEXT_STREAM.test(name)) ? WORKS : null;
    }
    const head = HEADS.find(([start]) => start.every((byte, i) => bytes[i] === byte));
    if (head) return head[1];
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
    const { names } = await openZip(bytes);
    if (names.includes('xl/workbook.bin')) return XLSB;
    return names.includes('content.xml') ? ODS : null;
  } catch {
    return null;
  }
}
