import { AppError } from '../../errors/app-error.js';
import type { TextBlock } from '../../model/document.js';
import { raise } from '../../text/raised.js';
import { settleStruck, strike } from '../../text/struck.js';
import { findBoxTables, findGridTable, type BoxRow } from './box-rows.js';
import { countedTo } from './count-up.js';
import {
  type Flow,
  type FlowCell,
  type FlowRow,
  type FlowTable,
  type FlowText,
  withBlanksAfter,
} from './flow.js';
import { DRAWN_CONFIDENCE } from './drawn-content.js';
import { settleCell } from './settle-flow.js';
import type { GridPlace } from './grid-places.js';
import { RECOGNISED } from './picture-flow.js';
import type { PageStyle } from './page-style.js';
import { isElement, isText, type HtmlElement, type HtmlNode } from './parse-html.js';

/** Where a piece of flow comes from in the page. */
export interface FlowOrigin {
  /** The block-level element that holds the line. */
  readonly element: HtmlElement;
  /** How many of its characters stand in links. */
  readonly linkCharacters: number;
}

/** A page as flow, with the elements that its lines and tables come from. */
export interface HtmlFlow {
  readonly flow: readonly Flow[];
  readonly origins: ReadonlyMap<FlowText, FlowOrigin>;
  readonly tables: ReadonlyMap<HtmlElement, FlowTable>;
  readonly hiddenCharacters: number;
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary ul caption td th tr ' +
    'table thead tbody tfoot frameset'
  ).split(' '),
);
/** Elements whose content is not shown as text of the page, or was struck out of it. */
const SILENT = new Set(
  (
    'script style template noscript head title meta link iframe object embed select option datalist button svg math ' +
    'canvas audio video map xml textarea del noframes rt rp'
  ).split(' '),
);
/** Elements that show what somebody filled in. */
const CONTROLS = new Set(['input', 'textarea', 'select']);
/** Kinds of inputs that show their value as text. */
const TEXT_INPUTS = new Set(['text', 'number', 'tel', 'search']);
const HEADING = /^h[1-6]$/;
const PRESERVES_BREAKS = /white-space\s*:\s*(?:pre|break-spaces)/i;
const IS_RAISED = /vertical-align\s*:\s*super/i;
/** The parser flattens at 512; what is deeper still was made to hurt. */
const MAX_DEPTH = 2_000;
/** Characters between which a line break in the source means nothing: CJK and full-width forms. */
const BREAK_IN_CJK = /([\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])/g;

const NONE_PASSED: ReadonlySet<HtmlNode> = new Set();

/** What holds for all text below an element. */
interface Context {
  readonly block: HtmlElement;
  readonly role: TextBlock['kind'];
  readonly isLink: boolean;
  readonly keepsBreaks: boolean;
  readonly isInCell: boolean;
  readonly isRaised: boolean;
  readonly isStruck: boolean;
  readonly depth: number;
}

/** Reads the shown content of `root` in document order. Throws SOURCE_CORRUPT where it is nested beyond reason. */
export function readHtmlFlow(root: HtmlElement, style: PageStyle): HtmlFlow {
  const reader = new FlowReader(style);
  const flow = reader.read(root);
  return { flow, origins: reader.origins, tables: reader.tables, hiddenCharacters: reader.hiddenCharacters };
}

class FlowReader {
  readonly origins = new Map<FlowText, FlowOrigin>();
  readonly tables = new Map<HtmlElement, FlowTable>();
  hiddenCharacters = 0;
  private output: Flow[] = [];
  private line = '';
  /** Blank lines since the last one, and whether a break ended that. */
  private blanks = 0;
  private isAfterBreak = false;
  private linkCharacters = 0;

  constructor(private readonly style: PageStyle) {}

  read(root: HtmlElement): Flow[] {
    const context: Context = {
      block: root,
      role: 'paragraph',
      isLink: false,
      keepsBreaks: false,
      isInCell: false,
      isRaised: false,
      isStruck: false,
      depth: 0,
    };
    this.visitChildren(root, context);
    this.endLine(context);
    return this.output;
  }

  private visitChildren(element: HtmlElement, context: Context): void {
    const counted = element.children.length > 0 ? countedTo(element) : this.style.printedNumber(element);
    if (counted !== null) return this.append(counted, context);
    const grid = context.isInCell ? null : findGridTable(element, this.style);
    if (grid) return this.addGridTable(grid, context);
    const tables = context.isInCell ? null : findBoxTables(element, this.style);
    let passed = NONE_PASSED;
    for (const child of element.children) {
      const rows = tables?.get(child);
      if (rows) {
        this.addBoxTable(rows, context);
        passed = new Set(rows.map((row) => row.element));
      } else if (!passed.has(child)) this.visit(child, context);
    }
  }

