import type { TextBlock } from '../../model/document.js';
import { unionBox } from '../../model/geometry.js';
import type { TextLine } from '../../tables/text-line.js';

/** Lines that belong to one paragraph, with the page of the first. */
export interface Paragraph {
  readonly pageNumber: number;
  readonly lines: readonly TextLine[];
  /** Its last line reaches the right margin, so that its text may go on overleaf. */
  readonly isFull: boolean;
}

/** What is usual on a page: where its text starts and ends, how large it is and how far its lines are apart. */
export interface PageMeasure {
  readonly left: number;
  readonly right: number;
  readonly size: number;
  readonly pitch: number;
}

/** A first line starts this far (em) right of the margin … */
const INDENT_EM = 0.9;
/** … and a last line ends this far before the right one. */
const SHORT_EM = 2.2;
/** Lines further apart than so many usual distances belong to different paragraphs. */
const GAP_PITCHES = 1.35;
/** Lines of one paragraph differ in size by at most this share. */
const SIZE_SHARE = 0.12;
/** Text so much larger than usual is a title. */
const TITLE_SHARE = 1.18;
/** Middles of centred lines lie within this distance (em). */
const CENTRED_EM = 1.2;
const LONGEST_HEADING = 45;
const OPENS_PARAGRAPH =
  /^(?:[一二三四五六七八九十]{1,3}\s?[、.．]|[（(]\s?[一二三四五六七八九十]{1,3}\s?[)）](?!项)|第[一二三四五六七八九十]+[章部])/;
const HEADING =
  /^(?:[一二三四五六七八九十]{1,3}\s?[、.．]|第[一二三四五六七八九十]+[章部节]|[（(][一二三四五六七八九十]{1,3}[)）]).*[^。；;，,：:]$/;
/** What a line is not broken after: Latin letters, digits, opening brackets. */
const UNBROKEN = /^[\u0021-\u007e（〔【《“]$/;
/** A line of running text starts within this share of the text's width. */
const FAR_RIGHT_SHARE = 0.3;
const LATIN_END = /[A-Za-z0-9,.;:)\]%]$/;
const LATIN_START = /^[A-Za-z0-9([$€£]/;

/** The usual measures of the lines of a page (or of any run of text). */
export function measureLines(lines: readonly TextLine[]): PageMeasure {
  const sizes = lines.flatMap((line) => new Array<number>(Math.ceil(line.text.length / 8)).fill(line.size));
  const pitches = lines
    .slice(1)
    .map((line, i) => line.box.bottom - (lines[i]?.box.bottom ?? 0))
    .filter((pitch) => pitch > 0);
  const size = median(sizes);
  return {
    left: Math.min(...lines.map((line) => line.box.left)),
    right: Math.max(...lines.map((line) => line.box.right)),
    size,
    pitch: pitches.length > 0 ? median(pitches) : 1.6 * size,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Joins consecutive lines to paragraphs. */
export function joinParagraphs(
  lines: readonly TextLine[],
  measure: PageMeasure,
  pageNumber: number,
): Paragraph[] {
  const groups: TextLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && isSameParagraph(before, line, measure)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => ({ pageNumber, lines: group, isFull: reachesRight(group.at(-1), measure) }));
}

/** A line is full where what follows it (`next`, points) would not have fitted. */
function reachesRight(line: TextLine | undefined, measure: PageMeasure, next = 0): boolean {
  return (
    line !== undefined && line.box.right >= measure.right - Math.max(SHORT_EM * line.size, next + line.size)
  );
}

/** Width of what cannot be broken at the start of a line: a Latin word, an address of a web page. */
function firstWordWidth(line: TextLine): number {
  const end = line.glyphs.findIndex((glyph) => glyph.isAfterSpace || UNBROKEN.test(glyph.text) === false);
  const last = line.glyphs[end === -1 ? line.glyphs.length - 1 : end];
  return (last?.box.left ?? 0) - line.box.left;
}

/** Signatures, dates and page-wide centred lines are paragraphs of their own. */
function startsFarRight(line: TextLine, measure: PageMeasure): boolean {
  return line.box.left > measure.left + FAR_RIGHT_SHARE * (measure.right - measure.left);
}

function isSameParagraph(before: TextLine, line: TextLine, measure: PageMeasure): boolean {
  const pitch = line.box.bottom - before.box.bottom;
  if (line.turn !== before.turn) return false;
  if (Math.abs(line.size - before.size) > SIZE_SHARE * before.size) return false;
  if (pitch > GAP_PITCHES * Math.max(measure.pitch, 1.5 * line.size)) return false;
  if (isCentredTitle(before, measure) && isCentredTitle(line, measure)) return true;
  if (OPENS_PARAGRAPH.test(line.text) || startsFarRight(before, measure)) return false;
  if (!reachesRight(before, measure, firstWordWidth(line))) return false;
  return line.box.left <= measure.left + INDENT_EM * line.size;
}

function isCentredTitle(line: TextLine, measure: PageMeasure): boolean {
  const middle = (line.box.left + line.box.right) / 2;
  return (
    line.size >= TITLE_SHARE * measure.size &&
    Math.abs(middle - (measure.left + measure.right) / 2) < CENTRED_EM * line.size
  );
}

/** True where the first paragraph of a page goes on from the last one of the page before. */
export function isContinued(before: Paragraph, after: Paragraph, measure: PageMeasure): boolean {
  const [last, first] = [before.lines.at(-1), after.lines[0]];
  if (!last || !first || !before.isFull || /[。！？]$/.test(last.text)) return false;
  if (OPENS_PARAGRAPH.test(first.text) || Math.abs(first.size - last.size) > SIZE_SHARE * last.size)
    return false;
  return first.box.left <= measure.left + INDENT_EM * first.size;
}

/** The block of a paragraph; `usualSize` is the font size of running text. */
export function toTextBlock(paragraph: Paragraph, region: TextBlock['region'], usualSize: number): TextBlock {
  const text = paragraph.lines.reduce((joined, line) => joinText(joined, line.text), '');
  const first = paragraph.lines[0];
  const isTitle = (first?.size ?? 0) >= TITLE_SHARE * usualSize && text.length <= 2 * LONGEST_HEADING;
  const isHeading = isTitle || (text.length <= LONGEST_HEADING && HEADING.test(text));
  return {
    kind: isHeading ? 'heading' : 'paragraph',
    region,
    text,
    evidence: { kind: 'box', page: paragraph.pageNumber, box: firstColumnBox(paragraph) },
  };
}

/** Box of the lines on the paragraph's first page: those overleaf stand higher up. */
function firstColumnBox(paragraph: Paragraph): ReturnType<typeof unionBox> {
  const lines: TextLine[] = [];
  for (const line of paragraph.lines) {
    if (lines.length > 0 && line.box.bottom < (lines.at(-1)?.box.top ?? 0)) break;
    lines.push(line);
  }
  return unionBox(lines.map((line) => line.box));
}

/**
 * Lines of Chinese are joined as they are, Latin words with a space. Digits on both sides are two numbers: no program
 * breaks a number over lines, and run together they would be one that nobody printed.
 */
function joinText(before: string, line: string): string {
  if (before === '') return line;
  if (/\d$/.test(before) && /^\d/.test(line)) return `${before} ${line}`;
  return LATIN_END.test(before) &&
    LATIN_START.test(line) &&
    /[A-Za-z]/.test(before.slice(-12) + line.slice(0, 12))
    ? `${before} ${line}`
    : before + line;
}
