import { toDense } from './grid.mjs';

/** A cell a line behind tabs, a blank line after each row; a cell covered from above stands as one empty line. */
export function cellLines(grid, shape = (text) => text) {
  const { starts, origins } = toDense(grid);
  const rows = starts.map((row, rowIndex) =>
    row
      .filter((start, column) => start !== null || origins[rowIndex][column] === column)
      .map((start) => `\t${start ? shape(start.text) : ''}`)
      .join('\n'),
  );
  return `${rows.join('\n\n')}\n`;
}

/** A space where the printed line broke, as converters leave it. */
export function breakLabel(text) {
  return text.length > 8 ? `${text.slice(0, 7)} ${text.slice(7)}` : text;
}

/** Tab-separated rows. */
export function tabRows(grid) {
  return toDense(grid)
    .texts.map((row) => row.join('\t'))
    .join('\n');
}

/** A Markdown table; cut into pieces after the rows in `cuts`, each piece with an invented empty head. */
export function pipeTable(grid, cuts = []) {
  const { texts, width } = toDense(grid);
  const line = (row) => `| ${row.join(' | ')} |`;
  const rule = `|${'---|'.repeat(width)}`;
  const emptyHead = `|${' |'.repeat(width)}`;
  const lines = texts.map(line);
  const ends = [...cuts, lines.length];
  const pieces = ends.map((end, index) => {
    if (index === 0) return [lines[0], rule, ...lines.slice(1, end)];
    return ['', emptyHead, rule, ...lines.slice(ends[index - 1], end)];
  });
  return pieces.flat().join('\n');
}
