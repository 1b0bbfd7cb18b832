import { AppError } from '../../errors/app-error.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { openZip, type ZipArchive } from '../archive/read-zip.js';
import { childElement, childElements, parseXml, textContent, type XmlElement } from '../markup/parse-xml.js';

/** One page of an OFD: its drawing elements in order, background first, and its box in millimetres. */
export interface OfdPage {
  readonly pageNumber: number;
  readonly layers: readonly XmlElement[];
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

/** The pages that were read, and what is to be said of those that were not. */
export interface OfdContent {
  readonly pages: readonly OfdPage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A4, where no box is stated. */
const USUAL_BOX = [0, 0, 210, 297] as const;

/** Opens an OFD package (GB/T 33190-2016, 7): pages of its first document. Throws SOURCE_CORRUPT without one. */
export async function readOfdPages(bytes: Uint8Array, maxPages: number): Promise<OfdContent> {
  const zip = await openZip(bytes);
  const entry = await readPart(zip, 'OFD.xml');
  const root = textOf(childElement(childElement(entry ?? undefined, 'DocBody'), 'DocRoot'));
  const documentPath = resolvePath('', root);
  const document = root === '' ? null : await readPart(zip, documentPath);
  if (!document) throw new AppError('SOURCE_CORRUPT', 'OFD: no document in the package');
  const common = childElement(document, 'CommonData');
  const usualBox = readBox(childElement(common, 'PageArea')) ?? USUAL_BOX;
  const templates = new Map(
    childElements(common ?? document, 'TemplatePage').map(({ attributes }) => [
      attributes['ID'] ?? '',
      resolvePath(documentPath, attributes['BaseLoc'] ?? ''),
    ]),
  );
  const listed = childElements(childElement(document, 'Pages') ?? document, 'Page');
  const readTemplate = rememberParts(zip);
  const pages: OfdPage[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, page] of listed.slice(0, maxPages).entries()) {
    const pageNumber = i + 1;
    const content = await readPart(zip, resolvePath(documentPath, page.attributes['BaseLoc'] ?? ''));
    if (!content) {
      diagnostics.push({
        code: 'PAGE_UNREADABLE',
        page: pageNumber,
        message: 'the page is not in the package',
      });
      continue;
    }
    const layers: XmlElement[] = [];
    for (const template of childElements(content, 'Template')) {
      const path = templates.get(template.attributes['TemplateID'] ?? '');
      const part = path === undefined ? null : await readTemplate(path);
      if (part) layers.push(...layersOf(part));
    }
    layers.push(...layersOf(content));
    pages.push({ pageNumber, layers, box: readBox(childElement(content, 'Area')) ?? usualBox });
  }
  if (listed.length > maxPages) {
    const message = `read ${maxPages} of ${listed.length} pages`;
    diagnostics.push({ code: 'TRUNCATED_READ', message });
  }
  return { pages, diagnostics };
}

/** Reads each part once: all pages of a document show the same few templates. */
function rememberParts(zip: ZipArchive): (path: string) => Promise<XmlElement | null> {
  const read = new Map<string, Promise<XmlElement | null>>();
  return (path) => {
    const part = read.get(path) ?? readPart(zip, path);
    read.set(path, part);
    return part;
  };
}

function layersOf(page: XmlElement): XmlElement[] {
  return childElements(childElement(page, 'Content') ?? page, 'Layer');
}

async function readPart(zip: ZipArchive, path: string): Promise<XmlElement | null> {
  const bytes = await zip.read(path);
  return bytes ? parseXml(new TextDecoder().decode(bytes)) : null;
}

function textOf(element: XmlElement | undefined): string {
  return element ? textContent(element).trim() : '';
}

/** A place relative to the part that names it; those that start with `/` count from the package's root. */
function resolvePath(from: string, target: string): string {
  const base = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const parts = [...base];
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** PhysicalBox comes first, as it is what is printed; the crop box is what readers show (7.5, page areas). */
function readBox(area: XmlElement | undefined): OfdPage['box'] | null {
  const text = textOf(childElement(area, 'ApplicationBox')) || textOf(childElement(area, 'PhysicalBox'));
  const [x, y, width, height] = text.split(/\s+/).map(Number);
  if (x === undefined || y === undefined || !width || !height) return null;
  return [x, y, width, height];
}
