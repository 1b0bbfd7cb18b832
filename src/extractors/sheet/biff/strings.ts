import { type BiffRecord, corrupt } from './records.js';

const IS_WIDE = 0x01;
const HAS_PHONETICS = 0x04;
const HAS_RUNS = 0x08;
const RUN_BYTES = 4;

/** Decodes bytes of the workbook's code page. */
export type Decode = (bytes: Uint8Array) => string;

/** Reads the strings of one record in order; characters may go on in a continuing part, which says anew how wide they are. */
export class StringReader {
  #nextJoint = 0;

  constructor(
    private readonly record: BiffRecord,
    private at: number,
  ) {}

  /** XLUnicodeRichExtendedString ([MS-XLS] 2.5.293) or, with shorter lengths, the plain kinds of Excel 97 and later. */
  unicode(lengthBytes: 1 | 2): string {
    const { view } = this.record;
    const length = lengthBytes === 1 ? view.getUint8(this.at) : view.getUint16(this.at, true);
    const flags = view.getUint8(this.at + lengthBytes);
    this.at += lengthBytes + 1;
    const runs = (flags & HAS_RUNS) === 0 ? 0 : this.#take(2);
    const phonetics = (flags & HAS_PHONETICS) === 0 ? 0 : this.#take(4);
    const text = this.#characters(length, (flags & IS_WIDE) !== 0);
    this.at += runs * RUN_BYTES + phonetics;
    return text;
  }

  /** A string of Excel 5: bytes in the workbook's code page. */
  bytes(lengthBytes: 1 | 2, decode: Decode): string {
    const length = this.#take(lengthBytes);
    const text = decode(this.record.data.subarray(this.at, this.at + length));
    this.at += length;
    return text;
  }

  #take(size: 1 | 2 | 4): number {
    const { view } = this.record;
    const at = this.at;
    this.at += size;
    if (size === 1) return view.getUint8(at);
    return size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
  }

  #characters(length: number, isWide: boolean): string {
    const { data, view, joints } = this.record;
    let text = '';
    let width = isWide ? 2 : 1;
    for (let left = length; left > 0;) {
      while ((joints[this.#nextJoint] ?? Infinity) < this.at) this.#nextJoint++;
      if (joints[this.#nextJoint] === this.at) width = (view.getUint8(this.at++) & IS_WIDE) !== 0 ? 2 : 1;
      const isPassed = (joints[this.#nextJoint] ?? Infinity) <= this.at;
      const end = joints[this.#nextJoint + (isPassed ? 1 : 0)] ?? data.length;
      const count = Math.min(left, Math.floor((end - this.at) / width));
      if (count <= 0) throw corrupt('a string breaks off');
      text += decodeCharacters(data.subarray(this.at, this.at + count * width), width);
      this.at += count * width;
      left -= count;
    }
    return text;
  }
}

const UTF_16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** Narrow characters are the low bytes of UTF-16, the high ones are zero. */
function decodeCharacters(bytes: Uint8Array, width: number): string {
  return width === 2 ? UTF_16.decode(bytes) : Buffer.from(bytes).toString('latin1');
}
