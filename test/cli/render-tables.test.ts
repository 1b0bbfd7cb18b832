import { describe, expect, test } from '@jest/globals';
import { tableToCsv, tableToHtml, tableToMarkdown } from '../../src/cli/render-tables.js';
import type { TableResult } from '../../src/pipeline/reconstruct-tables.js';

describe('rendering of tables', () => {
  test('HTML keeps spans and escapes what the document wrote', () => {
    const html = tableToHtml(table([['<script>alert(1)</script>', 2, 1]], [['a'], ['b\nc']]));
    expect(html).toContain('<td colspan="2">&lt;script&gt;alert(1)&lt;/script&gt;</td>');
    expect(html).toContain('<tr><td>a</td><td>b<br>c</td></tr>');
  });

  test('Markdown leaves covered places empty and escapes bars', () => {
    const lines = tableToMarkdown(table([['头', 2, 1]], [['a|b'], ['c']])).split('\n');
    expect(lines).toEqual(['| 头 |  |', '| --- | --- |', '| a\\|b | c |']);
  });

  test('CSV quotes what needs it and leads each row with document and table', () => {
    const csv = tableToCsv(table([['say "hi", twice'], ['2']]), ['r.pdf', '0']);
    expect(csv).toBe('r.pdf,0,0,"say ""hi"", twice",2');
  });

  test.each(['=1+1', '@SUM(A1)', '+cmd|x', '-2+3', '\tx'])('CSV makes no formula of %j', (text) => {
    expect(tableToCsv(table([[text]]), [])).toMatch(/^0,"?'/);
  });

  test.each(['-5', '+3', '-1,942', '12.5%'])('CSV leaves the number %j as it is', (text) => {
    expect(tableToCsv(table([[text]]), [])).not.toContain("'");
  });
});

type CellSpec = readonly [text: string, columnSpan?: number, rowSpan?: number];

function table(...rows: (readonly CellSpec[])[]): TableResult {
  const cells = rows.flatMap((row, rowIndex) => {
    let column = 0;
    return row.map(([text, columnSpan = 1, rowSpan = 1]) => {
      const cell = { row: rowIndex, column, row_span: rowSpan, column_span: columnSpan, text };
      column += columnSpan;
      return cell;
    });
  });
  const columns = Math.max(...cells.map((cell) => cell.column + cell.column_span));
  return {
    page: 1,
    pages: [1],
    box: null,
    rows: rows.length,
    columns,
    confidence: 1,
    geometry: 'exact',
    cells,
  };
}
