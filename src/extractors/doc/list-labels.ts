import { formatOrdinal, type OrdinalStyle } from '../numbering/format-ordinal.js';
import type { Place } from './file-information-block.js';
import { viewOf } from './property-modifiers.js';

/** One level of a list ([MS-DOC] LVL 2.9.150): `template` holds the characters 0 to 8 where a level's number goes. */
export interface ListLevel {
  readonly start: number;
  readonly style: OrdinalStyle;
  readonly isBullet: boolean;
  readonly template: string;
  /** Every number of the label is written in digits, whatever its own level says (fLegal). */
  readonly isLegal: boolean;
}

/** A list as paragraphs refer to it: the counters belong to `listId`, `restarts` are starts of its own by level. */
export interface ListOverride {
  readonly listId: number;
  readonly levels: readonly ListLevel[];
  readonly restarts: ReadonlyMap<number, number>;
}

const LIST_BYTES = 28;
const LEVEL_HEAD_BYTES = 28;
const OVERRIDE_BYTES = 16;
const LEVELS = 9;
const NFC_BULLET = 23;

/** MSONFC ([MS-OSHARED] 2.2.1.3) by number; those not listed are written in digits. */
const STYLE_BY_NFC: Readonly<Record<number, OrdinalStyle>> = {
  0: 'decimal', 1: 'upper_roman', 2: 'lower_roman', 3: 'upper_letter', 4: 'lower_letter',
  10: 'chinese_digits', 11: 'chinese_counting', 14: 'full_width', 16: 'chinese_legal', 17: 'chinese_digits',
  18: 'circled', 19: 'full_width', 22: 'decimal_zero', 23: 'none', 26: 'full_stop', 27: 'parenthesised',
  28: 'circled', 29: 'chinese_parenthesised', 30: 'heavenly_stems', 31: 'earthly_branches', 33: 'chinese_counting',
  34: 'chinese_legal', 35: 'chinese_counting', 36: 'chinese_digits', 37: 'chinese_counting', 38: 'chinese_legal',
  39: 'chinese_counting', 40: 'chinese_digits', 255: 'none',
}; // prettier-ignore

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** Reads PlfLst and PlfLfo ([MS-DOC] 2.9.191, 2.9.192): overrides by their 1-based number as sprmPIlfo gives it. */
export function readLists(table: Uint8Array, lists: Place, overrides: Place): Map<number, ListOverride> {
  if (lists.size < 2 || overrides.size < 4) return new Map();
  const levelsById = readLevels(table, lists);
  const reader: Reader = { bytes: table, view: viewOf(table), at: overrides.offset + 4 };
  const count = reader.view.getUint32(overrides.offset, true);
  const heads: { id: number; changed: number }[] = [];
  for (let i = 0; i < count; i++, reader.at += OVERRIDE_BYTES) {
    heads.push({ id: reader.view.getInt32(reader.at, true), changed: reader.view.getUint8(reader.at + 12) });
  }
  const found = new Map<number, ListOverride>();
  heads.forEach(({ id, changed }, i) => {
    const levels = [...(levelsById.get(id) ?? [])];
    const restarts = new Map<number, number>();
    reader.at += 4;
    for (let k = 0; k < changed; k++) {
      const start = reader.view.getInt32(reader.at, true);
      const flags = reader.view.getUint32(reader.at + 4, true);
      reader.at += 8;
      const level = flags & 0xf;
      const isRedefined = (flags & 0x20) !== 0;
      if (isRedefined) levels[level] = readLevel(reader);
      if ((flags & 0x10) !== 0) restarts.set(level, isRedefined ? (levels[level]?.start ?? start) : start);
    }
    found.set(i + 1, { listId: id, levels, restarts });
  });
  return found;
}

/** The list definitions, and behind them (outside the counted size) the levels of each, nine or one. */
function readLevels(table: Uint8Array, place: Place): Map<number, ListLevel[]> {
  const reader: Reader = { bytes: table, view: viewOf(table), at: place.offset + 2 };
  const count = reader.view.getUint16(place.offset, true);
  const heads: { id: number; isSimple: boolean }[] = [];
  for (let i = 0; i < count; i++, reader.at += LIST_BYTES) {
    heads.push({
      id: reader.view.getInt32(reader.at, true),
      isSimple: (reader.view.getUint8(reader.at + 26) & 1) !== 0,
    });
  }
  return new Map(
    heads.map(({ id, isSimple }) => [
      id,
      Array.from({ length: isSimple ? 1 : LEVELS }, () => readLevel(reader)),
    ]),
  );
}

function readLevel(reader: Reader): ListLevel {
  const { view, at } = reader;
  const nfc = view.getUint8(at + 4);
  const propertyBytes = view.getUint8(at + 24) + view.getUint8(at + 25);
  const textAt = at + LEVEL_HEAD_BYTES + propertyBytes;
  const length = view.getUint16(textAt, true);
  const text = reader.bytes.subarray(textAt + 2, textAt + 2 + 2 * length);
  reader.at = textAt + 2 + 2 * length;
  return {
    start: view.getInt32(at, true),
    style: STYLE_BY_NFC[nfc] ?? 'decimal',
    isBullet: nfc === NFC_BULLET,
    template: new TextDecoder('utf-16le').decode(text),
    isLegal: (view.getUint8(at + 5) & 0x04) !== 0,
  };
}

/** Gives numbered paragraphs their labels; call once a paragraph, in reading order. */
export type LabelNext = (override: number, level: number) => string;

/** Counters of all lists of a document, at their starts. Bullets and unknown lists give an empty label. */
export function createLabelCounter(overrides: ReadonlyMap<number, ListOverride>): LabelNext {
  const counters = new Map<number, (number | undefined)[]>();
  const started = new Set<string>();
  return (overrideNumber, levelIndex) => {
    const override = overrides.get(overrideNumber);
    const level = override?.levels[levelIndex];
    if (!override || !level) return '';
    const counts = counters.get(override.listId) ?? [];
    counters.set(override.listId, counts);
    const restart = override.restarts.get(levelIndex);
    const startKey = `${overrideNumber}:${levelIndex}`;
    const current = counts[levelIndex];
    if (restart !== undefined && !started.has(startKey)) counts[levelIndex] = restart;
    else counts[levelIndex] = current === undefined ? level.start : current + 1;
    started.add(startKey);
    counts.length = levelIndex + 1;
    return level.isBullet ? '' : writeLabel(override.levels, level, counts);
  };
}

function writeLabel(
  levels: readonly ListLevel[],
  level: ListLevel,
  counts: readonly (number | undefined)[],
): string {
  return [...level.template]
    .map((character) => {
      const index = character.charCodeAt(0);
      if (index >= LEVELS) return character;
      const shown = levels[index];
      const value = counts[index] ?? shown?.start ?? 1;
      return formatOrdinal(value, level.isLegal ? 'decimal' : (shown?.style ?? 'decimal'));
    })
    .join('');
}
