import type { Document } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import { withoutSpace } from '../../text/fold.js';
import { lineEvidence, toPlain, type Line } from './lines.js';
import { isBodyName } from './body-names.js';
import { readTitle, restoreHijacked, type TitleParts } from './title-grammar.js';
import type { Zones } from './zones.js';

/** A line, or up to four lines together, that read as the report's title. */
export interface TitleReading extends TitleParts {
  readonly evidence: readonly Evidence[];
  readonly lines: readonly Line[];
  /** How much speaks for its being this report's title, on the scale of WEIGHTS. */
  readonly weight: number;
  /** How many other places of the document (page title, meta tags, the report's own head) say the same. */
  readonly repeats: number;
}

/** A title broken over more lines than this is not put together. */
const MAX_TITLE_LINES = 4;

/** Titles stand at the top; what comes after this many lines is not searched. */
const MAX_SEARCHED_LINES = 400;

const WEIGHTS = {
  subject: 2,
  year: 2,
  expectedYear: 2,
  heading: 1,
  repeated: 1.5,
  opening: 2,
  startsPreamble: 1.5,
  furniture: -0.5,
};

/** Meta tags and page titles that hold the title, surest first. */
const TITLE_PROPERTIES = /^(?:article_?title|title|og:title|dc\.title|subject)$/i;

const PREAMBLE =
  /根据|依据|按照|为(?:了)?(?:贯彻|落实|认真)|现(?:将|公布|发布)|本(?:年度)?(?:报告|年报)|\d{4}年/;

/** The title of the report, or null. `expectedYear` is the year its period names, where that is known. */
export function chooseTitle(
  document: Document,
  zones: Zones,
  windows: readonly TitleWindow[],
  expectedYear: number | null,
): TitleReading | null {
  const named = Object.entries(document.properties).flatMap(([key, text]) =>
    TITLE_PROPERTIES.test(key) ? [text] : [],
  );
  const known = named.flatMap((text) => readLine(text) ?? []);
  const found = windows.map((window) => weigh(window, zones, known, expectedYear));
  const counted = found.map((reading) => {
    const repeats =
      found.filter((other) => other.title === reading.title && other !== reading).length +
      known.filter((parts) => toPlain(parts.title) === toPlain(reading.title)).length;
    return { ...reading, repeats, weight: reading.weight + Math.min(repeats, 2) * WEIGHTS.repeated };
  });
  const best = counted.sort((a, b) => b.weight - a.weight)[0];
  if (best) return fullest(best, counted);
  const own = known.find((parts) => parts.subject !== '' || parts.year !== null);
  return own ? { ...own, evidence: [], lines: [], weight: 0, repeats: known.length - 1 } : null;
}

/** The same title with the body's place in front (某市某区统计局 for 区统计局), where the page prints it too. */
function fullest(best: TitleReading, others: readonly TitleReading[]): TitleReading {
  const full = others.find(
    (other) =>
      other.year === best.year &&
      other.lines.length > 0 &&
      other.title.length > best.title.length &&
      other.title.endsWith(best.title) &&
      isBodyName(toPlain(other.subject)),
  );
  return full && /^[省市县区旗州](?!.{0,3}[区县市镇乡])/.test(best.subject) ? full : best;
}

/** One to four lines that read as a title, of this report or another. */
export interface TitleWindow {
  readonly lines: readonly Line[];
  readonly parts: TitleParts;
  /** Index of the last line in `zones.all`. */
  readonly last: number;
}

/** Every title the document prints, in printed order. */
export function findTitles(zones: Zones): TitleWindow[] {
  const windows: TitleWindow[] = [];
  const all = zones.all.slice(0, MAX_SEARCHED_LINES);
  for (let index = 0; index < all.length; index++) {
    const window = shortestWindow(all, index);
    if (!window) continue;
    windows.push(window);
    index = window.last;
  }
  return windows;
}

