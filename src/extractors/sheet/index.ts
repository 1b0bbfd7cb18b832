import { asAppError } from '../../errors/app-error.js';
import { isCompoundFile } from '../archive/compound-file.js';
import type { Extractor } from '../extractor.js';
import { readBinaryWorkbook } from './biff/read-binary-workbook.js';
import { readSpreadsheetXml } from './read-spreadsheet-xml.js';
import type { Workbook } from './sheet.js';
import { readWorkbook } from './read-workbook.js';
import { toDocument } from './to-document.js';

/** Workbooks that hold the form in their sheets: `.xlsx`, the binary `.xls` (and `.et`) of Excel 5 to 2003, and its XML. */
export const sheetExtractor: Extractor = {
  format: 'sheet',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async extract(bytes, settings) {
    try {
      const workbook = await readAny(bytes);
      return {
        format: 'sheet',
        pages: [{ pageNumber: 1, width: null, height: null }],
        ...toDocument(workbook, settings.maxCharacters),
        properties: {},
      };
    } catch (error) {
      // A record that is shorter than what it should hold shows as a RangeError of the DataView.
      throw asAppError(error, 'SOURCE_CORRUPT');
    }
  },
};

/** ZIP archives begin with this letter; a workbook in one XML file does not. */
const ZIP_START = 0x50;

async function readAny(bytes: Uint8Array): Promise<Workbook> {
  if (isCompoundFile(bytes)) return readBinaryWorkbook(bytes);
  return bytes[0] === ZIP_START ? await readWorkbook(bytes) : readSpreadsheetXml(bytes);
}
