import { type Flow, type FlowRow, type FlowText, withBlanksAfter } from '../markup/flow.js';
import { childElement, childElements, type XmlElement, type XmlNode } from '../markup/parse-xml.js';
import { parseCell } from '../../text/parse-number.js';
import { raise } from '../../text/raised.js';
import { settleStruck, strike } from '../../text/struck.js';
import { settleCell, settleLines } from '../markup/settle-flow.js';
import type { Numberer } from './numbering.js';
import { readRows } from './read-rows.js';
import {
  hasOutlineLevel,
  isRaised,
  isStruck,
  readNumberingReference,
  styleAnswer,
  toggle,
  type Styles,
} from './styles.js';

/** What reading left out or put in, for the diagnostics. */
export interface ReadingNotes {
  labels: number;
  hiddenRuns: number;
  changes: number;
}

/** What the readers of body, headers and notes share. */
export interface ReadingContext {
  readonly styles: Styles;
  readonly numberer: Numberer;
  /** Content of foot- and endnotes by `footnote:id` and `endnote:id`. */
  readonly notes: ReadonlyMap<string, XmlElement>;
  /** What pictures say, by the ids of their relationships. */
  readonly pictures: ReadonlyMap<string, readonly Flow[]>;
  /** What imported parts say, by the ids of their relationships. */
  readonly chunks: ReadonlyMap<string, readonly Flow[]>;
  readonly region: FlowText['region'];
  readonly counts: ReadingNotes;
  /** Takes the notes of a table's cells, which are printed below it, not in the cells. */
  readonly held?: Flow[];
  /** Counts the blank lines of a cell since its last line of text. */
  readonly blanks?: { count: number };
}

/** Wrappers whose content stands where they stand. */
const WRAPPERS = new Set([
  'ins',
  'moveTo',
  'smartTag',
  'customXml',
  'hyperlink',
  'fldSimple',
  'sdtContent',
  'dir',
  'bdo',
  'body',
  'rubyBase',
]);
/** Tracked changes that are not part of the text any more. */
const REMOVED = new Set(['del', 'moveFrom']);

/** Reads paragraphs and tables below `container` in order. */
export function readBlocks(container: XmlElement, context: ReadingContext): Flow[] {
  return [...settleLines(readFlow(container, context))];
}

/** … with what is struck out marked as such. */
function readFlow(container: XmlElement, context: ReadingContext): Flow[] {
  const flow: Flow[] = [];
  /** Text of paragraphs whose end mark was deleted: it runs on into the next one. */
  let carried = '';
  const visit = (parent: XmlElement): void => {
    for (const element of childElements(parent)) {
      if (element.name === 'p') carried = addParagraph(element, carried, flow, context);
      else if (element.name === 'tbl') flow.push(...readTable(element, context));
      else if (element.name === 'sdt') visitControl(element);
      else if (element.name === 'altChunk')
        flow.push(...(context.chunks.get(element.attributes['id'] ?? '') ?? []));
      else if (WRAPPERS.has(element.name)) visitWrapper(element);
      else if (element.name === 'AlternateContent') visitAlternate(element);
      else if (REMOVED.has(element.name)) context.counts.changes++;
    }
  };
  const visitWrapper = (element: XmlElement): void => {
    if (element.name === 'ins' || element.name === 'moveTo') context.counts.changes++;
    visit(element);
  };
  const visitControl = (element: XmlElement): void => {
    const content = contentOfControl(element);
    if (content) visit(content);
  };
  const visitAlternate = (element: XmlElement): void => {
    const chosen = chosenAlternate(element);
    if (chosen) visit(chosen);
  };
  visit(container);
  if (carried !== '') flow.push({ kind: 'text', role: 'paragraph', region: context.region, text: carried });
  return flow;
}

/** A table and, unless a table around it takes them, the notes to its cells. */
function readTable(element: XmlElement, context: ReadingContext): Flow[] {
  const held: Flow[] = context.held ?? [];
  const blanks = { count: 0 };
  const inCell: ReadingContext = { ...context, held, blanks };
  const readCell = (cell: XmlElement): ReturnType<typeof settleCell> => {
    blanks.count = 0;
    const content = readFlow(cell, inCell);
    return settleCell(withBlanksAfter(content, blanks.count));
  };
  const rows: FlowRow[] = readRows(element, readCell, context.counts);
  const table: Flow = { kind: 'table', region: context.region, rows };
  return context.held ? [table] : [table, ...held];
}

/** A content control's content; nothing where it only shows its prompt. */
function contentOfControl(element: XmlElement): XmlElement | undefined {
  const properties = childElement(element, 'sdtPr');
  return toggle(properties, 'showingPlcHdr') === true ? undefined : childElement(element, 'sdtContent');
}

/** Word and older programs read different branches; both hold the same text. */
function chosenAlternate(element: XmlElement): XmlElement | undefined {
  return childElement(element, 'Choice') ?? childElement(element, 'Fallback');
}