/** The fewest lines from `start` on that read as a title; a body's name or a year in front is taken in. */
function shortestWindow(all: readonly Line[], start: number): TitleWindow | null {
  for (let count = 1; count <= MAX_TITLE_LINES; count++) {
    const lines = all.slice(start, start + count);
    if ((lines[0]?.text.length ?? 0) > MAX_TITLE_LINE) return null;
    if (lines.length < count || (count > 1 && lines.some((line) => line.kind === 'table'))) return null;
    if (count > 1 && (!lines.every(isTitlePart) || !isBrokenTitle(lines))) return null;
    const parts = readLines(lines);
    if (parts) return extendUpwards(all, start, { lines, parts, last: start + count - 1 });
  }
  return null;
}

/** Only the rest of a title may start below: no title of its own, unless it is one cut in its topic (…政府 | 信息公开…). */
function isBrokenTitle(lines: readonly Line[]): boolean {
  const rest = readLines(lines.slice(1));
  if (!rest) return true;
  const head = withoutSpace(lines[0]?.text ?? '');
  return (
    rest.subject === '' &&
    rest.year === null &&
    /(?:政府|政务|信息|信息公开|年度|工作|\d{4}年)$/.test(head) &&
    /\d{4}/.test(head)
  );
}

function isTitlePart(line: Line): boolean {
  return !/[。；;：:，>＞|]|^\s*\d{5,}\s*$/.test(line.text) && line.text.length <= MAX_TITLE_PART;
}

/** Spaces included, a line with a title is no longer than this (characters). */
const MAX_TITLE_LINE = 240;

/** A line of a broken title is no longer than this (characters). */
const MAX_TITLE_PART = 45;

/** A title without a body's name takes name and year from the one or two lines above it, where these hold nothing else. */
function extendUpwards(all: readonly Line[], start: number, window: TitleWindow): TitleWindow {
  if (window.parts.subject !== '') return window;
  for (const count of [1, 2]) {
    const above = all.slice(Math.max(0, start - count), start);
    if (
      above.length < count ||
      !above.every((line) => line.kind !== 'table' && isTitlePart(line) && isNameOrYear(line.text))
    )
      return window;
    const parts = readLines([...above, ...window.lines]);
    if (parts && parts.subject !== '')
      return { lines: [...above, ...window.lines], parts, last: window.last };
  }
  return window;
}

function isNameOrYear(text: string): boolean {
  const name = toPlain(restoreHijacked(withoutSpace(text)))
    .replace(/^[(]?(?:19|20)\d{2}(?:年度|年)?[)]?|(?:19|20)\d{2}(?:年度|年)?$/g, '')
    .replace(/关于$/, '');
  return name === '' || isBodyName(name);
}

function readLines(lines: readonly Line[]): TitleParts | null {
  return readLine(lines.map((line) => line.text).join(''));
}

function readLine(text: string): TitleParts | null {
  const printed = withoutSpace(text).replace(/^[?？|*]+|[?？|*]+$/g, '');
  return readTitle(printed, toPlain(printed));
}

function weigh(
  window: TitleWindow,
  zones: Zones,
  known: readonly TitleParts[],
  expectedYear: number | null,
): TitleReading {
  const { lines, parts, last } = window;
  const [first] = lines;
  const next = zones.all
    .slice(last + 1, last + 6)
    .find((line) => line.region === 'body' && line.text.length > 25);
  let weight = known.some((other) => toPlain(other.title) === toPlain(parts.title)) ? WEIGHTS.repeated : 0;
  if (parts.subject !== '') weight += WEIGHTS.subject;
  if (parts.year !== null) weight += WEIGHTS.year;
  if (parts.year !== null && parts.year === expectedYear) weight += WEIGHTS.expectedYear;
  if (first?.kind === 'heading') weight += WEIGHTS.heading;
  if (first && zones.opening.includes(first)) weight += WEIGHTS.opening;
  if (first?.region === 'furniture') weight += WEIGHTS.furniture;
  if (next && PREAMBLE.test(next.text)) weight += WEIGHTS.startsPreamble;
  return {
    ...parts,
    weight,
    repeats: 0,
    lines,
    evidence: lines.map((line) => lineEvidence(line, 0, line.text.length)),
  };
}
