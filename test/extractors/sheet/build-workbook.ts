/** Builds small binary workbooks in memory: enough of [MS-XLS] for the reader's tests. */
import { buildCompoundFile, u16, u32 } from '../doc/build-word.js';

export const XLS = {
  formula: 0x0006,
  filePassword: 0x002f,
  continue: 0x003c,
  codePage: 0x0042,
  dateMode: 0x0022,
  columnInfo: 0x007d,
  manyRk: 0x00bd,
  manyBlanks: 0x00be,
  mergedCells: 0x00e5,
  sharedStrings: 0x00fc,
  sharedLabel: 0x00fd,
  blank: 0x0201,
  number: 0x0203,
  label: 0x0204,
  truthOrError: 0x0205,
  string: 0x0207,
  row: 0x0208,
  window: 0x023e,
  rk: 0x027e,
  numberFormat: 0x041e,
  cellFormat: 0x00e0,
} as const;

export interface TestSheet {
  readonly name?: string;
  readonly state?: number;
  readonly records: readonly (readonly number[])[];
}

interface BuildOptions {
  readonly version?: number;
  readonly streamName?: string;
  readonly globals?: readonly (readonly number[])[];
  /** Cuts the stream off behind so many bytes. */
  readonly cutAt?: number;
}

export function record(type: number, ...data: number[]): number[] {
  return [...u16(type), ...u16(data.length), ...data];
}

/** Characters as Excel 97 writes them: a length of 1 or 2 bytes, flags, UTF-16. */
export function wide(text: string, lengthBytes: 1 | 2 = 2): number[] {
  const length = lengthBytes === 1 ? [text.length] : u16(text.length);
  return [...length, 1, ...characters(text)];
}

export function characters(text: string): number[] {
  return [...text].flatMap((c) => u16(c.charCodeAt(0)));
}

export function double(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

export function cell(row: number, column: number, format = 0): number[] {
  return [...u16(row), ...u16(column), ...u16(format)];
}

export function label(row: number, column: number, text: string): number[] {
  return record(XLS.label, ...cell(row, column), ...wide(text));
}

export function number(row: number, column: number, value: number, format = 0): number[] {
  return record(XLS.number, ...cell(row, column, format), ...double(value));
}

/** An integer as RK holds it. */
export function rk(value: number): number[] {
  return u32(((value << 2) | 2) >>> 0);
}

export function cellFormat(id: number): number[] {
  return record(XLS.cellFormat, ...u16(0), ...u16(id));
}

export function sharedStrings(texts: readonly string[]): number[] {
  return record(
    XLS.sharedStrings,
    ...u32(texts.length),
    ...u32(texts.length),
    ...texts.flatMap((text) => wide(text)),
  );
}

const BEGIN = 0x0809;
const END = record(0x000a);
const SHEET = 0x0085;

/** A whole `.xls`; the sheets' places are filled in. */
export function buildWorkbook(sheets: readonly TestSheet[], options: BuildOptions = {}): Uint8Array {
  const version = options.version ?? 0x0600;
  const begin = (kind: number): number[] => record(BEGIN, ...u16(version), ...u16(kind));
  const entry = ({ name = '表', state = 0 }: TestSheet, start: number): number[] => {
    const named = version === 0x0600 ? wide(name, 1) : [name.length, ...Buffer.from(name, 'latin1')];
    return record(SHEET, ...u32(start), state, 0, ...named);
  };
  const bodies = sheets.map(({ records }) => [...begin(0x0010), ...records.flat(), ...END]);
  const globals = (starts: readonly number[]): number[] => [
    ...begin(0x0005),
    ...(options.globals ?? []).flat(),
    ...sheets.flatMap((sheet, i) => entry(sheet, starts[i] ?? 0)),
    ...END,
  ];
  let next = globals([]).length;
  const starts = bodies.map((body) => {
    const start = next;
    next += body.length;
    return start;
  });
  const stream = [...globals(starts), ...bodies.flat()].slice(0, options.cutAt);
  return buildCompoundFile({ [options.streamName ?? 'Workbook']: Uint8Array.from(stream) });
}
