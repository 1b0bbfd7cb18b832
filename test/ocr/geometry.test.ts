import { describe, expect, test } from '@jest/globals';
import { estimateSkew, estimateWarp } from '../../src/ocr/deskew.js';
import { findGrids } from '../../src/ocr/find-cells.js';
import { findRulingLines } from '../../src/ocr/find-ruling-lines.js';
import { findTextBands, partPrint } from '../../src/ocr/find-text-bands.js';
import { compose, invert, mapPoint, squareTo, turnAbout } from '../../src/ocr/matrix.js';
import { findInk, mapBox, warp, type GrayImage, type InkMap } from '../../src/ocr/raster.js';
import { readMark } from '../../src/ocr/read-number.js';

const WIDTH = 827;
const HEIGHT = 1169;
const MIDDLE = { x: (WIDTH - 1) / 2, y: (HEIGHT - 1) / 2 };

function blank(): InkMap {
  return { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) };
}

function fill(
  map: { width: number; data: Uint8Array },
  left: number,
  top: number,
  right: number,
  bottom: number,
  value = 1,
): void {
  for (let y = top; y < bottom; y++) map.data.fill(value, y * map.width + left, y * map.width + right);
}

function drawGrid(ink: InkMap, xs: readonly number[], ys: readonly number[]): void {
  for (const y of ys) fill(ink, xs[0] ?? 0, y, (xs.at(-1) ?? 0) + 2, y + 2);
  for (const x of xs) fill(ink, x, ys[0] ?? 0, x + 2, (ys.at(-1) ?? 0) + 2);
}

/** Three upright strokes and three across, as in 冊. */
function drawCharacter(ink: InkMap, left: number, top: number, size = 26): void {
  for (const share of [0, 0.45, 0.9]) {
    const [x, y] = [left + Math.round(share * size), top + Math.round(share * size)];
    fill(ink, x, top, x + 2, top + size);
    fill(ink, left, y, left + size, y + 2);
  }
}