/** Adds the paragraph's lines and what hangs on it (text boxes, notes); returns text that runs on into the next one. */
function addParagraph(element: XmlElement, carried: string, flow: Flow[], context: ReadingContext): string {
  const properties = childElement(element, 'pPr');
  const styleId = childElement(properties, 'pStyle')?.attributes['val'];
  const runs = new RunReader(
    context,
    styleAnswer(context.styles, styleId, (style) => style.isHidden) ?? false,
  );
  runs.visitAll(element.children);
  const label = context.numberer.next(readNumberingReference(properties), styleId);
  const text = withLabel(label, runs.text, context.counts);
  if (childElement(childElement(properties, 'rPr'), 'del') && runs.attached.length === 0) {
    context.counts.changes++;
    return carried + text;
  }
  const isHeading =
    hasOutlineLevel(properties) ||
    styleAnswer(context.styles, styleId, (style) => style.isHeading || undefined) === true;
  for (const line of (carried + text).split('\n')) {
    const text = line.trim();
    const { blanks } = context;
    if (text === '') {
      if (blanks) blanks.count++;
      continue;
    }
    const role = isHeading ? 'heading' : 'paragraph';
    const above = blanks && blanks.count > 0 ? { blanksBefore: blanks.count } : {};
    flow.push({ kind: 'text', role, region: context.region, text, ...above });
    if (blanks) blanks.count = 0;
  }
  flow.push(...runs.attached);
  return '';
}

/**
 * The paragraph with its automatic label. A number keeps none: a value that happens to stand in a list (`1.` before
 * `25`) would read as another value; nor does text that is struck out.
 */
function withLabel(label: string, text: string, counts: ReadingNotes): string {
  const shown = settleStruck(text);
  if (label === '' || shown.isStruck || parseCell(shown.text).kind === 'number') return text;
  counts.labels++;
  return /[\p{L}\p{N}]$/u.test(label) ? `${label} ${text.trimStart()}` : label + text.trimStart();
}

/** Collects the text of one paragraph's runs, and what is anchored in them. */
class RunReader {
  text = '';
  readonly attached: Flow[] = [];

  constructor(
    private readonly context: ReadingContext,
    private readonly isStyleHidden: boolean,
  ) {}

  visitAll(nodes: readonly XmlNode[]): void {
    for (const node of nodes) if (typeof node !== 'string') this.visit(node);
  }

  private visit(element: XmlElement): void {
    const { name } = element;
    if (name === 'r') this.visitRun(element);
    else if (name === 'sdt') this.visitAll(contentOfControl(element)?.children ?? []);
    else if (name === 'AlternateContent') this.visitAll(chosenAlternate(element)?.children ?? []);
    else if (REMOVED.has(name)) this.context.counts.changes++;
    else if (name === 'txbxContent') this.attached.push(...readBlocks(element, this.context));
    else if (name === 'blip' || name === 'imagedata') this.attachPicture(element);
    else if (name !== 'pPr' && name !== 'rPr' && name !== 'rt') {
      if (name === 'ins' || name === 'moveTo') this.context.counts.changes++;
      this.visitAll(element.children);
    }
  }

  private visitRun(run: XmlElement): void {
    const properties = childElement(run, 'rPr');
    const styleId = childElement(properties, 'rStyle')?.attributes['val'];
    const ofStyle = styleAnswer(this.context.styles, styleId, (style) => style.isHidden);
    if (toggle(properties, 'vanish') ?? ofStyle ?? this.isStyleHidden) {
      this.context.counts.hiddenRuns++;
      return;
    }
    const from = this.text.length;
    for (const child of childElements(run)) this.visitRunContent(child);
    if (isRaised(properties) ?? styleAnswer(this.context.styles, styleId, (style) => style.isRaised))
      this.text = this.text.slice(0, from) + raise(this.text.slice(from));
    if (isStruck(properties) ?? styleAnswer(this.context.styles, styleId, (style) => style.isStruck))
      this.text = this.text.slice(0, from) + strike(this.text.slice(from));
  }

  private visitRunContent(element: XmlElement): void {
    switch (element.name) {
      case 't':
        this.text += element.children
          .filter((child) => typeof child === 'string')
          .join('')
          .replace(/[\r\n]+/g, ' ');
        break;
      case 'tab':
      case 'ptab':
        this.text += '\t';
        break;
      case 'br':
      case 'cr':
        this.text += '\n';
        break;
      case 'noBreakHyphen':
        this.text += '-';
        break;
      case 'sym':
        this.text += symbol(element.attributes['font'], element.attributes['char']);
        break;
      case 'footnoteReference':
      case 'endnoteReference':
        this.attachNote(element);
        break;
      case 'delText':
      case 'rPr':
        break;
      default:
        this.visit(element);
    }
  }

  /** DrawingML (ECMA-376, 20.1.8.13) and VML (part 4, 19.1.2.11) name the picture by its relationship. */
  private attachPicture({ attributes }: XmlElement): void {
    this.attached.push(...(this.context.pictures.get(attributes['embed'] ?? attributes['id'] ?? '') ?? []));
  }

  private attachNote(reference: XmlElement): void {
    const kind = reference.name === 'footnoteReference' ? 'footnote' : 'endnote';
    const note = this.context.notes.get(`${kind}:${reference.attributes['id'] ?? ''}`);
    // A note does not refer to notes: taking them away ends circles.
    if (note)
      (this.context.held ?? this.attached).push(...readBlocks(note, { ...this.context, notes: new Map() }));
  }
}

/** What stands for a picture of a symbol font: something is printed, and it is no letter and no number. */
const PICTURE = '·';

/**
 * A character of a symbol font. Those in the private area are the font's own (17.3.3.30): digits, signs and letters in
 * `Symbol`, pictures elsewhere. The others are what they are.
 */
function symbol(font: string | undefined, code: string | undefined): string {
  const value = Number.parseInt(code ?? '', 16);
  if (Number.isNaN(value) || value < 0x20) return '';
  const own = value - PRIVATE_AREA;
  if (own < 0x20 || own > 0xff) return String.fromCharCode(value);
  return font === 'Symbol' && own >= 0x25 && own <= 0x3a ? String.fromCharCode(own) : PICTURE;
}

/** Where symbol fonts keep their characters. */
const PRIVATE_AREA = 0xf000;
