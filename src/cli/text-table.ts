/** East Asian wide and full-width characters, and emoji: two columns of a terminal each. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
const CONTROL = /\p{Cc}/gu;

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Longer cells are cut in the middle, so that the end of a path stays visible. */
  readonly maxWidth?: number;
}

/** How a cell is painted once its width is settled: escape codes have no width. */
export type PaintCell = (padded: string, rowIndex: number, columnIndex: number) => string;

/** Columns that a terminal needs for `text`. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Lines of a table whose columns line up in a terminal, Chinese included; the first line holds the titles. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  paint: PaintCell = (padded) => padded,
): string[] {
  const cells = rows.map((row) =>
    columns.map((column, index) => shorten(clean(row[index] ?? ''), column.maxWidth)),
  );
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const line = (row: readonly string[], rowIndex: number): string =>
    row
      .map((cell, index) => paint(pad(cell, widths[index] ?? 0, columns[index]?.align), rowIndex, index))
      .join('  ')
      .trimEnd();
  const titles = columns.map((column) => column.title);
  const rule = widths.map((width) => '─'.repeat(width));
  return [line(titles, -1), rule.join('  '), ...cells.map(line)];
}

/** `text` within `maxWidth` columns, its middle replaced by an ellipsis where it is longer. */
export function shorten(text: string, maxWidth = Number.POSITIVE_INFINITY): string {
  if (displayWidth(text) <= maxWidth) return text;
  const half = Math.floor((maxWidth - 1) / 2);
  return `${takeWidth([...text], half)}…${[...takeWidth([...text].reverse(), half)].reverse().join('')}`;
}

function takeWidth(characters: readonly string[], width: number): string {
  let taken = '';
  let used = 0;
  for (const character of characters) {
    used += characterWidth(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? space + text : text + space;
}

/** A title or file name may hold escape sequences; printed as they are they would drive the terminal. */
function clean(text: string): string {
  return text.replace(CONTROL, ' ');
}
