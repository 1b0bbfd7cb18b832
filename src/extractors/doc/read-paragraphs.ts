import { offsetOf, rangeAt, type FormattedRange } from './formatted-pages.js';
import type { Piece } from './piece-table.js';
import { operandNumber, readModifiers, SPRM, viewOf, type PropertyModifier } from './property-modifiers.js';
import { raise } from '../../text/raised.js';
import { strike } from '../../text/struck.js';
import type { Style } from './style-sheet.js';

/** What a Word document consists of, taken apart but not yet put in order. */
export interface WordParts {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly paragraphRanges: readonly FormattedRange[];
  readonly characterRanges: readonly FormattedRange[];
  readonly styleAt: (index: number) => Style;
  /** The Data stream, where property lists too long for their place lie. */
  readonly data: Uint8Array;
}

/** A paragraph, or the end mark of a cell or row; positions are character positions, `to` exclusive. */
export interface Paragraph {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What its last character ends. */
  readonly ends: 'paragraph' | 'cell' | 'row';
  /** 0 outside tables, 1 in a table, 2 in a table inside a cell, and so on. */
  readonly depth: number;
  readonly isHeading: boolean;
  readonly list: { readonly override: number; readonly level: number } | null;
  /** Table changes of a row's end mark. */
  readonly modifiers: readonly PropertyModifier[];
  /** Its end mark was deleted under revision, so that it runs on into the next one. */
  readonly runsOn: boolean;
  readonly hasHiddenText: boolean;
}

const MARK = { cell: '\x07', lineBreak: '\x0b', pageBreak: '\x0c', paragraph: '\r', column: '\x0e' } as const;
const FIELD = { begin: '\x13', separator: '\x14', end: '\x15' } as const;
const NON_BREAKING_HYPHEN = '\x1e';
const SYMBOL_PLACE = '(';
/** Style indices of the nine built-in headings ([MS-DOC] 2.9.260, sti 1 to 9 keep these places). */
const LAST_HEADING_STYLE = 9;
const BODY_OUTLINE_LEVEL = 9;
const DEEPEST_HUGE_LIST = 3;

/** Reads the paragraphs of a story (a range of character positions). */
export function readParagraphs(parts: WordParts, from: number, end: number): Paragraph[] {
  const to = Math.min(end, parts.text.length);
  const codes = findFieldCodes(parts.text, from, to);
  const paragraphs: Paragraph[] = [];
  let start = from;
  for (let position = from; position < to; position++) {
    const character = parts.text.charAt(position);
    const isEnd = character === MARK.paragraph || character === MARK.cell || character === MARK.pageBreak;
    if (!isEnd && position < to - 1) continue;
    paragraphs.push(readParagraph(parts, start, position + 1, codes));
    start = position + 1;
  }
  return paragraphs;
}

function readParagraph(parts: WordParts, from: number, to: number, codes: readonly FieldCode[]): Paragraph {
  const last = to - 1;
  const place = offsetOf(parts.pieces, last);
  const range = place ? rangeAt(parts.paragraphRanges, place.offset) : null;
  const style = range?.style ?? 0;
  const modifiers = [
    ...parts.styleAt(style).paragraph,
    ...expandHuge(readModifiers(range?.modifiers ?? new Uint8Array()), parts.data, 0),
    ...readModifiers(place?.piece.modifiers ?? new Uint8Array()),
  ];
  const value = (code: number): number | null => {
    const found = modifiers.findLast((modifier) => modifier.code === code);
    return found ? operandNumber(found.operand) : null;
  };
  const isInTable = value(SPRM.inTable) === 1 || (value(SPRM.tableDepth) ?? 0) > 0;
  const depth = isInTable ? Math.max(1, value(SPRM.tableDepth) ?? 1) : 0;
  const endsRow = value(SPRM.tableRowEnd) === 1 || value(SPRM.innerRowEnd) === 1;
  const endsCell = parts.text.charAt(last) === MARK.cell || value(SPRM.innerCellEnd) === 1;
  const override = value(SPRM.listOverride) ?? 0;
  const outline = value(SPRM.outlineLevel);
  const visible = readVisibleText(parts, from, to, parts.styleAt(style), codes);
  return {
    from,
    to,
    text: visible.text,
    depth,
    ends: depth > 0 && endsRow ? 'row' : depth > 0 && endsCell ? 'cell' : 'paragraph',
    isHeading:
      (style >= 1 && style <= LAST_HEADING_STYLE) || (outline !== null && outline < BODY_OUTLINE_LEVEL),
    // [MS-DOC] 2.6.2 sprmPIlfo: 1 to 0x7FE names a list, everything else means none.
    list: override >= 1 && override <= 0x7fe ? { override, level: value(SPRM.listLevel) ?? 0 } : null,
    modifiers: endsRow ? modifiers : [],
    runsOn: visible.isEndDeleted,
    hasHiddenText: visible.hasHidden,
  };
}

/** Replaces the modifiers that only point into the Data stream ([MS-DOC] PrcData 2.9.211) by the list there. */
function expandHuge(modifiers: PropertyModifier[], data: Uint8Array, level: number): PropertyModifier[] {
  if (level > DEEPEST_HUGE_LIST) return [];
  return modifiers.flatMap((modifier) => {
    const { code } = modifier;
    const isPointer =
      code === SPRM.hugeProperties || code === SPRM.hugePropertiesOld || code === SPRM.tableProperties;
    if (!isPointer) return [modifier];
    const at = operandNumber(modifier.operand);
    if (at + 2 > data.length) return [];
    const size = viewOf(data).getUint16(at, true);
    return expandHuge(readModifiers(data.subarray(at + 2, at + 2 + size)), data, level + 1);
  });
}

