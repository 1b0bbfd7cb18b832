import type { FlowCell, FlowRow } from '../markup/flow.js';
import { childElement, childElements, type XmlElement } from '../markup/parse-xml.js';
import type { ReadingNotes } from './read-body.js';
import { toggle } from './styles.js';

/** A cell being built: its row span grows with every row that continues it. */
interface OpenCell extends FlowCell {
  rowSpan: number;
  columnSpan: number;
}

/** What a cell holds, and how sure that is where it is not. */
type ReadContent = (cell: XmlElement) => Pick<FlowCell, 'content' | 'confidence'>;

/** Cells of the row above that may go on below, by column and width (`column:span`). */
type OpenCells = Map<string, OpenCell>;

/**
 * Rows of a w:tbl with vertical and horizontal merges resolved into spans (17.4.84, 17.4.22). A cell that says it continues
 * one above is only believed where a cell of the same place and width is there; deleted and hidden rows are left out.
 */
export function readRows(table: XmlElement, readContent: ReadContent, counts: ReadingNotes): FlowRow[] {
  let above: OpenCells = new Map();
  const rows: FlowRow[] = [];
  for (const element of elementsThrough(table, 'tr')) {
    const properties = childElement(element, 'trPr');
    if (childElement(properties, 'del')) {
      counts.changes++;
      continue;
    }
    if (toggle(properties, 'hidden') === true) {
      counts.hiddenRuns++;
      continue;
    }
    const { row, open } = readRow(element, properties, above, readContent);
    rows.push(row);
    above = open;
  }
  return rows;
}

function readRow(
  element: XmlElement,
  properties: XmlElement | undefined,
  above: OpenCells,
  readContent: ReadContent,
): { row: FlowRow; open: OpenCells } {
  const cells: FlowCell[] = [];
  const open: OpenCells = new Map();
  let column = addGap(cells, numberIn(properties, 'gridBefore', 0));
  let last: OpenCell | undefined;
  for (const cell of elementsThrough(element, 'tc')) {
    const cellProperties = childElement(cell, 'tcPr');
    if (childElement(cellProperties, 'cellDel')) continue;
    const columnSpan = Math.max(1, numberIn(cellProperties, 'gridSpan', 1));
    const key = `${column}:${columnSpan}`;
    column += columnSpan;
    if (last && mergeOf(cellProperties, 'hMerge') === 'continue') {
      last.columnSpan += columnSpan;
      continue;
    }
    const vertical = mergeOf(cellProperties, 'vMerge');
    const continued = vertical === 'continue' ? above.get(key) : undefined;
    if (continued) {
      continued.rowSpan++;
      open.set(key, continued);
      last = undefined;
      continue;
    }
    last = { rowSpan: 1, columnSpan, ...readContent(cell) };
    cells.push(last);
    if (vertical !== 'none') open.set(key, last);
  }
  addGap(cells, numberIn(properties, 'gridAfter', 0));
  return { row: { cells }, open };
}

function addGap(cells: FlowCell[], columnSpan: number): number {
  if (columnSpan > 0) cells.push({ content: [], rowSpan: 1, columnSpan, isGap: true });
  return columnSpan;
}

/** A merge element without a value means `continue`. */
function mergeOf(properties: XmlElement | undefined, name: string): 'none' | 'restart' | 'continue' {
  const element = childElement(properties, name);
  if (!element) return 'none';
  return element.attributes['val'] === 'restart' ? 'restart' : 'continue';
}

function numberIn(properties: XmlElement | undefined, name: string, fallback: number): number {
  const value = Number.parseInt(childElement(properties, name)?.attributes['val'] ?? '', 10);
  return Number.isNaN(value) ? fallback : value;
}

/** Child elements of one name, those in content controls and tracked insertions included. */
function elementsThrough(parent: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of childElements(parent)) {
    if (child.name === name) found.push(child);
    else if (['sdt', 'sdtContent', 'ins', 'moveTo', 'customXml', 'smartTag'].includes(child.name))
      found.push(...elementsThrough(child, name));
  }
  return found;
}
