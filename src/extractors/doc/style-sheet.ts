import type { Place } from './file-information-block.js';
import { readModifiers, viewOf, type PropertyModifier } from './property-modifiers.js';

/** What a style adds, its base styles' changes first. */
export interface Style {
  readonly paragraph: readonly PropertyModifier[];
  readonly character: readonly PropertyModifier[];
}

interface RawStyle {
  readonly base: number;
  readonly paragraph: readonly PropertyModifier[];
  readonly character: readonly PropertyModifier[];
}

const NO_BASE = 0xfff;
const KIND_PARAGRAPH = 1;
const KIND_CHARACTER = 2;
const DEEPEST_INHERITANCE = 20;
const EMPTY: Style = { paragraph: [], character: [] };

/** Reads STSH ([MS-DOC] 2.9.272): styles by their index, inheritance resolved. A style that makes no sense adds nothing. */
export function readStyleSheet(table: Uint8Array, place: Place): (index: number) => Style {
  const bytes = table.subarray(place.offset, place.offset + place.size);
  const raw = bytes.length < 6 ? [] : readRawStyles(bytes);
  const resolve = (index: number, depth: number): Style => {
    const own = raw[index];
    if (!own || depth > DEEPEST_INHERITANCE) return EMPTY;
    const base = own.base === NO_BASE ? EMPTY : resolve(own.base, depth + 1);
    return {
      paragraph: [...base.paragraph, ...own.paragraph],
      character: [...base.character, ...own.character],
    };
  };
  const resolved = new Map<number, Style>();
  return (index) => {
    const known = resolved.get(index) ?? resolve(index, 0);
    resolved.set(index, known);
    return known;
  };
}

function readRawStyles(bytes: Uint8Array): (RawStyle | null)[] {
  const view = viewOf(bytes);
  const headerBytes = view.getUint16(0, true);
  const count = view.getUint16(2, true);
  const baseBytes = view.getUint16(4, true);
  const styles: (RawStyle | null)[] = [];
  let at = 2 + headerBytes;
  while (styles.length < count && at + 2 <= bytes.length) {
    const size = view.getUint16(at, true);
    styles.push(size === 0 ? null : readStyle(bytes.subarray(at + 2, at + 2 + size), baseBytes));
    at += 2 + size + (size % 2);
  }
  return styles;
}

/** STD ([MS-DOC] 2.9.259): kind and base, name, then the property changes, each list with its length in front. */
function readStyle(std: Uint8Array, baseBytes: number): RawStyle | null {
  if (std.length < baseBytes + 2) return null;
  const view = viewOf(std);
  const kindAndBase = view.getUint16(2, true);
  const kind = kindAndBase & 0xf;
  const lists: Uint8Array[] = [];
  let at = baseBytes + 2 + 2 * view.getUint16(baseBytes, true) + 2;
  while (at + 2 <= std.length) {
    const size = view.getUint16(at, true);
    lists.push(std.subarray(at + 2, at + 2 + size));
    at += 2 + size + (size % 2);
  }
  const [first, second] = lists;
  const paragraphList = kind === KIND_PARAGRAPH ? first?.subarray(2) : undefined;
  const characterList = kind === KIND_CHARACTER ? first : kind === KIND_PARAGRAPH ? second : undefined;
  return {
    base: kindAndBase >> 4,
    paragraph: paragraphList ? readModifiers(paragraphList) : [],
    character: characterList ? readModifiers(characterList) : [],
  };
}
