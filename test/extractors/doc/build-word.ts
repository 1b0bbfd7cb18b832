/** Builds small binary Word documents in memory: enough of [MS-CFB] and [MS-DOC] for the reader's tests. */

export interface Run {
  readonly text: string;
  readonly modifiers?: readonly number[];
}

export interface TestParagraph {
  readonly runs: readonly Run[];
  readonly style?: number;
  readonly modifiers?: readonly number[];
}

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FREE = 0xffffffff;
const FAT_SECTOR = 0xfffffffd;

/** A sprm with its operand as bytes, little endian. */
export function sprm(code: number, ...operand: number[]): number[] {
  return [code & 0xff, code >> 8, ...operand];
}

export function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16((value >>> 16) & 0xffff)];
}

export const CELL_END = '\x07';
export const IN_TABLE = sprm(0x2416, 1);
export const ROW_END = [...IN_TABLE, ...sprm(0x2417, 1)];

export function paragraph(text: string, modifiers: readonly number[] = []): TestParagraph {
  return { runs: [{ text }], modifiers };
}

/** The paragraphs of one table row: cells by text, edges in twips, flags (TCGRF) by cell. */
export function row(
  texts: readonly string[],
  edges: readonly number[],
  flags: readonly number[] = [],
): TestParagraph[] {
  const definition = [
    texts.length,
    ...edges.flatMap(u16),
    ...texts.flatMap((_, i) => [...u16(flags[i] ?? 0), ...new Array<number>(18).fill(0)]),
  ];
  return [
    ...texts.map((text) => paragraph(text + CELL_END, IN_TABLE)),
    paragraph(CELL_END, [...ROW_END, ...sprm(0xd608, ...u16(definition.length + 1), ...definition)]),
  ];
}

interface BuildOptions {
  readonly compressed?: boolean;
  readonly flags?: number;
  readonly version?: number;
  /** Fast-saved: the paragraphs lie in the file in this order of their indices, a piece each. */
  readonly fileOrder?: readonly number[];
  /** Written behind the piece table: place of PlfLst and PlfLfo. */
  readonly lists?: {
    readonly lst: readonly number[];
    readonly levels: readonly number[];
    readonly lfo: readonly number[];
  };
}

const TEXT_AT = 2048;

/** A whole `.doc` with one piece of text, or one a paragraph. Property lists must fit one page each, so keep documents small. */
export function buildWord(document: readonly TestParagraph[], options: BuildOptions = {}): Uint8Array {
  const paragraphs = options.fileOrder?.flatMap((index) => document[index] ?? []) ?? document;
  const width = options.compressed === true ? 1 : 2;
  const text = paragraphs.flatMap((p) => p.runs.map((run) => run.text)).join('');
  const textBytes = [...text].flatMap((c) => (width === 1 ? [c.charCodeAt(0)] : u16(c.charCodeAt(0))));
  const textPages = Math.ceil((TEXT_AT + textBytes.length) / SECTOR);
  const papx = pages(
    paragraphs.map((p) => ({ length: lengthOf(p), body: papxBody(p) })),
    width,
    13,
  );
  const chpx = pages(
    paragraphs.flatMap((p) => p.runs.map((run) => ({ length: run.text.length, body: chpxBody(run) }))),
    width,
    1,
  );
  const main = new Uint8Array((textPages + papx.length + chpx.length) * SECTOR);
  main.set(textBytes, TEXT_AT);
  [...papx, ...chpx].forEach((page, i) => main.set(page.bytes, (textPages + i) * SECTOR));
  const table: number[] = [];
  const place = (bytes: readonly number[]): [number, number] => {
    const offset = table.length;
    table.push(...bytes);
    return [offset, bytes.length];
  };
  const end = TEXT_AT + textBytes.length;
  const slots = new Map<number, [number, number]>();
  slots.set(13, place(plcBte(papx, end, textPages)));
  slots.set(12, place(plcBte(chpx, end, textPages + papx.length)));
  const plcPcd = options.fileOrder ? piecesOf(document, paragraphs, width) : onePiece(text.length, width);
  slots.set(33, place([2, ...u32(plcPcd.length), ...plcPcd]));
  if (options.lists) {
    slots.set(73, place(options.lists.lst));
    table.push(...options.lists.levels);
    slots.set(74, place(options.lists.lfo));
  }
  main.set(fib(text.length, slots, options), 0);
  return buildCompoundFile({ WordDocument: main, '0Table': Uint8Array.from(table) });
}

function onePiece(length: number, width: number): number[] {
  return [...u32(0), ...u32(length), ...pieceAt(0, width)];
}

/** A piece descriptor of text that begins so many characters into the file's text. */
function pieceAt(start: number, width: number): number[] {
  const offset = TEXT_AT + start * width;
  return [...u16(0), ...u32(width === 1 ? (offset * 2) | 0x40000000 : offset), ...u16(0)];
}

function piecesOf(
  document: readonly TestParagraph[],
  inFile: readonly TestParagraph[],
  width: number,
): number[] {
  const ends = document.map((_, i) => document.slice(0, i + 1).reduce((sum, p) => sum + lengthOf(p), 0));
  const starts = document.map((p) =>
    inFile.slice(0, inFile.indexOf(p)).reduce((sum, one) => sum + lengthOf(one), 0),
  );
  return [...u32(0), ...ends.flatMap(u32), ...starts.flatMap((start) => pieceAt(start, width))];
}

function lengthOf(p: TestParagraph): number {
  return p.runs.reduce((sum, run) => sum + run.text.length, 0);
}