describe('findRulingLines and findGrids', () => {
  test('find the cells of a drawn grid', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400], [100, 140, 180, 220]);
    const [grid] = findGrids(findRulingLines(ink), ink);
    expect(grid).toMatchObject({ rowCount: 3, columnCount: 2, isSound: true });
    expect(grid?.cells).toHaveLength(6);
  });

  test('keep two tables apart and ignore strokes and underlines', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400], [100, 140, 180]);
    drawGrid(ink, [100, 300, 400], [300, 340, 380]);
    fill(ink, 100, 500, 300, 502);
    expect(findGrids(findRulingLines(ink), ink).map((g) => g.box.top)).toEqual([101, 301]);
  });

  test('put lines together that the scan has broken', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400], [100, 140, 180, 220]);
    for (let x = 113; x < 400; x += 16) fill(ink, x, 90, x + 3, 230, 0);
    for (let y = 108; y < 200; y += 13) fill(ink, 90, y, 410, y + 3, 0);
    const [grid] = findGrids(findRulingLines(ink), ink);
    expect(grid).toMatchObject({ rowCount: 3, columnCount: 2, isSound: true });
  });

  test('do not take strokes of characters in a row for a line', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400], [100, 180, 260]);
    for (let x = 110; x < 240; x += 16) fill(ink, x, 140, x + 8, 142);
    expect(findGrids(findRulingLines(ink), ink)[0]).toMatchObject({ rowCount: 2, columnCount: 2 });
  });

  test('find lines that are too pale to be ink', () => {
    const gray: GrayImage = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(255) };
    for (const y of [100, 140, 180, 220]) fill(gray, 100, y, 402, y + 2, 235);
    for (const x of [100, 250, 400]) fill(gray, x, 100, x + 2, 222, 235);
    for (let x = 110; x < 240; x += 16) fill(gray, x, 114, x + 8, 126, 0);
    const ink = findInk(gray);
    expect(findRulingLines(ink).horizontal).toEqual([]);
    const [grid] = findGrids(findRulingLines(ink, ink, gray), ink);
    expect(grid).toMatchObject({ rowCount: 3, columnCount: 2, isSound: true });
  });

  test('find dotted lines', () => {
    const gray: GrayImage = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(255) };
    for (const y of [100, 140, 180, 220]) fill(gray, 100, y, 402, y + 1, 0);
    for (const x of [100, 250, 400]) fill(gray, x, 100, x + 1, 221, 0);
    for (let x = 102; x < 402; x += 4) fill(gray, x, 90, x + 2, 230, 255);
    for (const x of [100, 250, 400]) for (let y = 102; y < 220; y += 2) fill(gray, x, y, x + 1, y + 1, 0);
    for (let x = 112; x < 240; x += 16) fill(gray, x, 114, x + 8, 126, 0);
    const ink = findInk(gray);
    const [grid] = findGrids(findRulingLines(ink, ink, gray), ink);
    expect(grid).toMatchObject({ rowCount: 3, columnCount: 2, isSound: true });
  });

  test('do not run a pale line on through the print above it', () => {
    const gray: GrayImage = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(255) };
    for (const y of [100, 140, 180, 220]) fill(gray, 100, y, 402, y + 2, 225);
    for (const x of [100, 400]) fill(gray, x, 100, x + 2, 222, 225);
    fill(gray, 250, 140, 252, 222, 225);
    for (let y = 106; y < 138; y += 8) fill(gray, 249, y, 252, y + 3, 0);
    const ink = findInk(gray);
    const [grid] = findGrids(findRulingLines(ink, ink, gray), ink);
    expect(grid?.cells.map((cell) => cell.columnSpan)).toEqual([2, 1, 1, 1, 1]);
  });

  test('do not take print above a column for the end of its border', () => {
    const ink = blank();
    drawGrid(ink, [100, 400], [100, 140]);
    drawGrid(ink, [100, 250, 400], [140, 180, 220]);
    drawCharacter(ink, 238, 107);
    const [grid] = findGrids(findRulingLines(ink), ink);
    expect(grid?.cells.map((cell) => cell.columnSpan)).toEqual([2, 1, 1, 1, 1]);
  });

  test('do not take strokes of characters below each other for a line', () => {
    const ink = blank();
    const ys = Array.from({ length: 9 }, (_, i) => 100 + 22 * i);
    drawGrid(ink, [100, 250, 400], ys);
    for (const y of ys.slice(0, -1)) drawCharacter(ink, 150, y + 5, 14);
    expect(findGrids(findRulingLines(ink), ink)[0]).toMatchObject({ rowCount: 8, columnCount: 2 });
  });

  test.each([
    ['below', [100, 140, 180]],
    ['above', [140, 180, 220]],
  ])('read the row that the page cuts %s the last line', (_, ys) => {
    const ink = blank();
    for (const y of ys) fill(ink, 100, y, 402, y + 2);
    for (const x of [100, 250, 400]) fill(ink, x, 100, x + 2, 222);
    const [grid] = findGrids(findRulingLines(ink), ink);
    expect(grid).toMatchObject({ rowCount: 3, columnCount: 2, isSound: true });
  });

  test('close a table that is printed without its left and right border', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400, 550], [100, 140, 180]);
    fill(ink, 98, 102, 104, 140, 0);
    fill(ink, 98, 142, 104, 180, 0);
    fill(ink, 548, 102, 553, 140, 0);
    fill(ink, 548, 142, 553, 180, 0);
    expect(findGrids(findRulingLines(ink), ink)[0]).toMatchObject({
      rowCount: 2,
      columnCount: 3,
    });
  });
});

