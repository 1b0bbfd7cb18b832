import type { Flow, FlowCell, FlowRow, FlowTable } from '../markup/flow.js';
import { childElements, type XmlElement } from '../markup/parse-xml.js';
import { settleCell, settleLines } from '../markup/settle-flow.js';
import { raise } from '../../text/raised.js';
import { settleStruck, strike } from '../../text/struck.js';
import type { ListCounter } from './list-labels.js';

/** What the body's elements are read with. */
export interface OdtContext {
  readonly lists: ListCounter;
  /** Names of text styles whose text is hidden (text:display="none"). */
  readonly hiddenStyles: ReadonlySet<string>;
  /** Names of text styles that set text as superscript (style:text-position). */
  readonly raisedStyles: ReadonlySet<string>;
  /** Names of text styles that strike text out (style:text-line-through-style). */
  readonly struckStyles: ReadonlySet<string>;
  readonly region: 'body' | 'furniture';
  /** Whether an automatic label was written. */
  readonly notes: { hasLabels: boolean; hasHidden: boolean };
}

interface ListPlace {
  readonly listId: string;
  readonly style: string;
  readonly level: number;
}

/** Rows and cells repeated more often than this are the empty rest of a sheet, not part of the text. */
const MOST_REPEATS = 200;

/** Reads the children of a body, section, cell or text box into flow. */
export function readBlocks(parent: XmlElement, context: OdtContext): Flow[] {
  return [...settleLines(readFlow(parent, context))];
}

/** … with what is struck out marked as such. */
function readFlow(parent: XmlElement, context: OdtContext): Flow[] {
  return childElements(parent).flatMap((element) => readBlock(element, context, null, ''));
}

/** `label` is written in front of the first paragraph. */
function readBlock(element: XmlElement, context: OdtContext, list: ListPlace | null, label: string): Flow[] {
  switch (element.name) {
    case 'p':
    case 'h':
      return readParagraph(element, context, label);
    case 'table':
      return [readTable(element, context)];
    case 'list':
      return readList(element, context, list);
    case 'section':
    case 'index-body':
    case 'table-of-content':
    case 'numbered-paragraph':
      return readBlocks(element, context);
    default:
      return [];
  }
}

/** A paragraph's lines, and behind it what its text boxes hold. */
function readParagraph(element: XmlElement, context: OdtContext, label: string): Flow[] {
  const boxes: XmlElement[] = [];
  const own = inlineText(element, context, boxes);
  const text = settleStruck(own).isStruck ? own : label + own;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const role = element.name === 'h' ? ('heading' as const) : ('paragraph' as const);
  return [
    ...lines.map((line) => ({ kind: 'text' as const, role, region: context.region, text: line.trim() })),
    ...boxes.flatMap((box) => readBlocks(box, context)),
  ];
}

/** Text of a paragraph as shown: notes, deletions and hidden spans left out; text boxes are put into `boxes`. */
function inlineText(element: XmlElement, context: OdtContext, boxes: XmlElement[]): string {
  return element.children
    .map((child): string => {
      // White space in the source counts as one space (OpenDocument 1.3, 6.1.2).
      if (typeof child === 'string') return child.replace(/[ \t\r\n]+/g, ' ');
      switch (child.name) {
        case 's':
          return ' '.repeat(Math.min(100, Number(child.attributes['c'] ?? 1) || 1));
        case 'tab':
          return '\t';
        case 'line-break':
          return '\n';
        case 'text-box':
          boxes.push(child);
          return '';
        case 'note':
        case 'annotation':
        case 'annotation-end':
        case 'hidden-text':
        case 'ruby-text':
          return '';
        case 'span':
          return spanText(child, context, boxes);
        default:
      }
      return inlineText(child, context, boxes);
    })
    .join('');
}

