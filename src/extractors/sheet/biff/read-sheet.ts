import { AppError } from '../../../errors/app-error.js';
import { formatValue, type ShowSettings } from '../format-value.js';
import { MOST_CELLS, MOST_COLUMNS, MOST_MERGES, type Range, type Sheet, type SheetCell } from '../sheet.js';
import type { Globals, SheetEntry } from './read-globals.js';
import { type BiffRecord, readSubstream, RECORD } from './records.js';
import { StringReader } from './strings.js';

/** Error values ([MS-XLS] 2.5.10). */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);
const ROW_IS_HIDDEN = 0x20;
const SHOWS_ZEROS = 0x10;
const RK_IS_HUNDREDFOLD = 0x01;
const RK_IS_INTEGER = 0x02;
const CELL_HEAD_BYTES = 6;
const RK_BYTES = 6;
const MERGE_BYTES = 8;

/** Cells as they are found; a formula's text follows in a record of its own. */
class SheetBuilder {
  readonly cells: SheetCell[] = [];
  readonly merges: Range[] = [];
  readonly hiddenRows = new Set<number>();
  readonly hiddenColumns = new Set<number>();
  /** Numbers wait for their sheet's settings, which stand behind the cells. */
  readonly numbers: { readonly cell: number; readonly value: number; readonly format: number }[] = [];
  hidesZeros = false;
  /** Where the text of the last formula goes. */
  waiting: { readonly row: number; readonly column: number } | null = null;
  #written = 0;

  constructor(private readonly name: string) {}

  text(row: number, column: number, text: string): void {
    if (text !== '') this.#count();
    this.cells.push({ row, column, text });
  }

  number(row: number, column: number, value: number, format: number): void {
    this.#count();
    this.numbers.push({ cell: this.cells.length, value, format });
    this.cells.push({ row, column, text: '' });
  }

  #count(): void {
    if (++this.#written > MOST_CELLS)
      throw new AppError('SOURCE_TOO_LARGE', `sheet ${this.name} has more than ${MOST_CELLS} texts`);
  }
}

/** Reads one worksheet ([MS-XLS] 2.1.7.20.5). Throws SOURCE_CORRUPT and SOURCE_TOO_LARGE. */
export function readBinarySheet(stream: Uint8Array, entry: SheetEntry, globals: Globals): Sheet {
  const builder = new SheetBuilder(entry.name);
  for (const record of readSubstream(stream, entry.start)) readRecord(record, builder, globals);
  const settings: ShowSettings = { from1904: globals.from1904, hidesZeros: builder.hidesZeros };
  const cells = [...builder.cells];
  for (const { cell, value, format } of builder.numbers) {
    const found = cells[cell];
    const code = globals.formats[format] ?? '#0';
    if (found) cells[cell] = { ...found, text: formatValue(String(value), code, settings) };
  }
  const { merges, hiddenRows, hiddenColumns } = builder;
  return { name: entry.name, cells, merges, hiddenRows, hiddenColumns };
}

function readRecord(record: BiffRecord, builder: SheetBuilder, globals: Globals): void {
  const { view } = record;
  switch (record.type) {
    case RECORD.row:
      if ((view.getUint8(12) & ROW_IS_HIDDEN) !== 0) builder.hiddenRows.add(view.getUint16(0, true));
      return;
    case RECORD.columnInfo:
      return readColumnInfo(view, builder);
    case RECORD.window:
      builder.hidesZeros = (view.getUint16(0, true) & SHOWS_ZEROS) === 0;
      return;
    case RECORD.mergedCells:
      return readMerges(view, builder);
    case RECORD.string:
      return readFormulaText(record, builder, globals);
    default:
      readCells(record, builder, globals);
  }
}

