import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentFromText } from '../../../src/extractors/text/to-document.js';
import { unwrapText } from '../../../src/extractors/text/unwrap-text.js';
import { rowsOf, textsOf } from '../../helpers/describe-document.js';

const ROWS = [
  ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
  ['规章', '3', '', '7'],
  ['行政规范性文件', '12', '0', '205'],
  ['行政许可', '4', '5', '6'],
];
const PROSE = '根据《中华人民共和国政府信息公开条例》的规定，现公布本机关政府信息公开工作年度报告。';

function read(text: string): { rows: string[][]; texts: string[] } {
  const document = documentFromText(unwrapText(text));
  expect(document.tables).toHaveLength(1);
  return { rows: rowsOf(document.tables[0]), texts: textsOf(document) };
}

describe('text inside something else', () => {
  const table = ROWS.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const html = `<p>${PROSE}</p>\n<table>${table}</table>`;

  test('is read out of escaped markup', () => {
    const escaped = html.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(read(escaped).rows).toEqual(ROWS);
  });

  test('is read out of a string of a program', () => {
    const coded = JSON.stringify(html).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
    expect(read(`var content = ${coded};`).rows).toEqual(ROWS);
  });

  test('is read out of the tree of what a browser shows', () => {
    const cell = (text: string): string => (text === '' ? '      - cell' : `      - cell "${text}" [ref=e5]`);
    const rows = ROWS.map((row) => [`    - row "${row.join(' ')}" [ref=e4]:`, ...row.map(cell)].join('\n'));
    const tree = [`- paragraph [ref=e1]: ${PROSE}`, '- table [ref=e2]:', '  - rowgroup:', ...rows].join('\n');
    expect(read(tree)).toEqual({ rows: ROWS, texts: [PROSE] });
  });

  test('is read out of a list of cells with their names, where blank ones are missing', () => {
    const cells = ROWS.flatMap((row, at) =>
      row.flatMap((text, column) =>
        text === '' ? [] : [`${String.fromCharCode(65 + column)}${at + 2}: ${text}`],
      ),
    );
    expect(read([`A1: ${PROSE}`, ...cells].join('\n'))).toEqual({ rows: ROWS, texts: [PROSE] });
  });

  test('is read out of records of a sheet, where blank cells have no key', () => {
    const records = ROWS.map((row) =>
      Object.fromEntries(
        row.flatMap((text, i) =>
          text === '' ? [] : [[i === 0 ? '年度报告' : i === 1 ? '__EMPTY' : `__EMPTY_${i - 1}`, text]],
        ),
      ),
    );
    expect(read(JSON.stringify([{ 年度报告: PROSE }, ...records]))).toEqual({ rows: ROWS, texts: [PROSE] });
  });

  test('is laid out as it stands on a page where each piece has its corners', () => {
    const lines = Array.from({ length: 8 }, (_, i) => [...(ROWS[1 + (i % 3)] ?? [])]);
    const piece = (text: string, column: number, row: number): [number[], string] => {
      const [left, top] = [100 + column * 300, 100 + row * 40];
      const right = left + text.length * (/\d/.test(text) ? 10 : 20);
      return [[left, top, right, top, right, top + 24, left, top + 24], text];
    };
    const pieces = lines
      .flatMap((row, at) => row.map((text, column) => piece(text, column, at)))
      .filter(([, text]) => text !== '');
    const laidOut = unwrapText(pieces.map(([corners, text]) => `${corners.join(',')},${text}`).join('\n'));
    expect(laidOut.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual(
      lines.map((row) => row.filter((text) => text !== '')),
    );
    const pairs = (c: number[]): string =>
      `[[${c[0]}, ${c[1]}], [${c[2]}, ${c[3]}], [${c[4]}, ${c[5]}], [${c[6]}, ${c[7]}]]`;
    const listed = pieces.map(([corners, text]) => `[${pairs(corners)}, ('${text}', 0.9971)]`).join('\n');
    expect(unwrapText(listed)).toBe(laidOut);
  });

  test('loses how sure each piece is', () => {
    const words = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? '规章' : String(i)));
    expect(unwrapText(words.map((text) => `${text}\t0.98${text.length}`).join('\n'))).toBe(words.join('\n'));
  });
});

describe('the numbers that programs print before rows', () => {
  const labels = ['规章', '行政规范性文件', '行政许可', '行政处罚', '行政强制', '其他事项'];

  test.each([
    ['of a data frame', (i: number) => ` ${i + 1} `],
    ['of a matrix', (i: number) => `[${i + 1},] `],
  ])('are left out: %s', (_, number) => {
    const text = labels
      .map((label, i) => `${number(i)}${label}${'  '.repeat(12 - label.length)}${i}    ${i * 7}`)
      .join('\n');
    const [table] = documentFromText(text).tables;
    expect(table?.cells.map((cell) => cell.text).filter((cell) => /\d/.test(cell))).toEqual(
      labels.flatMap((_label, i) => [String(i), String(i * 7)]),
    );
    for (const { text: cell, evidence } of table?.cells ?? [])
      if (evidence.kind === 'span') expect(text.slice(evidence.start, evidence.end)).toContain(cell);
  });

  test('are the report\u2019s own where they begin anew', () => {
    const items = [
      '1 属于国家秘密    5',
      '2 其他法律行政法规禁止公开    6',
      '1 重复申请    7',
      '2 信访    8',
    ];
    expect(documentFromText(items.join('\n')).blocks.length).toBeGreaterThan(0);
    const { tables } = documentFromText(items.join('\n'));
    expect(tables[0]?.cells.some(({ text }) => text.startsWith('1'))).toBe(true);
  });
});

describe('other text', () => {
  test.each([
    ['prose', PROSE],
    ['a page', '<table><tr><td>&lt;td&gt;</td></tr></table>'.repeat(30)],
    ['rows between tabs', Array.from({ length: 30 }, (_, i) => `规章\t${i}\t0.98`).join('\n')],
    ['a list', Array.from({ length: 30 }, (_, i) => `- 规章${i}：3`).join('\n')],
    ['numbered lines', Array.from({ length: 30 }, (_, i) => `${i}: 规章`).join('\n')],
  ])('is left as it is: %s', (_, text) => {
    expect(unwrapText(text)).toBe(text);
  });

  test('is never lost', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 40 }), (lines) => {
        const text = lines.join('\n');
        expect(unwrapText(text).replace(/\s/g, '').length).toBeGreaterThanOrEqual(text.trim() === '' ? 0 : 1);
      }),
    );
  });
});
