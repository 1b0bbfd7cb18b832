import type { Box } from '../../model/geometry.js';
import type { Glyph, Turn } from '../../tables/glyph.js';
import { isSlanted, type Matrix, turnOf } from './display-transform.js';
import { glyphBox, INVISIBLE, isBlank, isVisible } from './place-glyph.js';
import { unifyRadicals } from '../../text/radicals.js';
import type { OpenDocument } from './pdfium-reader.js';

const REPLACEMENT = '\ufffd';
/** pdfium puts this in place of a hyphen at the end of a line. */
const LINE_HYPHEN = 2;
const LARGEST_CODE_POINT = 0x10ffff;

/** What all characters of one text object share. */
interface Run {
  readonly object: number;
  readonly size: number;
  readonly turn: Turn;
  /** What is unusual about them, which is hardly ever anything. */
  readonly marks?: Pick<Glyph, 'isSlanted' | 'isHidden' | 'isPale'>;
}

/** Text objects of a page, filled while its characters are read. */
export interface TextObjects {
  readonly met: Set<number>;
  readonly owners: number[];
}

/**
 * The characters of an open text page, white space and characters outside the page left out. The text objects they
 * belong to are added to `met`, the one of each character to `owners`, by its `order`.
 */
export function readGlyphs(
  open: OpenDocument,
  text: number,
  display: Matrix,
  { width, height }: { readonly width: number; readonly height: number },
  { met, owners }: TextObjects,
): Glyph[] {
  const { api, raw, scratch } = open;
  const count = api.FPDFText_CountChars(text);
  const glyphs: Glyph[] = [];
  let run: Run = { object: 0, size: 0, turn: 0 };
  let isAfterSpace = false;
  let order = 0;
  for (let i = 0; i < count; i++) {
    const object = raw.FPDFText_GetTextObject(text, i);
    const code = raw.FPDFText_GetUnicode(text, i);
    if (object === 0) continue; // pdfium made it up: a space or line end that is not printed
    if (object !== run.object) met.add(object);
    if (isBlank(code) && code !== LINE_HYPHEN && code !== 0) {
      isAfterSpace = true;
      continue;
    }
    if (object !== run.object) run = readRun(open, text, i, object, display);
    raw.FPDFText_GetCharOrigin(text, i, scratch, scratch + 8);
    raw.FPDFText_GetLooseCharBox(text, i, scratch + 16);
    const glyph: Glyph = {
      text: toText(code),
      box: placeGlyph(open, run, display),
      size: run.size,
      turn: run.turn,
      isAfterSpace,
      order: order++,
    };
    isAfterSpace = false;
    owners.push(object);
    if (isVisible(glyph, width, height)) glyphs.push(run.marks ? { ...glyph, ...run.marks } : glyph);
  }
  return glyphs;
}

/** The texts of the codes below this that were met. */
const texts: (string | undefined)[] = [];
const MOST_TEXTS = 0x10000;

function toText(code: number): string {
  if (code >= MOST_TEXTS) return makeText(code);
  return (texts[code] ??= makeText(code));
}

function makeText(code: number): string {
  if (code === LINE_HYPHEN) return '-';
  return code === 0 || code > LARGEST_CODE_POINT ? REPLACEMENT : unifyRadicals(String.fromCodePoint(code));
}

function readRun(open: OpenDocument, text: number, index: number, object: number, display: Matrix): Run {
  const { raw, scratch, heap } = open;
  const fontSize = raw.FPDFText_GetFontSize(text, index);
  raw.FPDFText_GetMatrix(text, index, scratch);
  const [a = 1, b = 0, c = 0, d = 1] = heap.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 4);
  const dx = display[0] * a + display[2] * b;
  const dy = display[1] * a + display[3] * b;
  const run = { object, size: fontSize * Math.hypot(c, d), turn: turnOf(dx, dy) };
  const slant = isSlanted(dx, dy);
  const isHidden = raw.FPDFTextObj_GetTextRenderMode(object) === INVISIBLE;
  const isPale = isWhite(open, object);
  if (!slant && !isHidden && !isPale) return run;
  const marks = {
    ...(slant ? { isSlanted: true as const } : {}),
    ...(isHidden ? { isHidden: true as const } : {}),
    ...(isPale ? { isPale: true as const } : {}),
  };
  return { ...run, marks };
}

/** From this value on (of 255) each part of a colour is as good as white. */
const WHITE = 245;

function isWhite({ raw, scratch, heap }: OpenDocument, object: number): boolean {
  if (raw.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0)
    return false;
  const at = scratch >> 2;
  const { HEAP32: parts } = heap;
  return (parts[at] ?? 0) >= WHITE && (parts[at + 1] ?? 0) >= WHITE && (parts[at + 2] ?? 0) >= WHITE;
}

/**
 * The characters without the noughts that are printed in white: so sheets hide the zeros of a column. White characters on an
 * area that is filled, or on a picture, are seen and lose their mark; other texts in white keep it.
 */
export function settlePale(glyphs: readonly Glyph[], grounds: readonly Box[]): Glyph[] {
  const settled = glyphs.map((glyph): Glyph => {
    if (!grounds.some((ground) => isOn(glyph, ground))) return glyph;
    const { isPale, ...seen } = glyph;
    return isPale ? seen : glyph;
  });
  return settled.filter(
    (glyph, i) => !(glyph.isPale && glyph.text === '0' && isAlone(glyph, settled[i - 1], settled[i + 1])),
  );
}

/** No character of its line stands beside it: it is no digit of a longer number. */
function isAlone({ box, size }: Glyph, ...neighbours: readonly (Glyph | undefined)[]): boolean {
  return neighbours.every(
    (other) =>
      !other ||
      Math.abs(other.box.bottom - box.bottom) > size / 2 ||
      Math.max(other.box.left - box.right, box.left - other.box.right) > size / 2,
  );
}

function isOn({ box }: Glyph, ground: Box): boolean {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return x > ground.left && x < ground.right && y > ground.top && y < ground.bottom;
}

/** The box from the origin (two doubles) and the loose box (four floats: left, top, right, bottom) in scratch memory. */
function placeGlyph({ heap, scratch }: OpenDocument, run: Run, display: Matrix): Glyph['box'] {
  const doubles = heap.HEAPF64;
  const floats = heap.HEAPF32;
  const originX = doubles[scratch >> 3] ?? 0;
  const originY = doubles[(scratch >> 3) + 1] ?? 0;
  const at = (scratch + 16) >> 2;
  const width = (floats[at + 2] ?? 0) - (floats[at] ?? 0);
  const height = (floats[at + 1] ?? 0) - (floats[at + 3] ?? 0);
  const isAlongX = (run.turn === 0 || run.turn === 180) === (display[0] !== 0);
  return glyphBox({
    x: display[0] * originX + display[2] * originY + display[4],
    y: display[1] * originX + display[3] * originY + display[5],
    advance: Math.abs(isAlongX ? width : height),
    size: run.size,
    turn: run.turn,
  });
}
