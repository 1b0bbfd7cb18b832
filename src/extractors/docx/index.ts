import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import type { Extractor } from '../extractor.js';
import { assembleDocument } from '../markup/assemble-document.js';
import type { Flow } from '../markup/flow.js';
import { childElement, childElements, type XmlElement } from '../markup/parse-xml.js';
import { pictureDiagnostics, pictureFlow } from '../markup/picture-flow.js';
import { PictureReader } from '../paged/read-picture.js';
import { Numberer } from './numbering.js';
import { readChunk } from './read-chunks.js';
import { readBlocks, type ReadingContext, type ReadingNotes } from './read-body.js';
import { readDocxPackage, type DocxPackage } from './read-package.js';
import { readStyles } from './styles.js';

/** Word 2007 and later (`.docx`, `.docm`, and what WPS and LibreOffice save as such). */
export const docxExtractor: Extractor = {
  format: 'docx',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  async extract(bytes, settings) {
    const parts = await readDocxPackage(bytes);
    const reader = new PictureReader(settings);
    const document = documentFromPackage(parts, {
      pictures: await readPictures(parts, reader),
      chunks: await readChunks(parts),
    });
    return { ...document, diagnostics: [...document.diagnostics, ...pictureDiagnostics(reader)] };
  },
};

/** Body text as printed: automatic labels written out, tracked changes applied, hidden text left out, headers and footers as furniture. */
function documentFromPackage(
  parts: DocxPackage,
  brought: Pick<ReadingContext, 'pictures' | 'chunks'>,
): Document {
  const body = childElement(parts.document, 'body');
  if (!body) throw new AppError('SOURCE_CORRUPT', 'the document part holds no body');
  const counts: ReadingNotes = { labels: 0, hiddenRuns: 0, changes: 0 };
  const styles = readStyles(parts.styles);
  const context: ReadingContext = {
    styles,
    numberer: new Numberer(parts.numbering, styles),
    notes: new Map([...listNotes(parts.footnotes, 'footnote'), ...listNotes(parts.endnotes, 'endnote')]),
    ...brought,
    region: 'body',
    counts,
  };
  const aside: ReadingContext = {
    ...context,
    numberer: new Numberer(parts.numbering, styles),
    pictures: new Map(),
    chunks: new Map(),
    region: 'furniture',
  };
  const flow: Flow[] = [
    ...parts.headers.flatMap((header) => readBlocks(header, aside)),
    ...readBlocks(body, context),
    ...parts.footers.flatMap((footer) => readBlocks(footer, aside)),
  ];
  const { blocks, tables, diagnostics } = assembleDocument(flow);
  return {
    format: 'docx',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks,
    tables,
    properties: parts.properties,
    diagnostics: [...diagnosticsOf(counts), ...diagnostics],
  };
}

async function readPictures(
  { pictures = new Map() }: DocxPackage,
  reader: PictureReader,
): Promise<ReadingContext['pictures']> {
  const flows = new Map<string, readonly Flow[]>();
  for (const [id, load] of pictures) {
    const bytes = await load();
    const document = bytes && (await reader.read(bytes));
    if (document) flows.set(id, pictureFlow(document));
  }
  return flows;
}

async function readChunks({ chunks = new Map() }: DocxPackage): Promise<ReadingContext['chunks']> {
  const flows = new Map<string, readonly Flow[]>();
  for (const [id, load] of chunks) {
    const bytes = await load();
    if (bytes) flows.set(id, readChunk(bytes));
  }
  return flows;
}

function listNotes(part: XmlElement | null, name: 'footnote' | 'endnote'): [string, XmlElement][] {
  return (part ? childElements(part, name) : []).map((note) => [
    `${name}:${note.attributes['id'] ?? ''}`,
    note,
  ]);
}

function diagnosticsOf(counts: ReadingNotes): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (counts.labels > 0)
    found.push({ code: 'NUMBERING_RESOLVED', message: `${counts.labels} automatic labels were written out` });
  if (counts.changes > 0)
    found.push({
      code: 'TRACKED_CHANGES_APPLIED',
      message: `${counts.changes} tracked changes were applied`,
    });
  if (counts.hiddenRuns > 0)
    found.push({ code: 'HIDDEN_TEXT_SKIPPED', message: `${counts.hiddenRuns} hidden pieces were left out` });
  return found;
}