describe('estimateSkew', () => {
  test.each([-0.03, -0.01, 0.005, 0.03])('finds an angle of %f', (angle) => {
    const page: GrayImage = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(255) };
    for (let y = 100; y < 1000; y += 40) fill(page, 100, y, 700, y + 12, 0);
    expect(estimateSkew(findInk(warp(page, turnAbout(MIDDLE, -angle))))).toBeCloseTo(angle, 3);
  });

  test('boxes found on the straightened page go back to where they lie', () => {
    const box = { left: 100, top: 200, right: 102, bottom: 202 };
    const back = mapBox(mapBox(box, turnAbout(MIDDLE, 0.02)), turnAbout(MIDDLE, -0.02));
    expect(back.left).toBeCloseTo(100, 0);
    expect(back.top).toBeCloseTo(200, 0);
  });
});

describe('estimateWarp', () => {
  const corners = [
    { x: 0, y: 0 },
    { x: WIDTH, y: 0 },
    { x: WIDTH, y: HEIGHT },
    { x: 0, y: HEIGHT },
  ] as const;

  test.each([
    ['of many columns', [100, 260, 420, 560, 720], 0],
    ['of few columns full of print', [100, 600, 660, 720], 16],
  ])('sees a photographed table %s from the front', (_, xs, characters) => {
    const ys = Array.from({ length: 24 }, (_row, i) => 120 + 40 * i);
    const ink = blank();
    drawGrid(ink, xs, ys);
    for (const y of ys.slice(1)) {
      // No two rows start alike, so that print shows no columns.
      for (let i = 0; i < characters; i++) drawCharacter(ink, 120 + ((y * 7) % 23) + 28 * i, y - 32, 24);
    }
    const page = { ...ink, data: ink.data.map((mark) => (mark === 1 ? 0 : 255)) };
    const shot = [
      { x: 12, y: -14 },
      { x: WIDTH - 16, y: 10 },
      { x: WIDTH + 14, y: HEIGHT + 12 },
      { x: -10, y: HEIGHT - 18 },
    ] as const;
    const toShot = compose(squareTo(shot), invert(squareTo(corners)));
    const photo = warp(page, invert(toShot));
    const toSource = estimateWarp(findInk(photo));
    expect(toSource).not.toBeNull();
    const straight = findInk(warp(photo, toSource ?? turnAbout(MIDDLE, 0)));
    const [grid] = findGrids(findRulingLines(straight), straight);
    expect(grid).toMatchObject({ rowCount: 23, columnCount: xs.length - 1, isSound: true });
  });

  test('leaves a straight page as it is', () => {
    const ink = blank();
    drawGrid(ink, [100, 250, 400], [100, 140, 180, 220]);
    expect(estimateWarp(ink)).toBeNull();
  });

  test('maps go back and forth', () => {
    const map = compose(squareTo(corners), turnAbout({ x: 0.5, y: 0.5 }, 0.3));
    const there = mapPoint(map, { x: 0.2, y: 0.7 });
    const back = mapPoint(invert(map), there);
    expect(back.x).toBeCloseTo(0.2, 9);
    expect(back.y).toBeCloseTo(0.7, 9);
  });
});

