import type { Diagnostic } from '../../../model/diagnostic.js';
import { openCompoundFile } from '../../archive/compound-file.js';
import { hiddenSheets, MOST_SHEETS, tooManySheets, type Workbook } from '../sheet.js';
import { readGlobals } from './read-globals.js';
import { readBinarySheet } from './read-sheet.js';
import { corrupt } from './records.js';

/**
 * Reads the visible sheets of a binary workbook ([MS-XLS]; Excel 97 to 2003, and 5 and 95 in a GBK code page). Formulas
 * are read as last computed. Throws SOURCE_CORRUPT, SOURCE_ENCRYPTED, SOURCE_TOO_LARGE, and RangeError where a record is
 * shorter than what it should hold.
 */
export function readBinaryWorkbook(bytes: Uint8Array): Workbook {
  const file = openCompoundFile(bytes);
  // Files for both generations hold both streams; the newer one knows Unicode and merged cells.
  const stream = file.stream('Workbook') ?? file.stream('Book');
  if (!stream) throw corrupt('no workbook stream');
  const globals = readGlobals(stream);
  if (globals.sheets.length === 0) throw corrupt('no sheet in it');
  const worksheets = globals.sheets.filter(({ isWorksheet }) => isWorksheet);
  const visible = worksheets.filter(({ isVisible }) => isVisible);
  const diagnostics: Diagnostic[] = [];
  if (visible.length < worksheets.length) diagnostics.push(hiddenSheets(worksheets.length - visible.length));
  if (visible.length > MOST_SHEETS) diagnostics.push(tooManySheets(visible.length));
  const sheets = visible.slice(0, MOST_SHEETS).map((entry) => readBinarySheet(stream, entry, globals));
  return { sheets, diagnostics };
}