  /** Rows of boxes become a table whose cells are known in order. */
  private addBoxTable(rows: readonly BoxRow[], context: Context): void {
    this.endLine(context);
    this.output.push({
      kind: 'table',
      region: 'body',
      isOrdered: true,
      rows: rows.map(({ cells }) => ({
        cells: cells.map((cell) => ({ rowSpan: 1, columnSpan: 1, ...this.readCell(cell, context) })),
      })),
    });
  }

  /** Boxes in the places of a grid become a table with these spans; places between them that hold no box are gaps. */
  private addGridTable(grid: readonly (readonly GridPlace[])[], context: Context): void {
    this.endLine(context);
    const freeFrom: number[] = [];
    const rows = grid.map((places): FlowRow => {
      const cells: FlowCell[] = [];
      let column = 0;
      for (const { element, row, column: start, rowSpan, columnSpan } of places) {
        for (; column < start; column++)
          if ((freeFrom[column] ?? 0) <= row)
            cells.push({ content: [], rowSpan: 1, columnSpan: 1, isGap: true });
        cells.push({ rowSpan, columnSpan, ...this.readCell(element, context) });
        for (; column < start + columnSpan; column++) freeFrom[column] = row + rowSpan;
      }
      return { cells };
    });
    this.output.push({ kind: 'table', region: 'body', rows });
  }

  private visit(node: HtmlNode, context: Context): void {
    if (isText(node)) this.addText(node.data, context);
    else if (isElement(node)) this.visitElement(node, context);
  }

  private visitElement(element: HtmlElement, outer: Context): void {
    const { name } = element;
    if (outer.depth > MAX_DEPTH) throw new AppError('SOURCE_CORRUPT', 'the page is nested too deeply');
    if (name === 'br') return this.breakLine(outer);
    if (CONTROLS.has(name) && outer.isInCell) return this.addControl(element, outer);
    const content = this.style.contentOf(element);
    if (content) return this.visitChildren(content, outer);
    if (SILENT.has(name)) return;
    if (this.style.isHidden(element)) {
      this.hiddenCharacters += countCharacters(element);
      return;
    }
    const isBlock = BLOCKS.has(name);
    const context: Context = {
      block: isBlock ? element : outer.block,
      role: HEADING.test(name) ? 'heading' : outer.role,
      isLink: outer.isLink || (name === 'a' && element.attribs['href'] !== undefined),
      keepsBreaks:
        outer.keepsBreaks || name === 'pre' || PRESERVES_BREAKS.test(element.attribs['style'] ?? ''),
      isInCell: outer.isInCell,
      isRaised: outer.isRaised || name === 'sup' || IS_RAISED.test(element.attribs['style'] ?? ''),
      isStruck: outer.isStruck || this.style.isStruck(element),
      depth: outer.depth + 1,
    };
    if (isBlock) this.endLine(outer);
    if (name === 'table') this.addTable(element, context);
    else this.visitChildren(element, context);
    if (isBlock) this.endLine(context);
  }

  private addText(data: string, context: Context): void {
    if (!context.keepsBreaks) return this.append(data.replace(BREAK_IN_CJK, '$1'), context);
    data.split(/\r\n|\r|\n/).forEach((part, i) => {
      if (i > 0) this.endLine(context);
      this.append(part, context);
    });
  }

  /** Forms filled in on the page keep their values in controls; those of a hidden one are not shown. */
  private addControl(element: HtmlElement, context: Context): void {
    if (!this.style.isHidden(element)) this.append(shownIn(element), context);
  }

  private append(text: string, context: Context): void {
    const raised = context.isRaised ? raise(text) : text;
    this.line += context.isStruck ? strike(raised) : raised;
    if (context.isLink) this.linkCharacters += text.trim().length;
  }

  /** Ends the line; one that is blank takes up its place in a cell. */
  private breakLine(context: Context): void {
    const [lines, blanks] = [this.output.length, this.blanks];
    this.endLine(context);
    if (this.output.length === lines && this.blanks === blanks) this.blanks++;
    this.isAfterBreak = true;
  }

  private endLine(context: Context): void {
    const line = this.line.replace(/[ \t\r\n\f\u00a0]+/g, ' ').trim();
    const text = context.isInCell ? line : settleStruck(line).text.trim();
    if (text !== '') {
      const blanks = context.isInCell && this.blanks > 0 ? { blanksBefore: this.blanks } : {};
      const item: FlowText = { kind: 'text', role: context.role, region: 'body', text, ...blanks };
      this.blanks = 0;
      this.isAfterBreak = false;
      this.output.push(item);
      this.origins.set(item, { element: context.block, linkCharacters: this.linkCharacters });
    } else if (this.line.includes('\u00a0')) this.blanks++;
    this.line = '';
    this.linkCharacters = 0;
  }

