import type { Block, Cell, Document, Table, TextBlock } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import { withoutSpace } from '../../text/fold.js';
import { simplify } from '../../text/simplify.js';
import { splitEmbeddedHeadings } from '../section-headings.js';
import { readTitle } from './title-grammar.js';

/** One printed line with its place: what all meta readers work on. */
export interface Line {
  /** As printed, without white space at the ends and without Markdown marks. */
  readonly text: string;
  readonly kind: 'heading' | 'paragraph' | 'table';
  readonly region: 'body' | 'furniture';
  /** Offset of `text` in the text its evidence stands for, where that is known exactly. */
  readonly offset: number;
  readonly evidence: Evidence;
}

/** Lines run together without white space, every character still knowing its line. */
export interface Passage {
  /** As printed, without white space; `\n` where a line ends for good. */
  readonly printed: string;
  /** The same, character for character, in half-width forms with one kind of dash and quote. */
  readonly plain: string;
  readonly lines: readonly Line[];
  /** For every character the index of its line, and its offset in that line's text. */
  readonly lineOf: readonly number[];
  readonly offsetOf: readonly number[];
}

/** A line at least this long (characters) that stops without punctuation was cut by the page's width. */
const WRAPPED_LINE_LENGTH = 20;

/** Rows of a table longer than this (characters) are data, not the 填报 or 发布 lines sought in them. */
const MAX_TABLE_LINE = 120;

const TABLE_LINE =
  /填报|填表|联系电话|审核|负责人|发布|公开日期|生成日期|成文日期|发文日期|信息来源|来源|机构|单位[:：]/;
/** A title at the start of a paragraph; spaces may stand between its characters. */
const TITLE_RUN_IN =
  /^\s*[^，。；：,;:]{8,90}?(?:报\s*告|年\s*报|報\s*告|年\s*報)\s*(?=根据|按照|依据|為|为(?:了|贯彻|深入|进一步)|本(?:年度)?报告|现将|現將|根據|依據)/;
