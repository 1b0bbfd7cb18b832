import type { TextBlock } from '../../model/document.js';
import { isSectionTitle, startsLabel } from './cell-kinds.js';
import { isMenuEntry, isPageMark, isSiteLine } from './furniture.js';
import { displayWidth, isBlankLine, pieceOf, type Line, type Piece } from './lines.js';
import { textOfMarkup } from './markup-table.js';
import { plainMarkdown } from './pipe-table.js';

const LONGEST_HEADING = 50;
/** A wrapped line ends at most this share of the text's width before the margin. */
const FULL_LINE_SHARE = 0.86;
/** Texts with lines wider than this are not wrapped; narrower than that they hold no paragraphs. */
const WIDEST_WRAP = 130;
const NARROWEST_WRAP = 40;
/** Where more lines than this end in a full stop, every line is a paragraph. */
const MOST_WHOLE_SHARE = 0.75;
const TERMINAL = /[。！？；：…]["”’）)]?$/;

/** Width at which a text's lines were wrapped, or null where paragraphs stand on one line each. */
export function wrapWidth(lines: readonly Line[]): number | null {
  const running = lines.map((line) => line.text.trim()).filter((text) => /[，。；、]/.test(text));
  const whole = running.filter((text) => TERMINAL.test(text));
  if (whole.length > running.length * MOST_WHOLE_SHARE) return null;
  const widths = running.map(widthOf).sort((a, b) => a - b);
  const widest = widths[Math.floor(widths.length * 0.95)] ?? 0;
  return widths.length > 2 && (widths.at(-1) ?? 0) <= WIDEST_WRAP && widest >= NARROWEST_WRAP ? widest : null;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += displayWidth(character);
  return width;
}

/**
 * Lines that belong to no table as text blocks: wrapped lines joined, Markdown's marks gone, headings told from
 * paragraphs, the site's and the page's furniture from the report's body. `width` is the text's `wrapWidth`.
 */
export function readParagraphs(lines: readonly Line[], width: number | null, menu: MenuState): TextBlock[] {
  const blocks: TextBlock[] = [];
  let open: Piece[] = [];
  const flush = (): void => {
    const block = blockOf(open, menu);
    if (block !== null) blocks.push(block);
    open = [];
  };
  lines.forEach((line, index) => {
    if (isBlankLine(line)) return flush();
    if (isDecoration(line.text)) return flush();
    const piece = pieceOf(line);
    if (open.length > 0 && !continues(open.at(-1), line, width)) flush();
    if (isPageMark(piece.text, line.afterPageBreak || lines[index + 1]?.afterPageBreak === true)) {
      flush();
      blocks.push(textBlock('paragraph', 'furniture', piece.text, piece));
    } else open.push(piece);
  });
  flush();
  return blocks;
}

/** Whether a menu of the site is being listed: it opens with 首页 and ends at the first longer line. */
export interface MenuState {
  isOpen: boolean;
}

/** Underlines of headings, horizontal rules, fences, tags without text. */
function isDecoration(text: string): boolean {
  const trimmed = text.trim();
  if (/^(?:[-=_*~+]\s?){3,}$/.test(trimmed) || /^```|^:::|^\[\]\{/.test(trimmed)) return true;
  return /^(?:<[^>]+>\s*)+$/.test(trimmed) && textOfMarkup(trimmed) === '';
}

/** A line runs on into the next where it is full and the next starts neither a paragraph nor a heading. */
function continues(before: Piece | undefined, line: Line, width: number | null): boolean {
  if (before === undefined || width === null) return false;
  if (widthOf(before.text) < width * FULL_LINE_SHARE || isSectionTitle(before.text)) return false;
  if (isSiteLine(before.text)) return false;
  const text = line.text.trim();
  if (isSectionTitle(text) || /^[#>]/.test(text)) return false;
  const isIndented = /^(?:\u3000| {2,}\S|\t)/.test(line.text) && TERMINAL.test(before.text);
  return !isIndented && !(startsLabel(text) && TERMINAL.test(before.text));
}

function blockOf(pieces: readonly Piece[], menu: MenuState): TextBlock | null {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return null;
  const joined = pieces
    .map((piece, at) => gapBetween(pieces[at - 1]?.text ?? '', piece.text) + piece.text)
    .join('');
  const isMarkedHeading =
    /^#{1,6}\s|^(?:\*\*|__).*(?:\*\*|__)$|^={2,5}\s.*\s={2,5}$|^\*{2,5}\s.*\s\*{2,5}$/.test(joined);
  const text = plainLine(joined);
  if (text === '') return null;
  const place = { start: first.start, end: last.end };
  if (isFurniture(text, menu)) return textBlock('paragraph', 'furniture', text, place);
  const isHeading = isMarkedHeading || isSectionTitle(text) || isShortTitle(text);
  return textBlock(isHeading ? 'heading' : 'paragraph', 'body', text, place);
}

function isFurniture(text: string, menu: MenuState): boolean {
  if (/^(?:网站)?首\s*页/.test(text)) menu.isOpen = true;
  if (isSiteLine(text)) return true;
  if (menu.isOpen && isMenuEntry(text) && !isSectionTitle(text)) return true;
  menu.isOpen = false;
  return false;
}

function isShortTitle(text: string): boolean {
  return (
    text.length <= LONGEST_HEADING &&
    !/[。；，]/.test(text) &&
    (startsLabel(text) || /(?:年度报告|年报|工作报告|统计表)$/.test(text))
  );
}

/** What stood where a line was wrapped: a space between words of Latin letters, nothing in Chinese. */
function gapBetween(before: string, next: string): string {
  const end = before.slice(-1);
  return /[\w,.]/.test(end) && /^\w/.test(next) && /[A-Za-z]$|^[A-Za-z]/.test(end + next[0]) ? ' ' : '';
}

/** An address between angle brackets, as Markdown writes links: no tag. */
const AUTOLINK = /<(https?:\/\/[^<>\s]+|[\w.+-]+@[\w.-]+)>/gi;

/** A line's text without Markdown's, wiki's and HTML's marks. */
function plainLine(line: string): string {
  const text = line.replace(AUTOLINK, '$1');
  const withoutTags = /<\/?[a-z][^>]*>|&[a-z#0-9]+;/i.test(text) ? textOfMarkup(text) : text;
  const bare = withoutTags
    .replace(/^#{1,6}\s+|^>\s+|^[-*+]\s{1,3}(?=\[)|^={2,5}\s+|^\*{2,5}\s+/, '')
    .replace(/\s+#+$|\s+={2,5}$|\s+\*{2,5}$|\\$/, '')
    .replace(/'''?/g, '');
  return plainMarkdown(bare.replace(/^\*([^*]+)\*$/, '$1')).trim();
}

function textBlock(
  kind: TextBlock['kind'],
  region: TextBlock['region'],
  text: string,
  place: { start: number; end: number },
): TextBlock {
  return { kind, region, text, evidence: { kind: 'span', start: place.start, end: place.end } };
}
