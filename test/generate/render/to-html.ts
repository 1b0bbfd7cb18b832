import type { LayoutTable, Report } from '../report.js';
import { textGrid } from './text-grid.js';

/** The report as a page of a government site: navigation, title, article with tables, footer. */
export function toHtml(report: Report): string {
  const parts = report.sections.flatMap((section) => [
    `<p><strong>${escape(section.heading)}</strong></p>`,
    ...section.paragraphs.map((words) => `<p>　　${escape(words)}</p>`),
    ...section.tables.map(printTable),
  ]);
  return [
    '<!DOCTYPE html><html><head><meta charset="utf-8">',
    `<title>${escape(report.title)}_政府信息公开</title></head><body>`,
    '<div class="nav"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/nb">政府信息公开年报</a></div>',
    `<div class="article"><h1>${escape(report.title)}</h1><div id="content">`,
    ...report.preamble.map((words) => `<p>　　${escape(words)}</p>`),
    ...parts,
    ...report.signature.map((words) => `<p style="text-align:right">${escape(words)}</p>`),
    '</div></div><div class="footer">主办单位：人民政府办公室　网站标识码：3200000001</div></body></html>',
  ].join('\n');
}

function printTable(table: LayoutTable): string {
  const rows = textGrid(table).map((row) => {
    const cells = row
      .filter((cell) => cell !== null)
      .map((cell) => {
        const spans =
          (cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '') +
          (cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : '');
        return `<td${spans}><p>${escape(cell.text).replaceAll('\n', '<br>')}</p></td>`;
      });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table border="1"><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
