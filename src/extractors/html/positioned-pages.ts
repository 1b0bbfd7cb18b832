import type { PrintedPage } from '../paged/printed-page.js';
import type { Glyph } from '../../tables/glyph.js';
import { isElement, isText, type HtmlElement, type HtmlNode } from '../markup/parse-html.js';
import { declarationsOf, readClassRules, type ClassRules } from '../markup/class-rules.js';

/** Fewer pieces of text with a place of their own do not make a page of print. */
const FEWEST_PIECES = 20;
/** At least this share of the characters has a place of its own. */
const PLACED_SHARE = 0.9;
/** A page of more characters was made to hurt. */
const MOST_CHARACTERS_A_PAGE = 50_000;
const POINTS_A_PIXEL = 0.75;
const USUAL_SIZE = 12;
/** Pages whose converter does not say how large they are. */
const UNKNOWN_EXTENT = 10_000;
/** Characters as wide as they are high; all others are half as wide. */
const FULL_WIDTH = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;
const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
const BLANK = /[\s\u00a0\u3000]/;

/**
 * The pages that a converter of PDF wrote as pieces of text with places (`position:absolute; top; left`, or the `text`
 * elements of pdftohtml's XML): such text is print, not a flow. Null for any other page. Places are in points from the
 * top left of their page; characters are as wide as they usually are, since only where a piece begins is known.
 */
export function readPositionedPages(root: HtmlElement): PrintedPage[] | null {
  const collector = new Collector(readClassRules(root));
  collector.visit(root, null);
  return collector.isPrint() ? collector.pages() : null;
}

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyph[];
  /** Where the characters of the last line begin in `glyphs`. */
  lineStart: number;
}

class Collector {
  private readonly sheets = new Map<HtmlElement | null, Sheet>();
  private readonly fontSizes = new Map<string, number>();
  private placed = 0;
  private unplaced = 0;
  private pieces = 0;

  constructor(private readonly rules: ClassRules) {}

  isPrint(): boolean {
    const most = Math.max(0, ...[...this.sheets.values()].map(({ glyphs }) => glyphs.length));
    return (
      this.pieces >= FEWEST_PIECES &&
      this.placed >= PLACED_SHARE * (this.placed + this.unplaced) &&
      most <= MOST_CHARACTERS_A_PAGE
    );
  }

  pages(): PrintedPage[] {
    return [...this.sheets.values()].map(({ width, height, glyphs }, i) => ({
      pageNumber: i + 1,
      width,
      height,
      glyphs,
      rulings: [],
      fills: [],
      hasImages: false,
    }));
  }

  visit(node: HtmlNode, page: HtmlElement | null): void {
    if (isText(node)) this.unplaced += countCharacters(node.data);
    if (!isElement(node) || SILENT.has(node.name)) return;
    if (node.name === 'fontspec')
      this.fontSizes.set(node.attribs['id'] ?? '', lengthOf(node.attribs['size']));
    const style = declarationsOf(node, this.rules);
    const place = placeOf(node, style);
    if (place && hasOwnText(node)) return this.addPiece(node, place, page);
    const isPage = node.name === 'page' || (style.has('width') && style.has('height') && !place);
    for (const child of node.children) this.visit(child, isPage ? node : page);
  }

  private addPiece(piece: HtmlElement, place: Place, page: HtmlElement | null): void {
    const lines = linesOf(piece);
    const count = lines.reduce((sum, line) => sum + countCharacters(line), 0);
    if (count === 0) return;
    this.placed += count;
    this.pieces++;
    const sheet = this.sheetOf(page);
    const size = this.fontSizes.get(piece.attribs['font'] ?? '') ?? this.sizeOf(piece);
    const pitch = place.height !== null && lines.length > 1 ? place.height / lines.length : size * 1.2;
    for (const [i, line] of lines.entries()) {
      addLine(sheet, line, { left: place.left, top: place.top + i * pitch, width: place.width }, size);
    }
  }

  private sheetOf(page: HtmlElement | null): Sheet {
    const known = this.sheets.get(page);
    if (known) return known;
    const style = page ? declarationsOf(page, this.rules) : new Map<string, string>();
    const extent = (name: string): number =>
      lengthOf(style.get(name) ?? page?.attribs[name]) || UNKNOWN_EXTENT;
    const sheet: Sheet = { width: extent('width'), height: extent('height'), glyphs: [], lineStart: 0 };
    this.sheets.set(page, sheet);
    return sheet;
  }

