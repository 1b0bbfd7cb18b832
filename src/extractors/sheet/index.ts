import { AppError } from '../../errors/app-error.js';
import { isCompoundFile } from '../archive/compound-file.js';
import type { Extractor } from '../extractor.js';
import { readWorkbook } from './read-workbook.js';
import { toDocument } from './to-document.js';

/** Workbooks that hold the form in their sheets: `.xlsx`. The binary `.xls` is told apart and refused with a reason. */
export const sheetExtractor: Extractor = {
  format: 'sheet',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async extract(bytes) {
    if (isCompoundFile(bytes)) {
      throw new AppError('FORMAT_UNSUPPORTED', 'binary workbook (.xls) from before 2007: save it as .xlsx');
    }
    return {
      format: 'sheet',
      pages: [{ pageNumber: 1, width: null, height: null }],
      ...toDocument(await readWorkbook(bytes)),
      properties: {},
      diagnostics: [],
    };
  },
};