describe('findTextBands', () => {
  const region = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };

  test('keeps the strokes of one character together and lines apart', () => {
    const ink = blank();
    fill(ink, 100, 100, 116, 103);
    fill(ink, 98, 112, 118, 115);
    fill(ink, 100, 130, 116, 146);
    expect(findTextBands(ink, region, 16).map((band) => [band.top, band.bottom])).toEqual([
      [100, 115],
      [130, 146],
    ]);
  });

  test('keeps the parts of a large character together, and lines that stand close apart', () => {
    const ink = blank();
    fill(ink, 100, 100, 135, 117);
    fill(ink, 105, 119, 130, 137);
    for (const left of [100, 130, 160]) {
      fill(ink, left, 200, left + 20, 217);
      fill(ink, left, 219, left + 20, 237);
    }
    expect(findTextBands(ink, region, 21).map((band) => [band.top, band.bottom])).toEqual([
      [100, 137],
      [200, 217],
      [219, 237],
    ]);
  });

  test('finds a value beside the middle of a label of two lines whole', () => {
    const ink = blank();
    fill(ink, 100, 100, 160, 116);
    fill(ink, 100, 120, 160, 136);
    fill(ink, 300, 110, 310, 126);
    const [label, value] = [100, 300].map((left) =>
      partPrint(ink, region, 16)
        .filter((piece) => piece.left === left)
        .flatMap((piece) => findTextBands(ink, piece, 16)),
    );
    expect(label).toHaveLength(2);
    expect(value).toEqual([{ left: 300, top: 110, right: 310, bottom: 126 }]);
  });

  test('parts columns whose lines do not stand at one height', () => {
    const ink = blank();
    for (let row = 0; row < 8; row++) {
      fill(ink, 100, 100 + 40 * row, 180, 116 + 40 * row);
      fill(ink, 100, 120 + 40 * row, 180, 136 + 40 * row);
      fill(ink, 220, 110 + 40 * row, 230, 126 + 40 * row);
    }
    const pieces = partPrint(ink, region, 16);
    expect(pieces).toHaveLength(24);
    expect(pieces.filter((piece) => piece.left === 220).map((piece) => piece.top)).toEqual(
      Array.from({ length: 8 }, (_, row) => 110 + 40 * row),
    );
  });

  test('parts the heads of columns that stand close to each other at different heights', () => {
    const ink = blank();
    const heads = [100, 144, 188, 232, 276];
    heads.forEach((left, column) => {
      const top = 100 + (column % 2) * 9;
      fill(ink, left, top, left + 33, top + 16);
      fill(ink, left, top + 19, left + 33, top + 35);
    });
    const pieces = partPrint(ink, region, 16).flatMap((piece) => findTextBands(ink, piece, 16));
    expect(pieces.map(({ left, top }) => [left, top])).toEqual(
      heads.flatMap((left, column) => [0, 19].map((down) => [left, 100 + (column % 2) * 9 + down])),
    );
  });

  test('keeps the characters of a large title together', () => {
    const ink = blank();
    for (let i = 0; i < 8; i++) fill(ink, 100 + 52 * i, 100, 140 + 52 * i, 140);
    expect(partPrint(ink, region, 16)).toEqual([{ left: 100, top: 100, right: 504, bottom: 140 }]);
  });

  test('leaves dust out', () => {
    const ink = blank();
    fill(ink, 100, 100, 102, 102);
    expect(findTextBands(ink, region, 20)).toEqual([]);
  });

  test('splits a line at wide gaps', () => {
    const ink = blank();
    fill(ink, 100, 100, 200, 116);
    fill(ink, 500, 100, 600, 116);
    expect(partPrint(ink, region, 16).map((piece) => piece.left)).toEqual([100, 500]);
  });
});

describe('readMark', () => {
  test('reads a short flat stroke as a hyphen and a long one as a dash', () => {
    const ink = blank();
    fill(ink, 100, 100, 108, 102);
    fill(ink, 200, 100, 220, 102);
    expect(readMark(ink, { left: 100, top: 100, right: 108, bottom: 102 }, 20)?.text).toBe('-');
    expect(readMark(ink, { left: 200, top: 100, right: 220, bottom: 102 }, 20)?.text).toBe('—');
  });

  test('reads a leaning stroke as a slash and an upright one as nothing', () => {
    const ink = blank();
    for (let y = 0; y < 20; y++)
      fill(ink, 108 - Math.round(y * 0.4), 100 + y, 110 - Math.round(y * 0.4), 101 + y);
    fill(ink, 200, 100, 202, 120);
    expect(readMark(ink, { left: 100, top: 100, right: 110, bottom: 120 }, 20)?.text).toBe('/');
    expect(readMark(ink, { left: 200, top: 100, right: 202, bottom: 120 }, 20)).toBeNull();
  });
});
