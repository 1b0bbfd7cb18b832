/** A grid as an HTML table; `wrapText` puts what a site's editor puts around the text of a cell. */
export function htmlTable(grid, wrapText = (text) => text, attributes = ' border="1"') {
  const rows = grid.map((row) => {
    const cells = row.map(({ text, columns, rows: span }) => {
      const columnSpan = columns > 1 ? ` colspan="${columns}"` : '';
      const rowSpan = span > 1 ? ` rowspan="${span}"` : '';
      return `<td${columnSpan}${rowSpan}>${wrapText(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table${attributes}>\n${rows.join('\n')}\n</table>`;
}

/** What Word leaves in a pasted page: a span every two characters and empty Office paragraphs. */
export function wordPaste(text) {
  const pieces = text.match(/.{1,2}/gsu) ?? [];
  const spans = pieces.map((piece) => `<span style="font-family:仿宋;mso-spacerun:'yes'">${piece}</span>`);
  return `<p class="MsoNormal" style="mso-pagination:widow-orphan">${spans.join('')}<o:p></o:p></p>`;
}
