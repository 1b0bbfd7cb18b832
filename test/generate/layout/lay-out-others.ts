import type { AcrossTable, DownTable, FormBlock } from '../../../src/forms/form.js';
import { downKey } from '../../../src/forms/form.js';
import type { LayoutTable } from '../report.js';
import { GridBuilder } from './grid-builder.js';
import type { Printer } from './lay-out-applications.js';

/** Table two: a caption, heads and rows for every item of article 20, all in one grid. */
export function layOutDisclosure(table: DownTable, printer: Printer): LayoutTable {
  const grid = new GridBuilder();
  const width = 1 + Math.max(...table.blocks.map((block) => block.columns.length));
  for (const block of table.blocks) addBlock(grid, table, block, width, printer);
  return { id: 'disclosure', cells: grid.cells };
}

function addBlock(
  grid: GridBuilder,
  table: DownTable,
  block: FormBlock,
  width: number,
  printer: Printer,
): void {
  const last = block.columns.length - 1;
  const spanAt = (i: number): readonly [number, number] => [1, i === last ? width - 1 - last : 1];
  for (const row of block.rows) {
    if (row.kind === 'caption') {
      grid.add(0, printer.label(row.labels[0] ?? ''), 'caption', [1, width]);
      grid.endRow();
      grid.add(0, '信息内容', 'head');
      block.columns.forEach((column, i) =>
        grid.add(1 + i, printer.label(column.labels[0] ?? ''), 'head', spanAt(i)),
      );
    } else {
      grid.add(0, printer.label(row.labels[0] ?? ''), 'label');
      block.columns.forEach((column, i) => {
        const key = downKey(table, row, column);
        grid.add(1 + i, printer.value(key), 'value', spanAt(i), key);
      });
    }
    grid.endRow();
  }
}

/** Table four: 行政复议 beside 行政诉讼, fifteen columns under three rows of heads. */
export function layOutReview(table: AcrossTable, printer: Printer): LayoutTable {
  const grid = new GridBuilder();
  const size = table.columns.length;
  const leaves = (from: number, rowSpan: number): void => {
    table.columns.forEach((column, i) =>
      grid.add(from + i, printer.label(column.labels[0] ?? ''), 'head', [rowSpan, 1]),
    );
  };
  grid.add(0, printer.label('行政复议'), 'head', [1, size]);
  grid.add(size, printer.label('行政诉讼'), 'head', [1, 2 * size]);
  grid.endRow();
  leaves(0, 2);
  grid.add(size, printer.label('未经复议直接起诉'), 'head', [1, size]);
  grid.add(2 * size, printer.label('复议后起诉'), 'head', [1, size]);
  grid.endRow();
  leaves(size, 1);
  leaves(2 * size, 1);
  grid.endRow();
  table.groups.forEach((group, g) => {
    table.columns.forEach((column, c) => {
      const key = `${group.key}.${column.key}`;
      grid.add(g * size + c, printer.value(key), 'value', [1, 1], key);
    });
  });
  grid.endRow();
  return { id: 'review_and_litigation', cells: grid.cells };
}

/** The 统计表 of form 2014: label, unit and number. */
export function layOutStatistics(table: DownTable, printer: Printer): LayoutTable {
  const grid = new GridBuilder();
  ['统计指标', '单位', '统计数'].forEach((head, i) => grid.add(i, head, 'head'));
  grid.endRow();
  for (const row of table.blocks.flatMap((block) => block.rows)) {
    grid.add(0, printer.label(row.labels[0] ?? ''), 'label');
    grid.add(1, row.kind === 'data' ? row.unit : '——', 'unit');
    const key = `statistics.${row.key}`;
    if (row.kind === 'data') grid.add(2, printer.value(key), 'value', [1, 1], key);
    else grid.add(2, '', 'value');
    grid.endRow();
  }
  return { id: 'statistics', cells: grid.cells };
}