function papxBody(p: TestParagraph): number[] {
  const body = [...u16(p.style ?? 0), ...(p.modifiers ?? [])];
  if (body.length % 2 === 0) return [0, body.length / 2, ...body];
  return [(body.length + 1) / 2, ...body];
}

function chpxBody(run: Run): number[] {
  const body = run.modifiers ?? [];
  return body.length === 0 ? [] : [body.length, ...body];
}

interface FormattedPage {
  readonly from: number;
  readonly bytes: Uint8Array;
}

function pages(
  items: readonly { length: number; body: readonly number[] }[],
  width: number,
  entry: number,
): FormattedPage[] {
  const result: FormattedPage[] = [];
  let at = TEXT_AT;
  let waiting = [...items];
  while (waiting.length > 0) {
    let count = 0;
    let used = 0;
    for (const item of waiting) {
      const next = used + item.body.length + (item.body.length % 2);
      if ((count + 2) * 4 + (count + 1) * entry + next + 2 >= SECTOR - 2) break;
      used = next;
      count++;
    }
    const bytes = new Uint8Array(SECTOR);
    const view = new DataView(bytes.buffer);
    const from = at;
    let body = SECTOR - 2;
    waiting.slice(0, count).forEach((item, i) => {
      view.setUint32(4 * i, at, true);
      at += item.length * width;
      if (item.body.length === 0) return;
      body -= item.body.length + (item.body.length % 2);
      bytes.set(item.body, body);
      bytes[4 * (count + 1) + entry * i] = body / 2;
    });
    view.setUint32(4 * count, at, true);
    bytes[SECTOR - 1] = count;
    result.push({ from, bytes });
    waiting = waiting.slice(count);
  }
  return result;
}

function plcBte(list: readonly FormattedPage[], end: number, firstPage: number): number[] {
  return [
    ...list.flatMap((page) => u32(page.from)),
    ...u32(end),
    ...list.flatMap((_, i) => u32(firstPage + i)),
  ];
}

function fib(
  length: number,
  slots: ReadonlyMap<number, [number, number]>,
  options: BuildOptions,
): Uint8Array {
  const bytes = new Uint8Array(154 + 93 * 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xa5ec, true);
  view.setUint16(2, options.version ?? 0x00c1, true);
  view.setUint16(10, options.flags ?? 0, true);
  view.setUint16(32, 14, true);
  view.setUint16(62, 22, true);
  view.setUint32(64 + 4 * 3, length, true);
  view.setUint16(152, 93, true);
  for (const [slot, [offset, size]] of slots) {
    view.setUint32(154 + 8 * slot, offset, true);
    view.setUint32(154 + 8 * slot + 4, size, true);
  }
  return bytes;
}

/** A compound file with its streams in whole sectors (none small), padded with zeros to 4096 bytes. */
export function buildCompoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const fat: number[] = [FAT_SECTOR];
  const body: Uint8Array[] = [new Uint8Array(SECTOR)];
  const chain = (bytes: Uint8Array): number => {
    const count = Math.ceil(bytes.length / SECTOR);
    const start = fat.length;
    for (let i = 0; i < count; i++) {
      fat.push(i === count - 1 ? END_OF_CHAIN : start + i + 1);
      const sector = new Uint8Array(SECTOR);
      sector.set(bytes.subarray(i * SECTOR, (i + 1) * SECTOR));
      body.push(sector);
    }
    return start;
  };
  const names = Object.keys(streams);
  const entries = names.map((name) => {
    const content = streams[name] ?? new Uint8Array();
    const padded = new Uint8Array(Math.max(4096, content.length));
    padded.set(content);
    return { name, kind: 2, start: chain(padded), size: padded.length };
  });
  const directory = new Uint8Array(Math.ceil((entries.length + 1) / 4) * SECTOR);
  [{ name: 'Root Entry', kind: 5, start: END_OF_CHAIN, size: 0 }, ...entries].forEach((entry, i) => {
    const view = new DataView(directory.buffer, 128 * i, 128);
    [...entry.name].forEach((c, k) => view.setUint16(2 * k, c.charCodeAt(0), true));
    view.setUint16(64, 2 * entry.name.length + 2, true);
    view.setUint8(66, entry.kind);
    view.setUint32(68, FREE, true);
    view.setUint32(72, i > 0 && i < entries.length ? i + 1 : FREE, true);
    view.setUint32(76, i === 0 && entries.length > 0 ? 1 : FREE, true);
    view.setUint32(116, entry.start, true);
    view.setUint32(120, entry.size, true);
  });
  const directoryStart = chain(directory);
  const fatBytes = body[0] ?? new Uint8Array(SECTOR);
  const fatView = new DataView(fatBytes.buffer);
  for (let i = 0; i < SECTOR / 4; i++) fatView.setUint32(4 * i, fat[i] ?? FREE, true);
  const header = new Uint8Array(SECTOR);
  const view = new DataView(header.buffer);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, 1, true);
  view.setUint32(48, directoryStart, true);
  view.setUint32(56, 4096, true);
  view.setUint32(60, END_OF_CHAIN, true);
  view.setUint32(68, END_OF_CHAIN, true);
  for (let i = 0; i < 109; i++) view.setUint32(76 + 4 * i, i === 0 ? 0 : FREE, true);
  const file = new Uint8Array(SECTOR * (body.length + 1));
  file.set(header);
  body.forEach((sector, i) => file.set(sector, SECTOR * (i + 1)));
  return file;
}
