import { toDense } from './grid.mjs';

/** A4 in points. */
const PAGE = { width: 595, height: 842, left: 62, right: 62, top: 72, bottom: 76 };
const TEXT_SIZE = 12;
const TABLE_SIZE = 8.5;
const LEADING = 1.5;
const PADDING = 5;
const RULE_WIDTH = 0.6;

/**
 * A PDF of blocks: { heading }, { paragraph }, { table, widths, rules }. Tables go on over page breaks between rows,
 * as word processors let them; `rules` are drawn lines, thin filled rectangles, or none. The font is one that every
 * reader of Chinese PDF knows by name and none is embedded; nothing is compressed, so the bytes never change.
 */
export function writePdf(blocks, { pageLabel }) {
  const pages = new Pages(pageLabel);
  for (const block of blocks) {
    if (block.table) drawTable(pages, block);
    else if (block.heading !== undefined) drawLines(pages, block.heading, TEXT_SIZE + 2, Boolean(block.centred));
    else drawLines(pages, `　　${block.paragraph}`, TEXT_SIZE, false);
  }
  return assemble(pages.finish());
}

class Pages {
  constructor(pageLabel) {
    this.pageLabel = pageLabel;
    this.pages = [];
    this.start();
  }

  start() {
    this.marks = [];
    this.pages.push(this.marks);
    this.y = PAGE.top;
  }

  get room() {
    return PAGE.height - PAGE.bottom - this.y;
  }

  text(x, top, size, text) {
    const hex = Buffer.from(text, 'utf16le').swap16().toString('hex');
    this.marks.push(`BT /F1 ${size} Tf ${fixed(x)} ${fixed(PAGE.height - top - size * 0.9)} Td <${hex}> Tj ET`);
  }

  rule(x1, y1, x2, y2, kind) {
    const from = `${fixed(x1)} ${fixed(PAGE.height - y1)}`;
    if (kind === 'line') this.marks.push(`${RULE_WIDTH} w ${from} m ${fixed(x2)} ${fixed(PAGE.height - y2)} l S`);
    if (kind === 'rectangle') {
      const width = Math.max(x2 - x1, RULE_WIDTH);
      const height = Math.max(y2 - y1, RULE_WIDTH);
      this.marks.push(`${fixed(x1)} ${fixed(PAGE.height - y1 - height)} ${fixed(width)} ${fixed(height)} re f`);
    }
  }

  finish() {
    this.pages.forEach((marks, index) => {
      this.marks = marks;
      const label = this.pageLabel(index + 1, this.pages.length);
      this.text((PAGE.width - textWidth(label, 10)) / 2, PAGE.height - 50, 10, label);
    });
    return this.pages;
  }
}

function drawLines(pages, text, size, isCentred) {
  const width = PAGE.width - PAGE.left - PAGE.right;
  for (const line of wrap(text, width, size)) {
    if (pages.room < size * LEADING) pages.start();
    const x = isCentred ? (PAGE.width - textWidth(line, size)) / 2 : PAGE.left;
    pages.text(x, pages.y, size, line);
    pages.y += size * LEADING;
  }
  pages.y += size * 0.4;
}

function drawTable(pages, { table, widths, rules = 'line' }) {
  const dense = toDense(table);
  const scale = (PAGE.width - PAGE.left - PAGE.right) / widths.reduce((sum, one) => sum + one, 0);
  const edges = widths.reduce((list, one) => [...list, list.at(-1) + one * scale], [PAGE.left]);
  const cells = placedCells(dense, edges);
  const heights = rowHeights(dense, cells);
  let from = 0;
  while (from < dense.height) {
    let to = from;
    let room = pages.room;
    while (to < dense.height && heights[to] <= room) {
      room -= heights[to];
      to += 1;
    }
    if (to === from) pages.start();
    else {
      drawSegment(pages, cells, heights, from, to, rules);
      from = to;
      if (from < dense.height) pages.start();
    }
  }
  pages.y += TEXT_SIZE;
}

/** The part of a table that stands on one page: cells that span the break are closed here and go on without text. */
function drawSegment(pages, cells, heights, from, to, rules) {
  const tops = heights.slice(from, to).reduce((list, height) => [...list, list.at(-1) + height], [pages.y]);
  for (const one of cells.filter((item) => item.row < to && item.row + item.rows > from)) {
    const top = tops[Math.max(one.row, from) - from];
    const bottom = tops[Math.min(one.row + one.rows, to) - from];
    pages.rule(one.left, top, one.right, top, rules);
    pages.rule(one.left, bottom, one.right, bottom, rules);
    pages.rule(one.left, top, one.left, bottom, rules);
    pages.rule(one.right, top, one.right, bottom, rules);
    if (one.row < from) continue;
    const height = one.lines.length * TABLE_SIZE * LEADING;
    one.lines.forEach((line, index) => {
      const x = one.isCentred ? (one.left + one.right - textWidth(line, TABLE_SIZE)) / 2 : one.left + PADDING;
      pages.text(x, (top + bottom - height) / 2 + index * TABLE_SIZE * LEADING + 2, TABLE_SIZE, line);
    });
  }
  pages.y = tops.at(-1);
}

function placedCells({ starts }, edges) {
  return starts.flatMap((row, rowIndex) =>
    row.flatMap((start, column) => {
      if (!start) return [];
      const left = edges[column];
      const right = edges[column + start.columns];
      const lines = wrap(start.text, right - left - 2 * PADDING, TABLE_SIZE);
      return [{ ...start, row: rowIndex, left, right, lines, isCentred: start.text.length < 7 }];
    }),
  );
}

/** Rows as high as their own cells need; a cell over several rows stretches the last of them where it must. */
function rowHeights({ height }, cells) {
  const need = (one) => one.lines.length * TABLE_SIZE * LEADING + 2 * PADDING;
  const heights = Array.from({ length: height }, (_, row) =>
    Math.max(TABLE_SIZE * LEADING + 2 * PADDING, ...cells.filter((one) => one.row === row && one.rows === 1).map(need)),
  );
  for (const one of cells.filter((item) => item.rows > 1)) {
    const own = heights.slice(one.row, one.row + one.rows).reduce((sum, height_) => sum + height_, 0);
    heights[one.row + one.rows - 1] += Math.max(0, need(one) - own);
  }
  return heights;
}

function wrap(text, width, size) {
  const lines = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && textWidth(line + character, size) > width) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function textWidth(text, size) {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 0.5 : 1), 0) * size;
}

function assemble(pages) {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${6 + at * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  pages.forEach((marks, at) => {
    const content = marks.join('\n');
    const contentId = 7 + at * 2;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${contentId} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  let file = '%PDF-1.5\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}

function fixed(number) {
  return String(Math.round(number * 100) / 100);
}
