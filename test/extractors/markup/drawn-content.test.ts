import { describe, expect, test } from '@jest/globals';
import { readHtmlFragment, readHtmlPage } from '../../../src/extractors/markup/read-page.js';

/** The cells of the only table, each with its confidence. */
function cellsOf(html: string): [string, number | undefined][] {
  return (readHtmlPage(html).tables[0]?.cells ?? []).map(({ text, confidence }) => [text, confidence]);
}

function table(...cells: string[]): string {
  return `<p>年报</p><table><tr><td>规章</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr></table>`;
}

describe('cells that show something that is no text', () => {
  test.each([
    ['a picture of a digit', '<img src="/images/num/5.gif" width="8" height="12">'],
    ['a sign of a font', '<i class="iconfont icon-num-5"></i>'],
    ['digits as parts of a picture', '<span class="digit d5"></span>'],
    ['a drawing', '<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'],
    ['a value that a framework writes', '<span v-text="row.issued"></span>'],
  ])('are doubted as blank: %s', (_, cell) => {
    const [label, doubted] = cellsOf(table(cell));
    expect(label?.[1]).toBeUndefined();
    expect(doubted?.[0]).toBe('');
    expect(doubted?.[1]).toBeLessThan(0.5);
  });

  test('are doubted where a script of the page names their id', () => {
    const page = `${table('<span id="v1"></span>', '<span id="v2"></span>')}<script>$('#v1').text('5');</script>`;
    const [, named, unnamed] = cellsOf(page);
    expect(named?.[1]).toBeLessThan(0.5);
    expect(unnamed?.[1]).toBeUndefined();
  });

  test.each([
    ['nothing', ''],
    ['a spacer by its size', '<img src="/a.gif" width="1" height="1">'],
    ['a spacer by its name', '<img src="/images/spacer.gif">'],
    ['an empty element', '<span class="c5"></span>'],
    ['a hard space', '&nbsp;'],
  ])('are told from blank ones: %s', (_, cell) => {
    expect(cellsOf(table(cell))[1]).toEqual(['', undefined]);
  });

  test('keep their text where they have some', () => {
    expect(cellsOf(table('<img src="/up.png">5'))[1]).toEqual(['5', undefined]);
  });
});

describe('what only programs that read pages aloud are told', () => {
  test('is no part of a cell', () => {
    expect(cellsOf(table('<span class="sr-only">自然人，</span>5'))[1]?.[0]).toBe('5');
  });

  test('leaves characters without their readings', () => {
    const { tables } = readHtmlFragment(
      '<table><tr><td><ruby>规<rp>(</rp><rt>guī</rt><rp>)</rp></ruby>章</td><td>5</td></tr></table>',
    );
    expect(tables[0]?.cells[0]?.text).toBe('规章');
  });
});