const PRINTED_RUN = /[^\s\u200b-\u200f\u2060\ufeff\u3164]+/g;
const MARKDOWN_MARKS = /^(?:#{1,6}\s+|[>*•·\-–]\s+|\*{1,3}|_{2})+|(?:\*{1,3}|_{2}|#{1,6})+$/g;
const SENTENCE_END = /[。！!？?.]$|(?<!邮编|邮政编码|电话|传真|邮箱|邮件|地址|网址|方式)[：:]$/;
const NEW_START =
  /^(?:(?:索\s*引\s*号|备注|文\s*号|标\s*题|名\s*称|主题|分类|发布|公开|成文|生成|发文|公文|信息来源|来\s*源|时\s*间|日\s*期|有效性)[\u4e00-\u9fff]{0,4}[:：\s]|第?[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．]|附件|附表|[-—]\s*\d+\s*[-—]$)/;

/** How much of a document is read: lines from its top and from its end, and characters of a line. */
export interface LineLimits {
  readonly head: number;
  readonly tail: number;
  readonly lineLength: number;
}

const NO_LIMITS: LineLimits = { head: Infinity, tail: 0, lineLength: Infinity };

/** All lines of a document in reading order, table rows that may hold 填报 or 发布 data among them. */
export function readLines(document: Document, limits: LineLimits = NO_LIMITS): Line[] {
  const { blocks, tables } = document;
  const head = blocks.slice(0, limits.head);
  const tail = limits.tail > 0 ? blocks.slice(Math.max(head.length, blocks.length - limits.tail)) : [];
  const lines = [...head, ...tail].flatMap((block) => blockLines(block, tables));
  const kept =
    lines.length <= limits.head + limits.tail
      ? lines
      : [...lines.slice(0, limits.head), ...lines.slice(-limits.tail)];
  return kept.map((line) =>
    line.text.length <= limits.lineLength ? line : { ...line, text: line.text.slice(0, limits.lineLength) },
  );
}

function blockLines(block: Block, tables: readonly Table[]): Line[] {
  if (block.kind !== 'table') return textLines(block);
  const table = tables[block.tableIndex];
  return table ? tableLines(table) : [];
}

function textLines(block: TextBlock): Line[] {
  const lines: Line[] = [];
  let offset = 0;
  const pieces = block.text.split('\n').flatMap((part) => splitEmbeddedHeadings(`${part}\n`));
  for (const piece of pieces.flatMap(splitBehindTitle)) {
    const text = piece
      .replace(/^\s+|\s+$/g, '')
      .replace(MARKDOWN_MARKS, '')
      .replaceAll('**', '')
      .trim();
    const indent = text === '' ? 0 : Math.max(0, piece.indexOf(text.slice(0, 4)));
    if (text !== '')
      lines.push({
        text,
        kind: block.kind,
        region: block.region,
        offset: offset + indent,
        evidence: block.evidence,
      });
    offset += piece.length;
  }
  return lines;
}

/** The title of a report and the first sentence that runs on behind it, without a line end, as two pieces. */
function splitBehindTitle(piece: string): string[] {
  const title = TITLE_RUN_IN.exec(piece)?.[0];
  if (title === undefined) return [piece];
  const parts = titleIn(title);
  return parts !== null && parts.year !== null && parts.subject !== ''
    ? [title, piece.slice(title.length)]
    : [piece];
}

function titleIn(text: string): ReturnType<typeof readTitle> {
  const printed = withoutSpace(text);
  return readTitle(printed, toPlain(printed));
}

function tableLines(table: Table): Line[] {
  const rows = new Map<number, Cell[]>();
  for (const cell of table.cells) {
    if (cell.text.length > MAX_TABLE_LINE || cell.text.trim() === '') continue;
    const row = rows.get(cell.rowIndex);
    if (row) row.push(cell);
    else rows.set(cell.rowIndex, [cell]);
  }
  return [...rows.values()].flatMap((cells) => {
    const text = cells.map((cell) => cell.text.trim()).join(' ');
    const last = cells.at(-1);
    if (!last || text.length > MAX_TABLE_LINE) return [];
    const isTitle = cells.length <= 2 && /报|報/.test(text) && titleIn(text) !== null;
    if (!isTitle && !TABLE_LINE.test(toPlain(text))) return [];
    return [{ text, kind: 'table' as const, region: 'body' as const, offset: 0, evidence: last.evidence }];
  });
}

/** Joins lines to one passage; a line that the page's width cut runs on without a break. */
export function toPassage(lines: readonly Line[]): Passage {
  const pieces: string[] = [];
  const lineOf: number[] = [];
  const offsetOf: number[] = [];
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    if (previous && !isWrapped(previous, line)) {
      pieces.push('\n');
      lineOf.push(index - 1);
      offsetOf.push(previous.text.length);
    }
    for (const run of line.text.matchAll(PRINTED_RUN)) {
      pieces.push(run[0]);
      for (let at = 0; at < run[0].length; at++) {
        lineOf.push(index);
        offsetOf.push(run.index + at);
      }
    }
  });
  const printed = pieces.join('');
  return { printed, plain: toPlain(printed), lines, lineOf, offsetOf };
}

function isWrapped(line: Line, next: Line): boolean {
  return (
    line.kind === 'paragraph' &&
    next.kind === 'paragraph' &&
    line.text.length >= WRAPPED_LINE_LENGTH &&
    !SENTENCE_END.test(line.text) &&
    !NEW_START.test(next.text)
  );
}

/** Simplified characters, half-width forms, one kind of dash and quote; character for character, so that offsets stay true. */
export function toPlain(text: string): string {
  return simplify(text)
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[—–―﹣‐‑‒−～~]/g, '-')
    .replace(/[“”„‟]/g, '"')
    .replace(/[〈﹤]/g, '《')
    .replace(/[〉﹥]/g, '》');
}

/** Where the characters `start` to `end` (exclusive) of a passage stand, a piece for every line they touch. */
export function passageEvidence(passage: Passage, start: number, end: number): Evidence[] {
  const found: Evidence[] = [];
  const last = Math.max(end, start + 1);
  for (let at = start; at < last;) {
    const index = passage.lineOf[at];
    let next = at + 1;
    while (next < last && passage.lineOf[next] === index) next++;
    const line = index === undefined ? undefined : passage.lines[index];
    if (line)
      found.push(lineEvidence(line, passage.offsetOf[at] ?? 0, (passage.offsetOf[next - 1] ?? 0) + 1));
    at = next;
  }
  return found;
}

/** Evidence for a part of a line: for text the characters themselves, else the whole block. */
export function lineEvidence(line: Line, start: number, end: number): Evidence {
  const { evidence } = line;
  if (evidence.kind !== 'span' || line.kind === 'table') return evidence;
  const from = evidence.start + line.offset + start;
  const to = evidence.start + line.offset + end;
  return to <= evidence.end ? { kind: 'span', start: from, end: to } : evidence;
}
