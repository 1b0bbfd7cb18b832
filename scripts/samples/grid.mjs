/**
 * A printed table as the sample writers share it: rows of cells { text, rows, columns } in reading order, covered
 * places left out, as in HTML.
 */
export function cell(text, columns = 1, rows = 1) {
  return { text: text === null ? '' : String(text), columns, rows };
}

/**
 * The same as a full rectangle: `texts` with empty strings in covered places, `starts` with the cells that begin
 * there, `origins` with the column in which the cell that holds a place begins.
 */
export function toDense(grid) {
  const width = grid[0].reduce((sum, one) => sum + one.columns, 0);
  const empty = () => grid.map(() => Array.from({ length: width }, () => null));
  const [texts, starts, origins] = [empty(), empty(), empty()];
  grid.forEach((row, rowIndex) => {
    let column = 0;
    for (const one of row) {
      while (origins[rowIndex][column] !== null) column += 1;
      starts[rowIndex][column] = one;
      for (let r = 0; r < one.rows; r += 1) {
        for (let c = 0; c < one.columns; c += 1) {
          texts[rowIndex + r][column + c] = r + c === 0 ? one.text : '';
          origins[rowIndex + r][column + c] = column;
        }
      }
    }
  });
  return { texts, starts, origins, width, height: grid.length };
}
