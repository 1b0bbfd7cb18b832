import { buildZip } from './build-zip.js';

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const PICTURE_RELATIONSHIP = `<Relationship Id="rPicture" Type="${OFFICE}/image" Target="media/image1.png"/>`;

/** The inner XML of the parts of a package; parts that are left out are not written. */
export interface DocxParts {
  readonly body: string;
  readonly numbering?: string;
  readonly styles?: string;
  readonly footnotes?: string;
  readonly header?: string;
  readonly footer?: string;
  /** A PNG picture, which the body may refer to as `rPicture`. */
  readonly picture?: Uint8Array;
  /** An imported part, which the body may refer to as `rChunk`. */
  readonly chunk?: string;
}

const CHUNK_RELATIONSHIP = `<Relationship Id="rChunk" Type="${OFFICE}/aFChunk" Target="chunk.dat"/>`;

/** A DOCX with these parts. */
export function buildDocx(parts: DocxParts): Uint8Array {
  const optional = (
    [
      ['numbering', 'numbering', 'numbering.xml', parts.numbering],
      ['styles', 'styles', 'styles.xml', parts.styles],
      ['footnotes', 'footnotes', 'footnotes.xml', parts.footnotes],
      ['header', 'hdr', 'header1.xml', parts.header],
      ['footer', 'ftr', 'footer1.xml', parts.footer],
    ] as const
  ).filter(([, , , xml]) => xml !== undefined);
  return buildZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: 'word/document.xml', content: part('document', `<w:body>${parts.body}</w:body>`) },
    {
      name: 'word/_rels/document.xml.rels',
      content: `<Relationships xmlns="${RELATIONSHIPS}">${optional
        .map(
          ([type, , file], i) => `<Relationship Id="r${i + 1}" Type="${OFFICE}/${type}" Target="${file}"/>`,
        )
        .join(
          '',
        )}${parts.picture ? PICTURE_RELATIONSHIP : ''}${parts.chunk === undefined ? '' : CHUNK_RELATIONSHIP}</Relationships>`,
    },
    ...(parts.picture ? [{ name: 'word/media/image1.png', content: parts.picture }] : []),
    ...(parts.chunk === undefined ? [] : [{ name: 'word/chunk.dat', content: parts.chunk }]),
    ...optional.map(([, root, file, xml]) => ({ name: `word/${file}`, content: part(root, xml ?? '') })),
  ]);
}

function part(root: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:${root} ${NAMESPACES}>${inner}</w:${root}>`;
}

/** A paragraph with one run of text and optional properties. */
export function paragraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

/** A table cell; `content` is a text or XML of its own. */
export function cell(content: string, properties = ''): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith('<') ? content : paragraph(content)}</w:tc>`;
}

/** A table of rows of cells. */
export function table(rows: readonly (readonly string[])[]): string {
  return `<w:tbl><w:tblPr/>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`;
}
