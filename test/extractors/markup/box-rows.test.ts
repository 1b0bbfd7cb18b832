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

  test('are not seen in paragraphs of spans, in menus, and where cells hold whole parts of a page', () => {
    expect(read((cells) => `<p>${cells.map((cell) => `<span>${cell}</span>`).join('')}</p>`)).toEqual([]);
    const menu = ['首页', '政务公开', '互动交流'].map((name) => `<ul>${`<li>${name}</li>`.repeat(4)}</ul>`);
    expect(readHtmlPage(`<body>${menu.join('')}</body>`).tables).toEqual([]);
    const long = '全年主动公开政府信息'.repeat(30);
    expect(read((cells) => `<div>${[...cells, long].map(div).join('')}</div>`)).toEqual([]);
  });
});
