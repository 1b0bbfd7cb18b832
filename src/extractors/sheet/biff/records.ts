import { AppError } from '../../../errors/app-error.js';

/** A record of a workbook stream ([MS-XLS] 2.1.4) with what CONTINUE records behind it add to it. */
export interface BiffRecord {
  readonly type: number;
  readonly data: Uint8Array;
  readonly view: DataView;
  /** Where in `data` each continuing part begins, ascending. */
  readonly joints: readonly number[];
}

/** Record types that are read ([MS-XLS] 2.3.2; those of Excel 5 have the same numbers). */
export const RECORD = {
  formula: 0x0006,
  endOfFile: 0x000a,
  dateMode: 0x0022,
  filePassword: 0x002f,
  continue: 0x003c,
  codePage: 0x0042,
  columnInfo: 0x007d,
  sheet: 0x0085,
  manyRk: 0x00bd,
  manyBlanks: 0x00be,
  richString: 0x00d6,
  cellFormat: 0x00e0,
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
  begin: 0x0809,
} as const;

const HEADER_BYTES = 4;

/**
 * The records of the substream that begins at `start`, up to its end record; those of substreams inside it (charts) are
 * left out. Throws SOURCE_CORRUPT where it does not begin or end as it should.
 */
export function* readSubstream(stream: Uint8Array, start: number): Generator<BiffRecord> {
  let depth = 0;
  for (let at = start; ;) {
    const { record, next } = readRecord(stream, at);
    if (at === start && record.type !== RECORD.begin) throw corrupt('a sheet does not begin where it should');
    at = next;
    if (record.type === RECORD.begin) depth++;
    if (depth === 1) yield record;
    if (record.type === RECORD.endOfFile && --depth === 0) return;
  }
}

function readRecord(stream: Uint8Array, at: number): { record: BiffRecord; next: number } {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const head = readHead(view, at);
  const parts = [stream.subarray(head.from, head.to)];
  let next = head.to;
  while (next + HEADER_BYTES <= stream.length) {
    const following = readHead(view, next);
    if (following.type !== RECORD.continue) break;
    parts.push(stream.subarray(following.from, following.to));
    next = following.to;
  }
  return { record: joinParts(head.type, parts), next };
}

function readHead(view: DataView, at: number): { type: number; from: number; to: number } {
  if (at + HEADER_BYTES > view.byteLength) throw corrupt('it breaks off');
  const from = at + HEADER_BYTES;
  const to = from + view.getUint16(at + 2, true);
  if (to > view.byteLength) throw corrupt('it breaks off');
  return { type: view.getUint16(at, true), from, to };
}

function joinParts(type: number, parts: readonly Uint8Array[]): BiffRecord {
  const [first = new Uint8Array()] = parts;
  const data = parts.length === 1 ? first : new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const joints: number[] = [];
  if (parts.length > 1) {
    let at = 0;
    for (const part of parts) {
      if (at > 0) joints.push(at);
      data.set(part, at);
      at += part.length;
    }
  }
  return { type, data, view: new DataView(data.buffer, data.byteOffset, data.byteLength), joints };
}

/** SOURCE_CORRUPT for a workbook stream. */
export function corrupt(reason: string): AppError {
  return new AppError('SOURCE_CORRUPT', `binary workbook: ${reason}`);
}
