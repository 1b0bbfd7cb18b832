import { describe, expect, test } from '@jest/globals';
import { isUselessText, reasonForOcr } from '../../../src/extractors/pdf/read-scans.js';
import type { PdfPage } from '../../../src/extractors/pdf/pdf-reader.js';

const REPORT =
  '根据《中华人民共和国政府信息公开条例》规定，现公布本局年度报告。本年新收政府信息公开申请数量为三十八件，均已办结。'.repeat(
    2,
  );

function page(text: string, hasImages: boolean): PdfPage {
  const box = { left: 0, top: 0, right: 1, bottom: 1 };
  const glyphs = [...text].map((character) => ({
    text: character,
    box,
    size: 10,
    turn: 0 as const,
    isAfterSpace: false,
  }));
  return { pageNumber: 1, width: 595, height: 842, glyphs, rulings: [], fills: [], hasImages };
}

describe('isUselessText', () => {
  test.each([
    ['a report', REPORT, false],
    ['an English page', 'Annual statistics of the member states, 2012 and 2013. '.repeat(3), false],
    ['a page of numbers', '1 295 38 0.25 7 '.repeat(12), false],
    ['a few characters', '\ue001\ue002\ue003', false],
    ['characters for private use', '\ue001\ue102\ue203'.repeat(30), true],
    ['Chinese of a wrong character map', '鐨勬槸鍦ㄤ簡涓嶅拰鏈夊ぇ杩欎富涓浜鸿'.repeat(5), true],
    ['letters of a wrong character map', 'þÿØÞßðãåæçèéêë'.repeat(6), true],
  ])('says of %s: %s', (_, text, expected) => {
    expect(isUselessText(text)).toBe(expected);
  });
});

describe('reasonForOcr', () => {
  test('reads a picture without text, and leaves an empty page and a page with text alone', () => {
    expect(reasonForOcr(page('', true))).toBe('no-text');
    expect(reasonForOcr(page('', false))).toBeNull();
    expect(reasonForOcr(page(REPORT, true))).toBeNull();
    expect(reasonForOcr(page('\ue001'.repeat(80), false))).toBe('useless-text');
  });
});
