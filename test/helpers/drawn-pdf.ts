import { pdfOf } from './odd-pdf.js';

/** One page to draw: what stands in its content stream, and entries of its dictionary. */
export interface DrawnPage {
  readonly content: string;
  /** Further entries, such as `/Rotate 90` or `/CropBox [...]`. */
  readonly entries?: string;
  readonly mediaBox?: string;
  /** Content of a form XObject called /Form that the page may draw with `/Form Do`. */
  readonly form?: string;
}

const OBJECTS_BEFORE_PAGES = 6;
const OBJECTS_A_PAGE = 3;

/** A PDF of drawn pages with two fonts: /F1 is Helvetica, /F2 a Chinese font that is not embedded. */
export function drawnPdf(pages: readonly DrawnPage[]): Uint8Array {
  const first = OBJECTS_BEFORE_PAGES + 1;
  const kids = pages.map((_, i) => `${first + OBJECTS_A_PAGE * i} 0 R`);
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids.join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 6 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 >>',
    ...pages.flatMap((page, i) => pageObjects(page, first + OBJECTS_A_PAGE * i)),
  ]);
}

function pageObjects(page: DrawnPage, number: number): string[] {
  const fonts = '/Font << /F1 3 0 R /F2 4 0 R >>';
  const mediaBox = page.mediaBox ?? '[0 0 595 842]';
  const form = page.form ?? '';
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox ${mediaBox} ${page.entries ?? ''} /Contents ${number + 1} 0 R ` +
      `/Resources << ${fonts} /XObject << /Form ${number + 2} 0 R >> >> >>`,
    `<< /Length ${page.content.length} >>\nstream\n${page.content}\nendstream`,
    `<< /Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Matrix [1 0 0 1 10 20] /Resources << ${fonts} >> ` +
      `/Length ${form.length} >>\nstream\n${form}\nendstream`,
  ];
}

/** Operators that print `text` with its base line at `x`, `y` (user space, from the bottom left). */
export function print(text: string, x: number, y: number, size = 10): string {
  return `BT ${fontAndText(text, size, `1 0 0 1 ${x} ${y}`)} ET\n`;
}

/** Operators that print `text` upwards. */
export function printUpwards(text: string, x: number, y: number, size = 10): string {
  return `BT ${fontAndText(text, size, `0 1 -1 0 ${x} ${y}`)} ET\n`;
}

function fontAndText(text: string, size: number, matrix: string): string {
  const isLatin = [...text].every((character) => character < '\u0080');
  const hex = [...text]
    .map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'))
    .join('');
  return isLatin
    ? `/F1 ${size} Tf ${matrix} Tm (${text.replace(/[()\\]/g, '\\$&')}) Tj`
    : `/F2 ${size} Tf ${matrix} Tm <${hex}> Tj`;
}

/** Operators that draw a straight line. */
export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `${x1} ${y1} m ${x2} ${y2} l S\n`;
}

/** A cell of a table to draw: `row` and `column` count from 0. */
export interface DrawnCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan?: number;
  readonly columnSpan?: number;
  readonly text?: string;
}

/** Operators that draw a table's cells: a box around each and its lines of text (parted by newlines) inside. */
export function drawTable(
  cells: readonly DrawnCell[],
  place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): string {
  return cells
    .map(({ row, column, rowSpan = 1, columnSpan = 1, text = '' }) => {
      const left = place.left + column * place.width;
      const top = place.top - row * place.height;
      const box = `${left} ${top - rowSpan * place.height} ${columnSpan * place.width} ${rowSpan * place.height} re S\n`;
      const lines = text === '' ? [] : text.split('\n');
      return box + lines.map((part, i) => print(part, left + 3, top - 12 - 12 * i)).join('');
    })
    .join('');
}
