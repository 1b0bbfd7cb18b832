/** A cell that a service describes by its place in a table. */
interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fewer cells are no table. */
const FEWEST_CELLS = 4;
/** A table of more rows or columns was made to hurt. */
const MOST_PLACES = 5_000;
/** A cell's parts are looked for so deep. */
const MAX_DEPTH = 8;

/** How services call the place of a cell (Azure, docling, Baidu, Tencent, Alibaba), folded: no case, no strokes. */
const NAMES = {
  row: ['rowindex', 'startrowoffsetidx', 'rowstart', 'rowtl', 'ysc', 'row'],
  column: ['columnindex', 'colindex', 'startcoloffsetidx', 'colstart', 'coltl', 'xsc', 'column', 'col'],
  rowEnd: ['endrowoffsetidx', 'rowend', 'rowbr'],
  columnEnd: ['endcoloffsetidx', 'colend', 'colbr'],
  rowSpan: ['rowspan'],
  columnSpan: ['columnspan', 'colspan'],
  text: ['text', 'content', 'value', 'words', 'word'],
} as const;

/**
 * A table that a value of JSON describes by cells with their places, or as rows of cells of an editor's document
 * (ProseMirror, Slate), as HTML; null for any other value. Spans are kept, places without a cell stay open.
 */
export function markupOfCells(value: unknown): string | null {
  if (!isFields(value)) return null;
  const lists = [value, ...Object.values(value).filter(isFields)].flatMap((owner) => Object.values(owner));
  for (const list of lists) {
    const cells = Array.isArray(list) && list.length >= FEWEST_CELLS ? list.map(placedCell) : [];
    if (cells.length > 0 && cells.every((cell) => cell !== null)) return markupOfPlaces(cells);
  }
  return markupOfEditor(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placedCell(value: unknown): PlacedCell | null {
  if (!isFields(value)) return null;
  const fields = new Map(
    Object.entries(value).map(([name, field]) => [name.toLowerCase().replaceAll('_', ''), field]),
  );
  const find = (names: readonly string[]): unknown =>
    names.map((name) => fields.get(name)).find((field) => field !== undefined);
  const count = (names: readonly string[]): number | null => {
    const found = find(names);
    return typeof found === 'number' && Number.isInteger(found) && found >= 0 ? found : null;
  };
  const [row, column, text] = [count(NAMES.row), count(NAMES.column), find(NAMES.text) ?? ''];
  if (row === null || column === null || (typeof text !== 'string' && typeof text !== 'number')) return null;
  const span = (stated: readonly string[], end: readonly string[], start: number): number =>
    Math.max(1, count(stated) ?? (count(end) ?? start + 1) - start);
  return {
    row,
    column,
    rowSpan: span(NAMES.rowSpan, NAMES.rowEnd, row),
    columnSpan: span(NAMES.columnSpan, NAMES.columnEnd, column),
    text: String(text),
  };
}

function markupOfPlaces(cells: readonly PlacedCell[]): string | null {
  const rows = new Map<number, PlacedCell[]>();
  for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  const last = Math.max(...rows.keys());
  if (rows.size < 2 || last > MOST_PLACES) return null;
  const lines = Array.from({ length: last + 1 }, (_, row) => {
    const own = [...(rows.get(row) ?? [])].sort((a, b) => a.column - b.column);
    return rowMarkup(own);
  });
  return tableMarkup(lines);
}

/** A node of an editor's document whose kind says that it is a table, its rows and their cells. */
function markupOfEditor(table: Fields): string | null {
  if (!isKind(table, /^table$/i)) return null;
  const rows = childrenOf(table).filter((row) => isKind(row, /row$/i));
  if (rows.length < 2) return null;
  return tableMarkup(
    rows.map((row) =>
      rowMarkup(
        childrenOf(row)
          .filter((cell) => isKind(cell, /cell$|header$/i))
          .map((cell) => {
            const spans = { ...cell, ...(isFields(cell['attrs']) ? cell['attrs'] : {}) };
            const span = (names: readonly string[]): number =>
              Number(names.map((name) => spans[name]).find((one) => typeof one === 'number') ?? 1);
            return {
              rowSpan: span(['rowspan', 'rowSpan']),
              columnSpan: span(['colspan', 'colSpan']),
              text: textOfNode(cell, 0),
            };
          }),
      ),
    ),
  );
}

function isKind(node: Fields, kind: RegExp): boolean {
  return typeof node['type'] === 'string' && kind.test(node['type']);
}

function childrenOf(node: Fields): Fields[] {
  const children = node['content'] ?? node['children'];
  return Array.isArray(children) ? children.filter(isFields) : [];
}

/** The text of a node of an editor's document; its paragraphs stand on lines of their own. */
function textOfNode(node: Fields, depth: number): string {
  if (typeof node['text'] === 'string') return node['text'];
  if (depth > MAX_DEPTH) return '';
  const parts = childrenOf(node);
  return parts
    .map((part) => textOfNode(part, depth + 1))
    .join(parts.some((part) => childrenOf(part).length > 0) ? '\n' : '');
}

function tableMarkup(rows: readonly string[]): string {
  return `<table>\n${rows.join('\n')}\n</table>`;
}

function rowMarkup(cells: readonly Pick<PlacedCell, 'rowSpan' | 'columnSpan' | 'text'>[]): string {
  const parts = cells.map(
    ({ rowSpan, columnSpan, text }) =>
      `<td rowspan="${rowSpan}" colspan="${columnSpan}">${escapeMarkup(text)}</td>`,
  );
  return `<tr>${parts.join('')}</tr>`;
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s*\n\s*/g, '<br>');
}
