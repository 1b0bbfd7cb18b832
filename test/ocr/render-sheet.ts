import { PageRenderer } from '../../src/extractors/pdf/render-page.js';
import type { ColorImage } from '../../src/ocr/raster.js';

/** A test page: ruled cells with their text, and lines of text outside; points from the bottom left of an A5 page. */
export interface Sheet {
  readonly lines?: readonly {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  }[];
  readonly texts: readonly {
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly size?: number;
  }[];
  /** Filled red ring with this middle and radius, over everything. */
  readonly seal?: { readonly x: number; readonly y: number; readonly radius: number };
}

/** Draws a sheet with Helvetica, which every PDF reader brings along. */
export async function renderSheet(sheet: Sheet): Promise<ColorImage> {
  const renderer = await PageRenderer.open(buildPdf(sheet));
  try {
    return halve(renderer.draw(1));
  } finally {
    renderer.close();
  }
}

/** Every fourth pixel is the mean of four: small enough for quick tests. */
function halve(image: ColorImage): ColorImage {
  const [width, height] = [image.width >> 1, image.height >> 1];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < width * 4; i++) {
      const at = 2 * y * image.width * 4 + 8 * (i >> 2) + (i & 3);
      const below = at + image.width * 4;
      const values = [at, at + 4, below, below + 4].map((k) => image.data[k] ?? 0);
      data[y * width * 4 + i] = values.reduce((sum, value) => sum + value, 0) / 4;
    }
  }
  return { width, height, data };
}

function buildPdf(sheet: Sheet): Uint8Array {
  const lines = (sheet.lines ?? []).map((l) => `0.7 w ${l.x1} ${l.y1} m ${l.x2} ${l.y2} l S`);
  const texts = sheet.texts.map((t) => `BT /F ${t.size ?? 11} Tf ${t.x} ${t.y} Td (${t.text}) Tj ET`);
  const seal = sheet.seal ? [ring(sheet.seal)] : [];
  const content = [...lines, ...texts, ...seal].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 594] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('');
  return new TextEncoder().encode(`%PDF-1.4\n${body}trailer << /Root 1 0 R >>\n`);
}

/** A circle of four Bézier curves, stroked in red. */
function ring({ x, y, radius }: { x: number; y: number; radius: number }): string {
  const k = 0.5523 * radius;
  return [
    `1 0 0 RG 3 w ${x + radius} ${y} m`,
    `${x + radius} ${y + k} ${x + k} ${y + radius} ${x} ${y + radius} c`,
    `${x - k} ${y + radius} ${x - radius} ${y + k} ${x - radius} ${y} c`,
    `${x - radius} ${y - k} ${x - k} ${y - radius} ${x} ${y - radius} c`,
    `${x + k} ${y - radius} ${x + radius} ${y - k} ${x + radius} ${y} c S`,
  ].join('\n');
}

/** Lines of a grid with these borders; `without` names inner borders left out as "row,column" of the cell left of it. */
export function gridLines(
  xs: readonly number[],
  ys: readonly number[],
  without: readonly string[] = [],
): NonNullable<Sheet['lines']> {
  const [left = 0, right = 0] = [xs[0], xs.at(-1)];
  const horizontal = ys.map((y) => ({ x1: left, y1: y, x2: right, y2: y }));
  const vertical = xs.flatMap((x, column) =>
    ys
      .slice(1)
      .flatMap((y, row) =>
        without.includes(`${row},${column - 1}`) ? [] : [{ x1: x, y1: ys[row] ?? 0, x2: x, y2: y }],
      ),
  );
  return [...horizontal, ...vertical];
}
