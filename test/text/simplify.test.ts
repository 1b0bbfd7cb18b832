import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simplify } from '../../src/text/simplify.js';

describe('simplify', () => {
  it('turns traditional characters into simplified ones, place for place', () => {
    expect(simplify('貴陽市衛生健康局2022年政府信息公開工作年度報告')).toBe(
      '贵阳市卫生健康局2022年政府信息公开工作年度报告',
    );
  });

  it('leaves simplified text as it is', () => {
    const text = '根据《中华人民共和国政府信息公开条例》，乾县显著改进了征收与后续工作。';
    expect(simplify(text)).toBe(text);
  });

  it('keeps lengths, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const simple = simplify(text);
        expect(simple).toHaveLength(text.length);
        expect(simplify(simple)).toBe(simple);
      }),
    );
  });
});