function spanText(span: XmlElement, context: OdtContext, boxes: XmlElement[]): string {
  const style = span.attributes['style-name'] ?? '';
  if (context.hiddenStyles.has(style)) {
    context.notes.hasHidden = true;
    return '';
  }
  const text = inlineText(span, context, boxes);
  const raised = context.raisedStyles.has(style) ? raise(text) : text;
  return context.struckStyles.has(style) ? strike(raised) : raised;
}

function readList(element: XmlElement, context: OdtContext, outer: ListPlace | null): Flow[] {
  const { attributes } = element;
  const style = attributes['style-name'] ?? outer?.style ?? '';
  const place: ListPlace = outer
    ? { ...outer, level: outer.level + 1, style }
    : {
        listId: context.lists.open({
          id: attributes['id'],
          style,
          continues: attributes['continue-list'],
          continuesStyle: attributes['continue-numbering'] === 'true',
        }),
        style,
        level: 1,
      };
  return childElements(element).flatMap((item) => {
    const content = childElements(item);
    const isNumbered = item.name === 'list-item' && content[0]?.name !== 'list';
    const start =
      item.attributes['start-value'] === undefined ? null : Number(item.attributes['start-value']);
    const label = isNumbered ? context.lists.next(place.listId, place.style, place.level, start) : '';
    if (label !== '') context.notes.hasLabels = true;
    return content.flatMap((child, i) => readBlock(child, context, place, i === 0 ? label : ''));
  });
}

function readTable(element: XmlElement, context: OdtContext): FlowTable {
  return { kind: 'table', region: context.region, rows: readRows(element, context) };
}

/** Rows stand in the table itself or in groups of head rows and the like; covered cells leave no cell. */
function readRows(parent: XmlElement, context: OdtContext): FlowRow[] {
  return childElements(parent).flatMap((element): FlowRow[] => {
    if (/^table-(?:header-rows|rows|row-group)$/.test(element.name)) return readRows(element, context);
    if (element.name !== 'table-row') return [];
    const row = { cells: childElements(element).flatMap((cell) => readCell(cell, context)) };
    return new Array<FlowRow>(repeats(element, 'number-rows-repeated')).fill(row);
  });
}

function readCell(element: XmlElement, context: OdtContext): FlowCell[] {
  if (element.name !== 'table-cell') return [];
  const cell: FlowCell = {
    ...settleCell(readFlow(element, context)),
    rowSpan: Number(element.attributes['number-rows-spanned'] ?? 1),
    columnSpan: Number(element.attributes['number-columns-spanned'] ?? 1),
  };
  return new Array<FlowCell>(repeats(element, 'number-columns-repeated')).fill(cell);
}

function repeats(element: XmlElement, attribute: string): number {
  const count = Number(element.attributes[attribute] ?? 1);
  return count >= 1 && count <= MOST_REPEATS ? count : 1;
}

/** Text styles that hide what they are laid on. */
export function findHiddenStyles(styles: readonly XmlElement[]): Set<string> {
  return findStyles(styles, ({ attributes }) => attributes['display'] === 'none');
}

/** Text styles that raise what they are laid on: `super`, or a positive share of the font's height. */
export function findRaisedStyles(styles: readonly XmlElement[]): Set<string> {
  return findStyles(styles, ({ attributes }) => /^(?:super|0*[1-9])/.test(attributes['text-position'] ?? ''));
}

/** Text styles that strike what they are laid on out. */
export function findStruckStyles(styles: readonly XmlElement[]): Set<string> {
  return findStyles(styles, ({ attributes }) => (attributes['text-line-through-style'] ?? 'none') !== 'none');
}

function findStyles(parts: readonly XmlElement[], isMeant: (properties: XmlElement) => boolean): Set<string> {
  const styles = parts.flatMap((part) => childElements(part, 'style'));
  return new Set(
    styles
      .filter((style) => childElements(style, 'text-properties').some(isMeant))
      .map((style) => style.attributes['name'] ?? ''),
  );
}
