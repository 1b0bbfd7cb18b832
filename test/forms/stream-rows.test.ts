import { describe, expect, test } from '@jest/globals';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { streamRows } from '../../src/forms/stream-rows.js';
import { streamText } from '../../src/forms/stream-text.js';
import { tableDocument } from '../helpers/table-document.js';
import { textDocument } from '../helpers/text-document.js';

describe('streamRows', () => {
  test('makes a row of every label that is found and the values behind it', () => {
    const text = '（一）予以公开 1 2 0 0 0 0 3\n2.重复申请 0 / 0 0 0 0 1,295';
    const rows = streamRows(streamText(textDocument(text)), APPLICATIONS_2021);
    expect(rows.map((row) => row.slots.map((slot) => slot.text))).toEqual([
      ['（一）予以公开', '1', '2', '0', '0', '0', '0', '3'],
      ['2.重复申请', '0', '/', '0', '0', '0', '0', '1,295'],
    ]);
    expect(rows.every(({ geometry, tableConfidence }) => geometry === 'stream' && tableConfidence < 1)).toBe(
      true,
    );
  });

  test('lends a printed cell as a whole only where nothing else stands in it', () => {
    const values = (cells: readonly string[]) =>
      streamRows(streamText(tableDocument([[cells]])), APPLICATIONS_2021)[0]?.slots.slice(1) ?? [];
    const apart = values(['（一）予以公开', '1', '2']);
    expect(apart.map(({ cell, evidence }) => cell === evidence)).toEqual([true, true]);
    const together = values(['（一）予以公开 1 2 0']);
    expect(together.map(({ cell }) => cell)).toEqual([null, null, null]);
  });

  test('doubts a dash between digits, which may be a sign or a mark', () => {
    const isTorn = (text: string) => streamRows(streamText(textDocument(text)), APPLICATIONS_2021)[0]?.isTorn;
    expect(isTorn('（一）予以公开0-192 0 0 0 0 3')).toBe(true);
    expect(isTorn('（一）予以公开 0 -192 0 0 0 0 3')).toBe(false);
  });

  test('doubts a number that runs on in letters like digits', () => {
    const isTorn = (text: string) => streamRows(streamText(textDocument(text)), APPLICATIONS_2021)[0]?.isTorn;
    for (const value of ['1l', 'l0', 'I2', '2〇', '9丨', '0.57万', '64百']) {
      expect(isTorn(`（一）予以公开 ${value} 2 0 0 0 0 3`)).toBe(true);
    }
    expect(isTorn('（一）予以公开 12 2 0 0 0 0 14')).toBe(false);
  });
});