  /** The font size of the piece or of the first element inside that has one. */
  private sizeOf(piece: HtmlElement): number {
    const own = lengthOf(declarationsOf(piece, this.rules).get('font-size'));
    if (own > 0) return own;
    for (const child of piece.children) {
      const inner = isElement(child) ? this.sizeOf(child) : 0;
      if (inner > 0 && inner !== USUAL_SIZE) return inner;
    }
    return USUAL_SIZE;
  }
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number | null;
  readonly height: number | null;
}

function placeOf(element: HtmlElement, style: ReadonlyMap<string, string>): Place | null {
  const stated = element.name === 'text' ? new Map(Object.entries(element.attribs)) : style;
  const [left, top] = [stated.get('left'), stated.get('top')];
  if (left === undefined || top === undefined) return null;
  const width = lengthOf(stated.get('width'));
  const height = lengthOf(stated.get('height'));
  return { left: lengthOf(left), top: lengthOf(top), width: width || null, height: height || null };
}

/** A length in points; numbers without a unit are pixels. 0 where it is none. */
function lengthOf(text: string | undefined): number {
  const number = Number.parseFloat(text ?? '');
  if (Number.isNaN(number)) return 0;
  return /pt\s*$/i.test(text ?? '') ? number : number * POINTS_A_PIXEL;
}

function hasOwnText(element: HtmlElement): boolean {
  return element.children.some(
    (child) => (isText(child) && child.data.trim() !== '') || (isElement(child) && isInline(child)),
  );
}

function isInline({ name }: HtmlElement): boolean {
  return ['span', 'b', 'i', 'strong', 'em', 'a', 'font', 'sup', 'sub', 'u', 'br'].includes(name);
}

function linesOf(element: HtmlElement): string[] {
  let text = '';
  const visit = (node: HtmlNode): void => {
    if (isText(node)) text += node.data.replace(/[\r\n]+/g, '');
    else if (isElement(node) && node.name === 'br') text += '\n';
    else if (isElement(node)) node.children.forEach(visit);
  };
  visit(element);
  return text.replace(/\n+$/, '').split('\n');
}

function countCharacters(text: string): number {
  return text.replace(/\s+/g, '').length;
}

/** Adds the characters of a line; where its width is known they are as wide as that allows. */
function addLine(
  sheet: Sheet,
  text: string,
  place: { readonly left: number; readonly top: number; readonly width: number | null },
  size: number,
): void {
  const advance = (character: string): number => (FULL_WIDTH.test(character) ? size : size / 2);
  const usual = [...text].reduce((sum, character) => sum + advance(character), 0);
  const scale = place.width !== null && usual > 0 ? Math.min(1.2, Math.max(0.5, place.width / usual)) : 1;
  makeRoom(sheet, place, size);
  const { glyphs } = sheet;
  sheet.lineStart = glyphs.length;
  let at = place.left;
  let isAfterSpace = false;
  for (const character of text) {
    const right = at + advance(character) * scale;
    if (BLANK.test(character)) isAfterSpace = true;
    else {
      const box = { left: at, top: place.top, right, bottom: place.top + size };
      glyphs.push({ text: character, box, size, turn: 0, isAfterSpace, order: glyphs.length });
      isAfterSpace = false;
    }
    at = right;
  }
}

/** A line that the next one on its height runs into is as wide as that leaves it: its characters are narrower than usual. */
function makeRoom(
  { glyphs, lineStart }: Sheet,
  place: { readonly left: number; readonly top: number },
  size: number,
): void {
  const [first, last] = [glyphs[lineStart], glyphs.at(-1)];
  if (!first || !last || Math.abs(first.box.top - place.top) > size / 2) return;
  const { left } = first.box;
  if (place.left <= left || place.left >= last.box.right) return;
  const scale = (place.left - left) / (last.box.right - left);
  for (let i = lineStart; i < glyphs.length; i++) {
    const glyph = glyphs[i];
    if (!glyph) continue;
    const box = {
      ...glyph.box,
      left: left + (glyph.box.left - left) * scale,
      right: left + (glyph.box.right - left) * scale,
    };
    glyphs[i] = { ...glyph, box };
  }
}
