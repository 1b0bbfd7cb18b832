import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayWidth, formatTable, shorten } from '../../src/cli/text-table.js';

describe('formatTable', () => {
  test('lines columns up where Chinese characters take two places', () => {
    const lines = formatTable(
      [{ title: 'agency' }, { title: 'year' }],
      [
        ['云州市', '2023'],
        ['a', '2024'],
      ],
    );
    const starts = lines
      .filter((line) => /20\d\d/.test(line))
      .map((line) => displayWidth(line.split('20')[0] ?? ''));
    expect(starts).toEqual([8, 8]);
  });

  test('puts numbers to the right where a column asks for it', () => {
    const lines = formatTable([{ title: 'n', align: 'right' }], [['5'], ['120']]);
    expect(lines.slice(2)).toEqual(['  5', '120']);
  });

  test('takes control characters out: a title must not drive the terminal', () => {
    const [, , row] = formatTable([{ title: 'title' }], [['a\u001b[2Jb\nc']]);
    expect(row).toBe('a [2Jb c');
  });

  test('paints a cell after its width is settled', () => {
    const lines = formatTable([{ title: 'a' }, { title: 'b' }], [['1', '2']], (text) => `<${text}>`);
    expect(lines[2]).toBe('<1>  <2>');
  });
});

describe('shorten', () => {
  test('keeps the start and the end of a long path', () => {
    expect(shorten('crawl/2024/云州市/report.pdf', 15)).toBe('crawl/2…ort.pdf');
  });

  test('never gives more than it may and never touches what fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '政', '府', '1', '（', '\u0301') });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (original, width) => {
        const short = shorten(original, width);
        expect(displayWidth(short)).toBeLessThanOrEqual(width);
        if (displayWidth(original) <= width) expect(short).toBe(original);
      }),
    );
  });
});
