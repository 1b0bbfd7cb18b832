/** One line of the decoded text without its line end. `start` is its offset in UTF-16 code units. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** True where a form feed stood before the line. */
  readonly afterPageBreak: boolean;
}

/** A piece of the decoded text, end exclusive; `text` is what stands there, trimmed. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LINE_END = /\r\n|[\n\r\f\u2028\u2029\u000b\u0085]/g;

/** Splits a decoded text into lines; form feeds end a line and mark the next. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let afterPageBreak = false;
  for (const match of text.matchAll(LINE_END)) {
    lines.push({ text: text.slice(start, match.index), start, afterPageBreak });
    start = match.index + match[0].length;
    afterPageBreak = match[0] === '\f';
  }
  lines.push({ text: text.slice(start), start, afterPageBreak });
  return lines;
}

const EDGE_SPACE = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g;

/** The part of a line from `from` to `to` without white space at its ends; an empty piece stands at `from`. */
export function pieceOf(line: Line, from = 0, to = line.text.length): Piece {
  const raw = line.text.slice(from, to);
  const text = raw.replace(EDGE_SPACE, '');
  const lead = text === '' ? 0 : raw.indexOf(text);
  const start = line.start + from + lead;
  return { text, start, end: start + text.length };
}

/** Several pieces as one, their texts on lines of their own; blank ones count for nothing unless all are. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  const filled = pieces.filter((piece) => piece.text !== '');
  const first = filled[0] ?? pieces[0];
  const last = filled.at(-1) ?? first;
  if (first === undefined || last === undefined) return { text: '', start: 0, end: 0 };
  return {
    text: filled.map((piece) => piece.text).join('\n'),
    start: first.start,
    end: Math.max(first.end, last.end),
  };
}

/** True where a line holds nothing but white space. */
export function isBlankLine(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === '';
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns a character takes on a terminal: 2 for CJK and full-width forms, 1 for the rest. */
export function displayWidth(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}

/** A text whose lines are quoted to this share at least is quoted as a whole, below the lines that name its sender. */
const QUOTED_SHARE = 0.6;
const QUOTE_MARK = /^(?:> ?)+/;

/** Lines without the marks (`> `) that mail programs and Markdown set before each line of a text they quote. */
export function withoutQuoteMarks(lines: readonly Line[]): readonly Line[] {
  const marks = lines.map(({ text }) => QUOTE_MARK.exec(text)?.[0].length ?? 0);
  const filled = lines.filter((line) => !isBlankLine(line)).length;
  if (marks.filter((length) => length > 0).length < filled * QUOTED_SHARE) return lines;
  return lines.map((line, at) => {
    const length = marks[at] ?? 0;
    return length === 0 ? line : { ...line, text: line.text.slice(length), start: line.start + length };
  });
}

/** Fewer numbered lines in a row are the items of a table, whose labels begin with numbers too. */
const FEWEST_NUMBERED = 6;
const ROW_NUMBER = /^ *(?:(\d{1,4}) (?=.*\S)|\[(\d{1,4}),\] )/;
/** The kinds of a data frame's columns, as R prints them below their names. */
const COLUMN_KINDS = /^\s*(?:<[a-z]{3,4}>\s*)+$/;

/**
 * Lines without the numbers that programs put before the rows of a table in print (` 3 规章 …`, `[3,] "规章" …`): those
 * that count up from 1 without a gap. Blanks stand in for them, so that columns and offsets stay.
 */
export function withoutRowNumbers(lines: readonly Line[]): readonly Line[] {
  const numbers = lines.map(({ text }) => {
    const match = ROW_NUMBER.exec(text);
    return match ? Number(match[1] ?? match[2]) : null;
  });
  const numbered = new Set<number>();
  for (let from = 0; from < lines.length; from++) {
    if (numbers[from] !== 1) continue;
    let to = from + 1;
    while (numbers[to] === to - from + 1) to++;
    if (to - from >= FEWEST_NUMBERED) for (let at = from; at < to; at++) numbered.add(at);
  }
  if (numbered.size === 0) return lines;
  return lines.map((line, at) => {
    if (COLUMN_KINDS.test(line.text)) return { ...line, text: ' '.repeat(line.text.length) };
    if (!numbered.has(at)) return line;
    return { ...line, text: line.text.replace(ROW_NUMBER, (number) => ' '.repeat(number.length)) };
  });
}
