import { foldLabel } from '../../text/fold.js';
import { parseCell } from '../../text/parse-number.js';
import { isFormWord, MIN_FORM_LABELS } from './find-article.js';
import { type GridPlace, gridPlaces } from './grid-places.js';
import type { PageStyle } from './page-style.js';
import { isElement, isText, type HtmlElement, type HtmlNode } from './parse-html.js';

/** A row of boxes: an element and the elements in it that are its cells. */
export interface BoxRow {
  readonly element: HtmlElement;
  readonly cells: readonly HtmlElement[];
}

/** Where a table of boxes starts among the children of an element: all its rows. */
type BoxTables = ReadonlyMap<HtmlNode, readonly BoxRow[]>;

const NONE: BoxTables = new Map();
/** Fewer rows of several cells are no table. */
const FEWEST_ROWS = 3;
/** At least this share of the cells of a table of boxes are numbers, marks or blank. */
const VALUE_SHARE = 0.2;
/** A cell holds at most so many elements and characters; more are a part of the page. */
const MOST_IN_CELL = { elements: 30, characters: 200 } as const;
/** So many boxes stand around the cells of a row at most. */
const MOST_WRAPPERS = 3;
/** Elements that stand in lines of text unless a style makes boxes of them. */
const INLINE = new Set('span a b i em strong u font label small code bdi s strike sub sup'.split(' '));
const NO_CELLS = new Set('table ul ol dl p h1 h2 h3 h4 h5 h6 script style br img hr'.split(' '));

/**
 * Runs of children of `parent` that are the rows of a report's table without being marked up as one: elements of one name
 * with nothing in them but cells (`div` in `div`, list items, boxes made of `span`). Told by the words of the forms and by
 * the share of numbers, so that menus, cards and paragraphs are none. Where a row starts, its whole run.
 */
export function findBoxTables(parent: HtmlElement, style: PageStyle): BoxTables {
  if (parent.children.length < FEWEST_ROWS) return NONE;
  const found = new Map<HtmlNode, readonly BoxRow[]>();
  let run: BoxRow[] = [];
  const endRun = (): void => {
    const rows = trimmed(run);
    const [first] = rows;
    if (first && isReportTable(rows)) found.set(first.element, rows);
    run = [];
  };
  for (const child of parent.children) {
    const row = isElement(child) && !style.isHidden(child) ? boxRow(child, style) : null;
    if (row && (run.length === 0 || run[0]?.element.name === row.element.name)) run.push(row);
    else if (!isBlankText(child)) {
      endRun();
      if (row) run.push(row);
    }
  }
  endRun();
  return found;
}

/** The rows of a report's table that an element lays out as a grid of boxes, from the left; null for anything else. */
export function findGridTable(element: HtmlElement, style: PageStyle): GridPlace[][] | null {
  const places = gridPlaces(element, style);
  if (!places) return null;
  const rows: GridPlace[][] = [];
  for (const place of places) (rows[place.row] ??= []).push(place);
  const filled = rows.filter((row) => row.length > 0);
  for (const row of filled) row.sort((a, b) => a.column - b.column);
  const isReport = isReportTable(
    filled.map((row) => ({ element, cells: row.map((place) => place.element) })),
  );
  return isReport ? filled : null;
}

/** The element as a row, or null: it holds text of its own, or something that is no cell. */
function boxRow(element: HtmlElement, style: PageStyle): BoxRow | null {
  const cells = cellsIn(element, style);
  if (cells === null || cells.length === 0) return null;
  return { element, cells: unwrapped(cells, style) };
}

/**
 * Page builders put one box around all cells of a row: those in it, unless it is a cell itself, or a page whose texts are
 * placed one by one.
 */
function unwrapped(cells: readonly HtmlElement[], style: PageStyle): readonly HtmlElement[] {
  let inner = cells;
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const [only] = inner;
    const below = inner.length === 1 && only ? cellsIn(only, style) : null;
    if (below === null) return cells;
    if (below.some((cell) => style.isPlaced(cell))) return cells;
    if (below.length > 1) return below;
    inner = below;
  }
  return cells;
}

function cellsIn(element: HtmlElement, style: PageStyle): HtmlElement[] | null {
  const cells: HtmlElement[] = [];
  for (const child of element.children) {
    if (isBlankText(child)) continue;
    if (!isElement(child) || NO_CELLS.has(child.name)) return null;
    if (style.isHidden(child)) continue;
    if (INLINE.has(child.name) && !style.isBox(child)) return null;
    if (!endsFloat(child)) cells.push(child);
  }
  return cells;
}

/** An empty element behind boxes that float, to end their row: no blank cell. */
function endsFloat({ attribs, children }: HtmlElement): boolean {
  return children.length === 0 && /clear/i.test(`${attribs['style'] ?? ''} ${attribs['class'] ?? ''}`);
}

/** Without rows of one cell at its ends: those are captions or the text around. */
function trimmed(run: readonly BoxRow[]): readonly BoxRow[] {
  const isWide = ({ cells }: BoxRow): boolean => cells.length > 1;
  return run.slice(Math.max(0, run.findIndex(isWide)), run.findLastIndex(isWide) + 1);
}

function isReportTable(rows: readonly BoxRow[]): boolean {
  const wide = rows.filter(({ cells }) => cells.length > 1);
  if (wide.length < FEWEST_ROWS) return false;
  const words = new Set<string>();
  let cellCount = 0;
  let values = 0;
  for (const cell of rows.flatMap(({ cells }) => cells)) {
    const text = textOfCell(cell);
    if (text === null) return false;
    cellCount++;
    if (parseCell(text).kind !== 'text') values++;
    const word = foldLabel(text);
    if (isFormWord(word)) words.add(word);
  }
  return words.size >= MIN_FORM_LABELS && values >= cellCount * VALUE_SHARE;
}

/** The text of what may be a cell; null for a part of the page that holds more, or a table. */
function textOfCell(cell: HtmlElement): string | null {
  let elements = 0;
  let text = '';
  const open: HtmlNode[] = [cell];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isText(node)) text = node.data.trim() + text;
    if (!isElement(node)) continue;
    elements++;
    if (node.name === 'table' || elements > MOST_IN_CELL.elements) return null;
    open.push(...node.children);
  }
  return text.length > MOST_IN_CELL.characters ? null : text;
}

function isBlankText(node: HtmlNode): boolean {
  return isText(node) ? node.data.trim() === '' : !isElement(node);
}