function readCells(record: BiffRecord, builder: SheetBuilder, globals: Globals): void {
  const { view } = record;
  const place = (): [row: number, column: number] => [view.getUint16(0, true), view.getUint16(2, true)];
  switch (record.type) {
    case RECORD.sharedLabel:
      return builder.text(...place(), globals.strings[view.getUint32(CELL_HEAD_BYTES, true)] ?? '');
    case RECORD.label:
    case RECORD.richString:
      return builder.text(...place(), readText(record, CELL_HEAD_BYTES, globals));
    case RECORD.number:
      return builder.number(...place(), view.getFloat64(CELL_HEAD_BYTES, true), view.getUint16(4, true));
    case RECORD.rk:
      return builder.number(...place(), toNumber(view, CELL_HEAD_BYTES), view.getUint16(4, true));
    case RECORD.manyRk:
      return readManyNumbers(view, builder);
    case RECORD.blank:
      return builder.text(...place(), '');
    case RECORD.manyBlanks:
      return readManyBlanks(view, builder);
    case RECORD.truthOrError:
      return builder.text(...place(), truthOrError(view.getUint8(6), view.getUint8(7) === 1));
    case RECORD.formula:
      return readFormula(view, builder);
  }
}

function readText(record: BiffRecord, at: number, globals: Globals): string {
  const reader = new StringReader(record, at);
  return globals.isUnicode ? reader.unicode(2) : reader.bytes(2, globals.decode);
}

function truthOrError(value: number, isError: boolean): string {
  if (isError) return ERRORS.get(value) ?? '#N/A';
  return value === 0 ? 'FALSE' : 'TRUE';
}

/** RkNumber ([MS-XLS] 2.5.217): a 30-bit integer or the upper half of a double, perhaps a hundredfold. */
function toNumber(view: DataView, at: number): number {
  const low = view.getUint8(at);
  let value: number;
  if ((low & RK_IS_INTEGER) !== 0) {
    value = view.getInt32(at, true) >> 2;
  } else {
    const double = new DataView(new ArrayBuffer(8));
    double.setUint32(4, view.getUint32(at, true) & ~3, true);
    value = double.getFloat64(0, true);
  }
  return (low & RK_IS_HUNDREDFOLD) !== 0 ? value / 100 : value;
}

function readManyNumbers(view: DataView, builder: SheetBuilder): void {
  const row = view.getUint16(0, true);
  const first = view.getUint16(2, true);
  for (let i = 0; 4 + (i + 1) * RK_BYTES <= view.byteLength - 2; i++) {
    const at = 4 + i * RK_BYTES;
    builder.number(row, first + i, toNumber(view, at + 2), view.getUint16(at, true));
  }
}

function readManyBlanks(view: DataView, builder: SheetBuilder): void {
  const row = view.getUint16(0, true);
  const first = view.getUint16(2, true);
  for (let i = 0; 4 + (i + 1) * 2 <= view.byteLength - 2; i++) builder.text(row, first + i, '');
}

/** FormulaValue ([MS-XLS] 2.5.133): the result as last computed; 0xFFFF at its end says that it is no number. */
function readFormula(view: DataView, builder: SheetBuilder): void {
  const row = view.getUint16(0, true);
  const column = view.getUint16(2, true);
  builder.waiting = null;
  if (view.getUint16(12, true) !== 0xffff)
    return builder.number(row, column, view.getFloat64(6, true), view.getUint16(4, true));
  const kind = view.getUint8(6);
  if (kind === 0) builder.waiting = { row, column };
  else if (kind === 3) builder.text(row, column, '');
  else builder.text(row, column, truthOrError(view.getUint8(8), kind === 2));
}

function readFormulaText(record: BiffRecord, builder: SheetBuilder, globals: Globals): void {
  const place = builder.waiting;
  builder.waiting = null;
  if (place) builder.text(place.row, place.column, readText(record, 0, globals));
}

function readColumnInfo(view: DataView, builder: SheetBuilder): void {
  if ((view.getUint8(8) & 1) === 0) return;
  const last = Math.min(view.getUint16(2, true), MOST_COLUMNS);
  for (let column = view.getUint16(0, true); column <= last; column++) builder.hiddenColumns.add(column);
}

function readMerges(view: DataView, builder: SheetBuilder): void {
  const count = Math.min(view.getUint16(0, true), MOST_MERGES - builder.merges.length);
  for (let i = 0; i < count; i++) {
    const at = 2 + i * MERGE_BYTES;
    builder.merges.push({
      top: view.getUint16(at, true),
      bottom: view.getUint16(at + 2, true),
      left: view.getUint16(at + 4, true),
      right: view.getUint16(at + 6, true),
    });
  }
}
