import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RulingLine } from '../../src/model/geometry.js';
import { findRuledTables } from '../../src/tables/find-ruled-tables.js';
import { findStruck, withoutStruck } from '../../src/tables/find-struck.js';
import type { Glyph } from '../../src/tables/glyph.js';
import { buildLines, joinLines } from '../../src/tables/text-line.js';
import { printLine } from '../helpers/print-line.js';

function level(at: number, from: number, to: number): RulingLine {
  return { direction: 'horizontal', at, from, to, thickness: 0.7 };
}

function upright(at: number, from: number, to: number): RulingLine {
  return { direction: 'vertical', at, from, to, thickness: 0.5 };
}

/** A line through the middle of characters, from the first to the last. */
function through(glyphs: readonly Glyph[]): RulingLine {
  const [first, last] = [glyphs[0]?.box, glyphs.at(-1)?.box];
  if (!first || !last) throw new Error('nothing to strike out');
  return level((first.top + first.bottom) / 2, first.left, last.right);
}

function struckText(glyphs: readonly Glyph[], rulings: readonly RulingLine[]): string {
  const print = findStruck({ glyphs, rulings });
  return print.glyphs.flatMap(({ isStruck, text }) => (isStruck ? [text] : [])).join('');
}

const GRID = [0, 40, 80].map((at) => level(at, 0, 200)).concat([0, 100, 200].map((at) => upright(at, 0, 80)));

describe('struck-out print', () => {
  test('gives way to what stands beside it in a cell, which is doubted a little', () => {
    const old = printLine('55', 10, 10);
    const print = findStruck({
      glyphs: [...old, ...printLine('66', 10, 25)],
      rulings: [...GRID, through(old)],
    });
    const [table] = findRuledTables({ pageNumber: 1, ...print }).tables;
    expect(table?.cells[0]?.lines.map(({ text }) => text)).toEqual(['66']);
    expect(table?.cells[0]?.readingConfidence).toBeLessThan(0.99);
    expect(table?.cells[1]?.readingConfidence).toBeUndefined();
  });

  test('stays where nothing stands in its place, in doubt', () => {
    const only = printLine('55', 10, 10);
    const print = findStruck({ glyphs: only, rulings: [...GRID, through(only)] });
    const [cell] = findRuledTables({ pageNumber: 1, ...print }).tables[0]?.cells ?? [];
    expect(joinLines(cell?.lines ?? [])).toBe('55');
    expect(cell?.readingConfidence).toBeLessThanOrEqual(0.5);
  });

  test('is a part of a line: the rest of the line stays as it is', () => {
    const glyphs = printLine('共5566件', 10, 10);
    const print = findStruck({ glyphs, rulings: [through(glyphs.slice(1, 3))] });
    expect(withoutStruck(buildLines(print.glyphs))?.map(({ text }) => text.replaceAll(' ', ''))).toEqual([
      '共66件',
    ]);
    expect(print.rulings).toEqual([]);
  });

  test('may be struck twice, and in pieces', () => {
    const glyphs = printLine('5566', 10, 10);
    const line = through(glyphs);
    const middle = (line.from + line.to) / 2;
    expect(struckText(glyphs, [line, { ...line, at: line.at + 1 }])).toBe('5566');
    expect(
      struckText(glyphs, [
        { ...line, to: middle },
        { ...line, from: middle },
      ]),
    ).toBe('5566');
  });

  test('is none where a border, a dashed line or an underline runs', () => {
    const glyphs = printLine('55', 10, 10);
    const line = through(glyphs);
    expect(struckText(glyphs, [{ ...line, from: line.from - 8, to: line.to + 30 }])).toBe('');
    expect(struckText(glyphs, [{ ...line, at: glyphs[0]?.box.bottom ?? 0 }])).toBe('');
    const dashes = Array.from({ length: 30 }, (_, i) => level(line.at, i * 4, i * 4 + 2.5));
    expect(struckText(glyphs, dashes)).toBe('');
    const cells = [level(line.at, 0, line.from), line, level(line.at, line.to, 90)];
    expect(struckText(glyphs, cells)).toBe('');
  });

  test('is never found on recognised pages or on print that no line crosses', () => {
    const glyphs = printLine('55', 10, 10);
    const recognised = glyphs.map((glyph) => ({ ...glyph, certainty: 0.9 }));
    expect(struckText(recognised, [through(glyphs)])).toBe('');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 40, max: 300, noNaN: true }), fc.nat(100), fc.nat(100))),
        (lines) => {
          const rulings = lines.map(([at, from, length]) => level(at, from, from + length));
          const print = findStruck({ glyphs, rulings });
          expect(print).toEqual({ glyphs, rulings });
        },
      ),
    );
  });
});
