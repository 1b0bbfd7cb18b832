import { describe, expect, it } from '@jest/globals';
import { withoutSpace } from '../../src/text/fold.js';
import { withoutReadings } from '../../src/text/readings.js';

describe('readings behind characters', () => {
  it('are replaced by characters that print nothing, with and without tones', () => {
    const printed = '當(dāng)前信息公開(kāi)工(gōng)作，政(zheng)(zheng)府年(nian)報(bao)';
    const plain = withoutReadings(printed);
    expect(withoutSpace(plain)).toBe('當前信息公開工作，政府年報');
    expect(plain).toHaveLength(printed.length);
  });

  it('are left alone where there are few of them, as abbreviations are', () => {
    const printed = '以下简称条例(gongkai)，面积(mu)';
    expect(withoutReadings(printed)).toBe(printed);
  });
});