interface FieldCode {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the instructions of fields stand: from the field's begin mark to its separator, or to its end where it has no
 * result. A begin mark without an end hides nothing.
 */
function findFieldCodes(text: string, from: number, to: number): FieldCode[] {
  const open: { begin: number; separator: number | null }[] = [];
  const codes: FieldCode[] = [];
  for (let position = from; position < to; position++) {
    const character = text.charAt(position);
    if (character === FIELD.begin) open.push({ begin: position, separator: null });
    const last = open.at(-1);
    if (character === FIELD.separator && last) last.separator ??= position;
    if (character === FIELD.end && last) {
      open.pop();
      codes.push({ from: last.begin, to: (last.separator ?? position) + 1 });
    }
  }
  return codes.sort((a, b) => a.from - b.from);
}

interface VisibleText {
  readonly text: string;
  readonly isEndDeleted: boolean;
  readonly hasHidden: boolean;
}

function readVisibleText(
  parts: WordParts,
  from: number,
  to: number,
  style: Style,
  codes: readonly FieldCode[],
): VisibleText {
  let written = '';
  let hasHidden = false;
  let format = NO_FORMAT;
  let range: FormattedRange | null = null;
  let piece: Piece | null = null;
  const inside = codes.filter((code) => code.from < to && code.to > from);
  for (let position = from; position < to; position++) {
    const place = offsetOf(parts.pieces, position);
    if (!place) continue;
    if (!range || place.piece !== piece || place.offset < range.from || place.offset >= range.to) {
      range = rangeAt(parts.characterRanges, place.offset);
      piece = place.piece;
      format = readFormat(parts, style, range, place.piece);
    }
    if (inside.some((code) => position >= code.from && position < code.to)) continue;
    const character = printed(parts.text.charAt(position), format);
    if (format.isHidden && character.trim() !== '') hasHidden = true;
    if (!format.isHidden && !format.isDeleted) written += character;
  }
  return { text: written, isEndDeleted: format.isDeleted, hasHidden };
}

interface CharacterFormat {
  readonly isDeleted: boolean;
  readonly isHidden: boolean;
  readonly isSpecial: boolean;
  readonly isRaised: boolean;
  readonly isStruck: boolean;
  readonly symbol: string | null;
}

const NO_FORMAT: CharacterFormat = {
  isDeleted: false,
  isHidden: false,
  isSpecial: false,
  isRaised: false,
  isStruck: false,
  symbol: null,
};
/** sprmCIss: superscript. */
const SUPERSCRIPT = 1;

function readFormat(
  parts: WordParts,
  style: Style,
  range: FormattedRange | null,
  piece: Piece,
): CharacterFormat {
  const own = [...readModifiers(range?.modifiers ?? new Uint8Array()), ...readModifiers(piece.modifiers)];
  const characterStyle = own.findLast((modifier) => modifier.code === SPRM.characterStyle);
  const styled = [
    ...style.character,
    ...(characterStyle ? parts.styleAt(operandNumber(characterStyle.operand)).character : []),
  ];
  const toggle = (code: number): boolean => {
    const base = styled.reduce((state, m) => (m.code === code ? applyToggle(m, false) : state), false);
    return own.reduce((state, m) => (m.code === code ? applyToggle(m, base) : state), base);
  };
  const symbol = own.findLast((modifier) => modifier.code === SPRM.symbol);
  return {
    isDeleted: toggle(SPRM.deletedByRevision),
    isHidden: toggle(SPRM.hidden),
    isSpecial: toggle(SPRM.special),
    isRaised:
      [...styled, ...own].findLast(({ code }) => code === SPRM.raisedOrLowered)?.operand[0] === SUPERSCRIPT,
    isStruck: toggle(SPRM.struckOnce) || toggle(SPRM.struckTwice),
    symbol: symbol ? symbolText(symbol.operand) : null,
  };
}

/** ToggleOperand ([MS-DOC] 2.9.326): off, on, as the style has it, or its opposite. */
function applyToggle(modifier: PropertyModifier, base: boolean): boolean {
  const operand = modifier.operand[0] ?? 0;
  if (operand === 0x80) return base;
  if (operand === 0x81) return !base;
  return operand !== 0;
}

/** What stands for a picture of a symbol font: something is printed, and it is no letter and no number. */
const PICTURE = '·';

/** CSymbolOperand ([MS-DOC] 2.9.48): symbol fonts use the private area from U+F000, which says nothing outside them. */
function symbolText(operand: Uint8Array): string {
  const code = operand.length >= 4 ? viewOf(operand).getUint16(2, true) : 0;
  return code >= 0xf000 && code <= 0xf0ff ? PICTURE : String.fromCharCode(code);
}

/** A character as a reader sees it: breaks as `\n`, marks and placeholders of pictures and notes as nothing. */
function printed(character: string, format: CharacterFormat): string {
  if (character === MARK.lineBreak || character === MARK.column) return '\n';
  if (character === NON_BREAKING_HYPHEN) return '-';
  if (format.isSpecial && character === SYMBOL_PLACE && format.symbol !== null) return format.symbol;
  if (character < ' ' && character !== '\t') return '';
  const raised = format.isRaised ? raise(character) : character;
  return format.isStruck ? strike(raised) : raised;
}
