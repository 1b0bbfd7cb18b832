import { describe, expect, test } from '@jest/globals';
import { readHtmlPage } from '../../../src/extractors/markup/read-page.js';
import { rowsOf } from '../../helpers/describe-document.js';

const ROWS = [
  ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
  ['规章', '0', '', '7'],
  ['行政规范性文件', '3', '0', '12'],
];
const OPENING = '<p>根据《中华人民共和国政府信息公开条例》，现公布本机关2024年政府信息公开工作年度报告。</p>';

/** A page with the rows set as boxes, and what is read of its tables. */
function read(row: (cells: readonly string[]) => string, around = '%s', head = '') {
  const rows = around.replace('%s', ROWS.map(row).join('\n'));
  return readHtmlPage(`<html><head>${head}</head><body><div>${OPENING}${rows}</div></body></html>`).tables;
}

const div = (cell: string) => `<div>${cell}</div>`;

describe('tables of boxes', () => {
  const layouts: readonly [string, Parameters<typeof read>][] = [
    ['div in div', [(cells) => `<div>${cells.map(div).join('')}</div>`, '<div class=t>%s</div>']],
    ['floats, cleared', [(cells) => `<div>${cells.map(div).join('')}<div style="clear:both"></div></div>`]],
    ['lists', [(cells) => `<ul>${cells.map((cell) => `<li>${cell}</li>`).join('')}</ul>`]],
    [
      'spans made boxes',
      [
        (cells) => `<p>${cells.map((cell) => `<span class=c>${cell}</span>`).join('')}</p>`,
        '%s',
        '<style>.c{display:inline-block;width:25%}</style>',
      ],
    ],
  ];

  test.each(layouts)('keep their blank cells and the order of each row: %s', (_, layout) => {
    const [table, ...others] = read(...layout);
    expect(others).toEqual([]);
    expect(table?.geometry).toBe('ordered');
    expect(rowsOf(table)).toEqual(ROWS);
  });

  test('are seen where one box stands around all cells of a row', () => {
    const wrapped = (cells: readonly string[]) =>
      `<div><div><div>${cells.map(div).join('')}</div></div></div>`;
    expect(rowsOf(read(wrapped)[0])).toEqual(ROWS);
  });

  test('are not seen in pages of print whose texts are placed one by one', () => {
    const page = (cells: readonly string[]) =>
      `<div><div>${cells.map((cell) => `<div class=t>${cell}</div>`).join('')}</div></div>`;
    expect(read(page, '%s', '<style>.t{position:absolute}</style>')).toEqual([]);
  });

  test.each([
    [
      'lines and spans',
      'grid-row:1/span 1;grid-column:1/span 4',
      '<style>.g{grid-template-columns:repeat(4,1fr)}</style>',
    ],
    [
      'names',
      'grid-area:top',
      `<style>.g{grid-template-areas:${"'top top top top' 'a b c d' 'e f g h' 'i j k l'"}}</style>`,
    ],
  ])('have the places of a grid that tells them by %s', (_, caption, rules) => {
    const names = [...'abcdefghijkl'];
    const cells = ROWS.flat().map((cell, i) => `<div style="grid-area:${names[i]}">${cell}</div>`);
    const places = caption.endsWith('top') ? cells : ROWS.flat().map(div);
    const grid = `<div class=g style="display:grid"><div style="${caption}">第二十条</div>${places.join('')}</div>`;
    const [table] = readHtmlPage(`<html><head>${rules}</head><body>${OPENING}${grid}</body></html>`).tables;
    expect(table?.geometry).toBe('exact');
    expect(rowsOf(table)).toEqual([['第二十条(1x4)'], ...ROWS]);
  });

  test('have the places of boxes set one by one', () => {
    const box = (text: string, row: number, column: number, columns = 1) =>
      `<p style="position:absolute;left:${80 * column}px;top:${24 * row}px;width:${80 * columns}px;height:24px">${text}</p>`;
    const boxes = ROWS.flatMap((cells, row) => cells.map((cell, column) => box(cell, row + 1, column)));
    const page = `<body>${OPENING.repeat(9)}<div>${box('第二十条', 0, 0, 4)}${boxes.join('')}</div></body>`;
    expect(rowsOf(readHtmlPage(page).tables[0])).toEqual([['第二十条(1x4)'], ...ROWS]);
  });

  test('are not seen in paragraphs of spans, in menus, and where cells hold whole parts of a page', () => {
    expect(read((cells) => `<p>${cells.map((cell) => `<span>${cell}</span>`).join('')}</p>`)).toEqual([]);
    const menu = ['首页', '政务公开', '互动交流'].map((name) => `<ul>${`<li>${name}</li>`.repeat(4)}</ul>`);
    expect(readHtmlPage(`<body>${menu.join('')}</body>`).tables).toEqual([]);
    const long = '全年主动公开政府信息'.repeat(30);
    expect(read((cells) => `<div>${[...cells, long].map(div).join('')}</div>`)).toEqual([]);
  });
});
