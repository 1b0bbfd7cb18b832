import { buildGrid, type GridSource } from '../markup/build-grid.js';
import { CONFIDENCE, type DraftCell, type DraftTable } from './draft.js';
import type { Line, Piece } from './lines.js';

interface SourceCell extends Piece, GridSource {
  readonly text: string;
}

const TAG = /<(\/?)(table|tr|td|th)\b([^>]*)>/gi;

/**
 * An HTML table inside a text (Markdown writers fall back to HTML for merged cells; models that read pages write it).
 * Spans are laid out as in a page; the offsets stay those of the text. Starts at a line that begins with `<table`.
 */
export function readMarkupTable(lines: readonly Line[], from: number): DraftTable | null {
  const first = lines[from];
  if (first === undefined || !/^\s*<table\b/i.test(first.text)) return null;
  const to = tableEnd(lines, from);
  if (to === null) return null;
  const rows = sourceRows(lines.slice(from, to));
  if (rows.length === 0) return null;
  const grid = buildGrid(rows);
  const sources = rows.flat();
  const placed = Array.from({ length: grid.rowCount }, (): DraftCell[] => []);
  grid.cells.forEach((cell, index) => {
    const { start, end } = sources[index] ?? { start: first.start, end: first.start };
    placed[cell.rowIndex]?.push({
      text: cell.text,
      start,
      end,
      place: { column: cell.columnIndex, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan },
    });
  });
  const isExact = grid.shiftedSpans === 0 && grid.raggedRows === 0;
  const geometry = isExact ? 'exact' : 'aligned';
  return { geometry, rows: placed, confidence: CONFIDENCE[geometry], from, to, syntax: 'markup' };
}

/**
 * The line behind the one that closes the table, or the end of the text where none does; null for a table around other
 * tables, which only arranges them: they are read on their own.
 */
function tableEnd(lines: readonly Line[], from: number): number | null {
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (at > from && /<table\b/i.test(text)) return null;
    if (/<\/table\s*>/i.test(text)) return at + 1;
  }
  return lines.length;
}

function sourceRows(region: readonly Line[]): SourceCell[][] {
  const base = region[0]?.start ?? 0;
  const text = region.map((line) => line.text).join('\n');
  const offsets = lineOffsets(region);
  const rows: SourceCell[][] = [];
  let depth = 0;
  let open: { readonly from: number; readonly attributes: string } | null = null;
  const close = (at: number): void => {
    if (open !== null)
      rows
        .at(-1)
        ?.push(cellOf(text, open.from, at, open.attributes, (place) => base + (offsets(place) ?? 0)));
    open = null;
  };
  for (const match of text.matchAll(TAG)) {
    const name = match[2]?.toLowerCase();
    const isEnd = match[1] === '/';
    if (name === 'table') depth += isEnd ? -1 : 1;
    if (depth > 1 || (depth === 1 && name === 'table')) continue;
    close(match.index);
    if (name === 'tr' && !isEnd) rows.push([]);
    if ((name === 'td' || name === 'th') && !isEnd) {
      if (rows.length === 0) rows.push([]);
      open = { from: match.index + match[0].length, attributes: match[3] ?? '' };
    }
  }
  return rows.filter((row) => row.length > 0);
}

/** From a place in the joined lines to the offset from the region's start: line ends may be two characters long. */
function lineOffsets(region: readonly Line[]): (place: number) => number | undefined {
  const base = region[0]?.start ?? 0;
  const starts: { readonly joined: number; readonly real: number }[] = [];
  let joined = 0;
  for (const line of region) {
    starts.push({ joined, real: line.start - base });
    joined += line.text.length + 1;
  }
  return (place) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle]?.joined ?? Infinity) <= place) low = middle;
      else high = middle;
    }
    const line = starts[low];
    return line === undefined ? undefined : line.real + place - line.joined;
  };
}

function cellOf(
  text: string,
  from: number,
  to: number,
  attributes: string,
  offsetOf: (place: number) => number,
): SourceCell {
  const raw = text.slice(from, to);
  const lead = /^(?:\s|&nbsp;|<[^>]*>)*/i.exec(raw)?.[0].length ?? 0;
  const tail = /(?:\s|&nbsp;|<[^>]*>)*$/i.exec(raw.slice(lead))?.[0].length ?? 0;
  return {
    text: textOfMarkup(raw),
    start: offsetOf(from + lead),
    end: offsetOf(Math.max(from + lead, to - tail)),
    rowSpan: spanOf(attributes, 'rowspan'),
    columnSpan: spanOf(attributes, 'colspan'),
  };
}

function spanOf(attributes: string, name: string): number {
  const value = new RegExp(`${name}\\s*=\\s*["']?\\s*(\\d+)`, 'i').exec(attributes)?.[1];
  return value === undefined ? 1 : Number(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  emsp: '\u2003',
  ensp: '\u2002',
};

/** Text of a piece of markup: paragraphs and `<br>` end lines, other tags go, entities become characters. */
export function textOfMarkup(markup: string): string {
  return markup
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<(?:br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(
      /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    )
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
