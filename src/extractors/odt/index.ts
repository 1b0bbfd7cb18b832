import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import { openZip } from '../archive/read-zip.js';
import { decodeText } from '../decode-text.js';
import type { Extractor } from '../extractor.js';
import { assembleDocument } from '../markup/assemble-document.js';
import { childElement, childElements, parseXml, type XmlElement } from '../markup/parse-xml.js';
import { ListCounter, readListStyles } from './list-labels.js';
import {
  findHiddenStyles,
  findRaisedStyles,
  findStruckStyles,
  readBlocks,
  type OdtContext,
} from './read-body.js';

/** OpenDocument text (ISO/IEC 26300): content.xml with its tables, lists and text boxes; deletions are left out. */
export const odtExtractor: Extractor = {
  format: 'odt',
  mediaType: 'application/vnd.oasis.opendocument.text',
  async extract(bytes) {
    if (bytes[0] !== ZIP_START) return readFlat(bytes);
    const zip = await openZip(bytes);
    const part = async (name: string): Promise<XmlElement | null> => {
      const content = await zip.read(name);
      return content ? parseXml(new TextDecoder().decode(content), { skip: SKIPPED }) : null;
    };
    const content = await part('content.xml');
    const styles = await part('styles.xml');
    const body = childElement(childElement(content ?? undefined, 'body'), 'text');
    if (!content || !body) throw new AppError('SOURCE_CORRUPT', 'ODT: no text in content.xml');
    return toDocument(content, styles, body);
  },
};

/** ZIP archives begin with this letter; a document in one XML file does not. */
const ZIP_START = 0x50;

/** A document in one XML file (`.fodt`) holds what the package has in two parts. */
function readFlat(bytes: Uint8Array): Document {
  const root = parseXml(decodeText(bytes, { isMarkup: true }).text, { skip: SKIPPED });
  const body = childElement(childElement(root, 'body'), 'text');
  if (!body) throw new AppError('SOURCE_CORRUPT', 'ODT: no text in the document');
  return toDocument(root, root, body);
}

/** Deleted text is kept in a list of its own; scripts and pictures hold no text. */
const SKIPPED = new Set(['tracked-changes', 'scripts', 'binary-data', 'object', 'forms']);

function toDocument(content: XmlElement, styles: XmlElement | null, body: XmlElement): Document {
  const styleParts = [...new Set([content, styles])].flatMap((root) =>
    root ? childElements(root).filter((part) => /^(?:automatic-)?styles$/.test(part.name)) : [],
  );
  const context: OdtContext = {
    lists: new ListCounter(readListStyles(styleParts)),
    hiddenStyles: findHiddenStyles(styleParts),
    raisedStyles: findRaisedStyles(styleParts),
    struckStyles: findStruckStyles(styleParts),
    region: 'body',
    notes: { hasLabels: false, hasHidden: false },
  };
  const aside: OdtContext = { ...context, region: 'furniture' };
  const pages = childElements(childElement(styles ?? undefined, 'master-styles') ?? EMPTY, 'master-page');
  const running = (name: string) =>
    pages.flatMap((page) => childElements(page, name)).flatMap((element) => readBlocks(element, aside));
  const parts = assembleDocument([...running('header'), ...readBlocks(body, context), ...running('footer')]);
  return {
    format: 'odt',
    pages: [{ pageNumber: 1, width: null, height: null }],
    blocks: parts.blocks,
    tables: parts.tables,
    properties: {},
    diagnostics: [...diagnosticsOf(context), ...parts.diagnostics],
  };
}

const EMPTY: XmlElement = { name: '', attributes: {}, children: [] };

function diagnosticsOf({ notes }: OdtContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (notes.hasLabels)
    found.push({ code: 'NUMBERING_RESOLVED', message: 'automatic list numbers were written out' });
  if (notes.hasHidden)
    found.push({ code: 'HIDDEN_TEXT_SKIPPED', message: 'text formatted as hidden was left out' });
  return found;
}
