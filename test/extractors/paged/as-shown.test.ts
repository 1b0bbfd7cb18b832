import { describe, expect, test } from '@jest/globals';
import { asShown, boxAsShown } from '../../../src/extractors/paged/as-shown.js';
import { toDocument } from '../../../src/extractors/paged/to-document.js';
import { turnQuarters } from '../../../src/ocr/raster.js';

const WIDTH = 5;
const HEIGHT = 3;

describe('boxAsShown', () => {
  test.each([1, 2, 3] as const)('finds a pixel of a page turned by %i quarters where it lies', (quarters) => {
    const data = new Uint8Array(WIDTH * HEIGHT * 4);
    data[4 * (1 * WIDTH + 4)] = 255;
    const turned = turnQuarters({ width: WIDTH, height: HEIGHT, data }, quarters);
    const at = turned.data.indexOf(255) / 4;
    const [left, top] = [at % turned.width, Math.floor(at / turned.width)];
    const box = { left, top, right: left + 1, bottom: top + 1 };
    const shown = boxAsShown({ width: turned.width, height: turned.height, quarters }, box);
    expect(shown).toEqual({ left: 4, top: 1, right: 5, bottom: 2 });
  });
});

describe('boxAsShown on a page that was straightened', () => {
  test('finds a place where it lies askew, and then where that lies on the page as displayed', () => {
    const toShown = [1, 0, 0, 0.5, 1, 0, 0, 0, 1] as const;
    const box = { left: 10, top: 20, right: 12, bottom: 21 };
    const page = { width: 100, height: 50, toShown };
    expect(boxAsShown(page, box)).toEqual({ left: 10, top: 25, right: 12, bottom: 27 });
    expect(boxAsShown({ ...page, quarters: 2 }, box)).toEqual({ left: 88, top: 23, right: 90, bottom: 25 });
  });
});

describe('asShown', () => {
  test('puts sizes and evidence of turned pages back, and leaves other pages alone', () => {
    const glyph = {
      text: '字',
      box: { left: 10, top: 20, right: 20, bottom: 30 },
      size: 10,
      turn: 0 as const,
      isAfterSpace: false,
    };
    const page = { width: 842, height: 595, glyphs: [glyph], rulings: [], fills: [], hasImages: true };
    const pages = [
      { ...page, pageNumber: 1, quarters: 1 as const },
      { ...page, pageNumber: 2, glyphs: [] },
    ];
    const document = toDocument({ pages, properties: {}, diagnostics: [] }, 'image');
    expect(document.pages).toEqual([
      { pageNumber: 1, width: 595, height: 842 },
      { pageNumber: 2, width: 842, height: 595 },
    ]);
    const boxes = document.blocks.flatMap((block) =>
      block.kind !== 'table' && block.evidence.kind === 'box' ? [block.evidence.box] : [],
    );
    expect(boxes[0]).toMatchObject({ left: 20, bottom: 832 });
    expect(boxes).toHaveLength(1);
    expect(asShown(document, [])).toBe(document);
  });
});
