import { toDense } from './grid.mjs';
import { writeZip } from './write-zip.mjs';

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
/** Lists of numbering.xml; each group of a table restarts its own decimal list, they follow from FIRST_DECIMAL. */
const LIST = { sections: 1, outcomes: 2 };
const FIRST_DECIMAL = 3;
const DECIMAL_LISTS = 5;

/**
 * A DOCX of blocks: { heading }, { paragraph } and { table }. With `autoNumber` the labels' own numbers become list
 * numbering, as Word makes them; `tracked` maps a printed number to the one that a tracked change deleted.
 */
export function writeDocx(blocks, { autoNumber = false, header = '', footer = '', tracked = {} } = {}) {
  const lists = { decimal: FIRST_DECIMAL - 1, autoNumber, tracked: { ...tracked } };
  const body = blocks.map((block) => {
    if (block.table) return table(block.table, lists);
    return paragraph(run(block.heading ?? block.paragraph, block.heading !== undefined));
  });
  const section = '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/></w:sectPr>';
  return writeZip([
    ['[Content_Types].xml', contentTypes()],
    ['_rels/.rels', relationships([['rId1', 'officeDocument', 'word/document.xml']])],
    [
      'word/_rels/document.xml.rels',
      relationships([
        ['rId1', 'numbering', 'numbering.xml'],
        ['rId2', 'header', 'header1.xml'],
        ['rId3', 'footer', 'footer1.xml'],
      ]),
    ],
    ['word/document.xml', xml(`<w:document ${NAMESPACE} xmlns:r="${RELATIONSHIPS}"><w:body>${body.join('')}${section}</w:body></w:document>`)],
    ['word/numbering.xml', numbering()],
    ['word/header1.xml', xml(`<w:hdr ${NAMESPACE}>${paragraph(run(header))}</w:hdr>`)],
    ['word/footer1.xml', xml(`<w:ftr ${NAMESPACE}>${paragraph(run(footer))}</w:ftr>`)],
  ]);
}

function table(grid, lists) {
  const { starts, width } = toDense(grid);
  const covering = new Map();
  const rows = starts.map((row) => {
    const cells = [];
    for (let column = 0; column < width; column += 1) {
      const start = row[column];
      const open = covering.get(column);
      if (start) {
        cells.push(tableCell(start, start.rows > 1 ? '<w:vMerge w:val="restart"/>' : '', labelParagraph(start.text, lists)));
        if (start.rows > 1) covering.set(column, { cell: start, left: start.rows - 1 });
        column += start.columns - 1;
      } else if (open) {
        cells.push(tableCell(open.cell, '<w:vMerge/>', paragraph('')));
        open.left -= 1;
        if (open.left === 0) covering.delete(column);
        column += open.cell.columns - 1;
      }
    }
    return `<w:tr>${cells.join('')}</w:tr>`;
  });
  const columns = '<w:gridCol w:w="900"/>'.repeat(width);
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.join('')}</w:tbl>`;
}

function tableCell({ columns }, merge, content) {
  const span = columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : '';
  return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${content}</w:tc>`;
}

/** A cell's paragraph; a label's own number becomes list numbering, a tracked number a deletion and an insertion. */
function labelParagraph(text, lists) {
  if (Object.hasOwn(lists.tracked, text)) {
    const deleted = lists.tracked[text];
    delete lists.tracked[text];
    return paragraph(
      `<w:del w:id="1" w:author="a"><w:r><w:delText>${deleted}</w:delText></w:r></w:del>` +
        `<w:ins w:id="2" w:author="a">${run(text)}</w:ins>`,
    );
  }
  if (!lists.autoNumber) return paragraph(run(text));
  const match = /^(?:[一二三四]、|（[一二三四五六七]）|(\d)\.)(?=.)/.exec(text);
  if (!match || text.startsWith('（本列')) return paragraph(run(text));
  if (match[1] === '1') lists.decimal += 1;
  const list = match[1] ? lists.decimal : text.startsWith('（') ? LIST.outcomes : LIST.sections;
  const properties = `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr></w:pPr>`;
  return paragraph(run(text.slice(match[0].length)), properties);
}

function paragraph(content, properties = '') {
  return `<w:p>${properties}${content}</w:p>`;
}

function run(text, isBold = false) {
  if (text === '') return '';
  const properties = isBold ? '<w:rPr><w:b/></w:rPr>' : '';
  return `<w:r>${properties}<w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;
}

function numbering() {
  const abstract = (id, format, text) =>
    `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:suff w:val="nothing"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum>`;
  const decimals = Array.from({ length: DECIMAL_LISTS }, (_, at) => at + FIRST_DECIMAL).map(
    (id) =>
      `<w:num w:numId="${id}"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  );
  return xml(
    `<w:numbering ${NAMESPACE}>` +
      abstract(1, 'chineseCounting', '%1、') +
      abstract(2, 'chineseCounting', '（%1）') +
      abstract(3, 'decimal', '%1.') +
      `<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>` +
      `${decimals.join('')}</w:numbering>`,
  );
}

function contentTypes() {
  const parts = [
    ['document', 'document.main'],
    ['numbering', 'numbering'],
    ['header1', 'header'],
    ['footer1', 'footer'],
  ].map(([name, kind]) => `<Override PartName="/word/${name}.xml" ContentType="${TYPE}.${kind}+xml"/>`);
  return xml(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`,
  );
}

function relationships(list) {
  const items = list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${kind}" Target="${target}"/>`);
  return xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`);
}

function xml(content) {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