  private addTable(table: HtmlElement, context: Context): void {
    const rows: FlowRow[] = [];
    for (const part of inDisplayOrder(table)) {
      if (part.name === 'tr') rows.push(this.readRow(part, context));
      else if (part.name === 'caption') this.visitElement(part, context);
      else if (!this.style.isHidden(part)) {
        for (const row of part.children)
          if (isElement(row) && row.name === 'tr' && !this.style.isHidden(row))
            rows.push(this.readRow(row, context));
      }
    }
    const item: FlowTable = { kind: 'table', region: 'body', rows };
    this.tables.set(table, item);
    this.output.push(item);
  }

  private readRow(row: HtmlElement, context: Context): FlowRow {
    const cells: FlowCell[] = [];
    for (const cell of row.children) {
      if (!isElement(cell) || (cell.name !== 'td' && cell.name !== 'th') || this.style.isHidden(cell))
        continue;
      cells.push({
        rowSpan: spanOf(cell.attribs['rowspan']),
        columnSpan: spanOf(cell.attribs['colspan']),
        ...recognisedWith(cell.attribs[RECOGNISED]),
        ...this.readCell(cell, context),
      });
    }
    return { cells };
  }

  private readCell(cell: HtmlElement, outer: Context): Pick<FlowCell, 'content' | 'confidence'> {
    const before = this.output;
    this.output = [];
    const keepsBreaks = outer.keepsBreaks || PRESERVES_BREAKS.test(cell.attribs['style'] ?? '');
    const isStruck = outer.isStruck || this.style.isStruck(cell);
    const context: Context = {
      ...outer,
      block: cell,
      keepsBreaks,
      isStruck,
      isInCell: true,
      depth: outer.depth + 1,
    };
    this.blanks = 0;
    this.isAfterBreak = false;
    this.visitChildren(cell, context);
    this.endLine(context);
    const content = withBlanksAfter(this.output, this.blanks + (this.isAfterBreak ? 1 : 0));
    this.blanks = 0;
    this.output = before;
    if (content.length === 0 && this.style.isDrawn(cell)) return { content, confidence: DRAWN_CONFIDENCE };
    return this.settle(content);
  }

  /** Lines that lose what is struck out of them keep their places. */
  private settle(lines: readonly Flow[]): Pick<FlowCell, 'content' | 'confidence'> {
    return settleCell(lines, (before, after) => {
      const origin = this.origins.get(before);
      if (origin) this.origins.set(after, origin);
    });
  }
}

/** The parts of a table as shown: the foot comes last wherever it stands. */
function inDisplayOrder(table: HtmlElement): HtmlElement[] {
  const parts = table.children.filter(isElement);
  const isFoot = (part: HtmlElement): boolean => part.name === 'tfoot';
  return [...parts.filter((part) => !isFoot(part)), ...parts.filter(isFoot)].filter((part) =>
    ['caption', 'thead', 'tbody', 'tfoot', 'tr'].includes(part.name),
  );
}

/** How sure the recognition of a cell was that a picture's table brought in; a page can only lower its own with it. */
function recognisedWith(value: string | undefined): Pick<FlowCell, 'confidence'> {
  const confidence = Number(value ?? Number.NaN);
  return confidence >= 0 && confidence <= 1 ? { confidence } : {};
}

/** A span as written; 1 where nothing sensible is (`0` stays: it means up to the end). */
function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? '', 10);
  return Number.isNaN(span) || span < 0 ? 1 : span;
}

function countCharacters(element: HtmlElement): number {
  let count = 0;
  const open: HtmlElement[] = [element];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of next.children) {
      if (isText(child)) count += child.data.trim().length;
      else if (isElement(child) && !SILENT.has(child.name)) open.push(child);
    }
  }
  return count;
}

/** The text that a control of a form shows: what was typed, or the option chosen (the first one where none is marked). */
function shownIn(element: HtmlElement): string {
  if (element.name === 'input') {
    const type = (element.attribs['type'] ?? 'text').toLowerCase();
    return TEXT_INPUTS.has(type) ? (element.attribs['value'] ?? '') : '';
  }
  if (element.name === 'textarea') {
    const typed = textOf(element);
    // Markup in it is a page that a script shows.
    return typed.includes('<') ? '' : typed;
  }
  const options = optionsOf(element);
  const chosen = options.find(({ attribs }) => attribs['selected'] !== undefined) ?? options[0];
  return chosen ? textOf(chosen) : '';
}

function optionsOf(element: HtmlElement): HtmlElement[] {
  return element.children
    .filter(isElement)
    .flatMap((child) => (child.name === 'option' ? [child] : optionsOf(child)));
}

function textOf(element: HtmlElement): string {
  return element.children
    .filter(isText)
    .map(({ data }) => data)
    .join('');
}
