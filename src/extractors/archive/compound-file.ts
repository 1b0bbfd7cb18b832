import { AppError } from '../../errors/app-error.js';

/** An OLE compound file ([MS-CFB]): named streams by their path below the root, folders joined with `/`. */
export interface CompoundFile {
  readonly names: readonly string[];
  /** The bytes of a stream, or null where there is none of that name. Throws SOURCE_CORRUPT where its chain is broken. */
  stream(name: string): Uint8Array | null;
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const MINI_SECTOR_BYTES = 64;
/** Sector numbers from here on are marks (free, end of chain, FAT, DIFAT): [MS-CFB] 2.1. */
const FIRST_MARK = 0xfffffffa;
const NO_STREAM = 0xffffffff;
const HEADER_FAT_SECTORS = 109;

interface Entry {
  readonly name: string;
  readonly kind: 'storage' | 'stream' | 'root' | 'unused';
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

interface Sectors {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly sectorBytes: number;
  readonly fat: readonly number[];
}

/** True where the bytes start with the mark of a compound file. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Opens a compound file. Throws SOURCE_CORRUPT where header, allocation table or directory make no sense. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile {
  if (!isCompoundFile(bytes) || bytes.length < HEADER_BYTES) throw corrupt('no compound file header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorShift = view.getUint16(30, true);
  if (sectorShift !== 9 && sectorShift !== 12) throw corrupt('unknown sector size');
  const sectorBytes = 1 << sectorShift;
  const sectors: Sectors = { bytes, view, sectorBytes, fat: readFat(bytes, view, sectorBytes) };
  const entries = readDirectory(readChain(sectors, view.getUint32(48, true), null));
  const root = entries[0];
  if (!root) throw corrupt('no root entry');
  const miniStream = root.size > 0 ? readChain(sectors, root.start, root.size) : new Uint8Array();
  const miniFatBytes =
    view.getUint32(64, true) > 0 ? readChain(sectors, view.getUint32(60, true), null) : new Uint8Array();
  const miniFat = toNumbers(miniFatBytes);
  const miniLimit = view.getUint32(56, true);
  const byPath = pathsOf(entries);
  return {
    names: [...byPath.keys()],
    stream(name) {
      const entry = byPath.get(name);
      if (!entry) return null;
      if (entry.size >= miniLimit) return readChain(sectors, entry.start, entry.size);
      return readMiniChain(miniStream, miniFat, entry.start, entry.size);
    },
  };
}

/** The allocation table: next sector of every sector, listed by the header and the DIFAT chain behind it. */
function readFat(bytes: Uint8Array, view: DataView, sectorBytes: number): number[] {
  const fatSectors: number[] = [];
  for (let i = 0; i < HEADER_FAT_SECTORS; i++) fatSectors.push(view.getUint32(76 + 4 * i, true));
  const perSector = sectorBytes / 4;
  const limit = Math.ceil(bytes.length / sectorBytes);
  let difat = view.getUint32(68, true);
  for (let steps = 0; difat < FIRST_MARK; steps++) {
    const at = (difat + 1) * sectorBytes;
    if (steps > limit || at + sectorBytes > bytes.length) throw corrupt('broken allocation table');
    for (let i = 0; i < perSector - 1; i++) fatSectors.push(view.getUint32(at + 4 * i, true));
    difat = view.getUint32(at + sectorBytes - 4, true);
  }
  const fat: number[] = [];
  for (const sector of fatSectors) {
    if (sector >= FIRST_MARK) continue;
    const at = (sector + 1) * sectorBytes;
    if (at + sectorBytes > bytes.length) continue;
    for (let i = 0; i < perSector; i++) fat.push(view.getUint32(at + 4 * i, true));
  }
  return fat;
}

/** Joins a chain of sectors; `size` null reads to its end. A last sector cut off by the end of the file is kept as far as it goes. */
function readChain(sectors: Sectors, start: number, size: number | null): Uint8Array {
  const { bytes, sectorBytes, fat } = sectors;
  const parts: Uint8Array[] = [];
  let total = 0;
  for (
    let sector = start;
    sector < FIRST_MARK && (size === null || total < size);
    sector = fat[sector] ?? NO_STREAM
  ) {
    const at = (sector + 1) * sectorBytes;
    if (at >= bytes.length || total > bytes.length) throw corrupt('a stream points outside the file');
    const part = bytes.subarray(at, at + sectorBytes);
    parts.push(part);
    total += part.length;
  }
  if (size !== null && total < size) throw corrupt('a stream ends early');
  return joinParts(parts, size ?? total);
}

function readMiniChain(stream: Uint8Array, fat: readonly number[], start: number, size: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let sector = start; sector < FIRST_MARK && total < size; sector = fat[sector] ?? NO_STREAM) {
    const part = stream.subarray(sector * MINI_SECTOR_BYTES, (sector + 1) * MINI_SECTOR_BYTES);
    if (part.length === 0) throw corrupt('a small stream points outside the file');
    parts.push(part);
    total += part.length;
  }
  if (total < size) throw corrupt('a small stream ends early');
  return joinParts(parts, size);
}

function joinParts(parts: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    const used = part.subarray(0, size - at);
    joined.set(used, at);
    at += used.length;
  }
  return joined;
}

function toNumbers(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getUint32(4 * i, true));
}

function readDirectory(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kinds = ['unused', 'storage', 'stream', 'unused', 'unused', 'root'] as const;
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const nameBytes = Math.min(64, Math.max(0, view.getUint16(at + 64, true) - 2));
    entries.push({
      name: new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameBytes)),
      kind: kinds[view.getUint8(at + 66)] ?? 'unused',
      left: view.getUint32(at + 68, true),
      right: view.getUint32(at + 72, true),
      child: view.getUint32(at + 76, true),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    });
  }
  return entries;
}

/** Walks the sibling trees below the root; an entry is visited once, so that a loop in them ends. */
function pathsOf(entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const seen = new Set<number>();
  const waiting: { index: number; prefix: string }[] = [
    { index: entries[0]?.child ?? NO_STREAM, prefix: '' },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const entry = entries[next.index];
    if (!entry || seen.has(next.index)) continue;
    seen.add(next.index);
    const path = next.prefix + entry.name;
    if (entry.kind === 'stream') found.set(path, entry);
    if (entry.kind === 'storage') waiting.push({ index: entry.child, prefix: `${path}/` });
    waiting.push({ index: entry.left, prefix: next.prefix }, { index: entry.right, prefix: next.prefix });
  }
  return found;
}

function corrupt(reason: string): AppError {
  return new AppError('SOURCE_CORRUPT', `compound file: ${reason}`);
}
