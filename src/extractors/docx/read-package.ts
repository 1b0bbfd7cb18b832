import { AppError } from '../../errors/app-error.js';
import { openZip, type ZipArchive } from '../archive/read-zip.js';
import { childElements, parseXml, textContent, type XmlElement } from '../markup/parse-xml.js';

/** The parts of a DOCX package that hold text or say how it is shown. */
export interface DocxPackage {
  readonly document: XmlElement;
  readonly styles: XmlElement | null;
  readonly numbering: XmlElement | null;
  readonly footnotes: XmlElement | null;
  readonly endnotes: XmlElement | null;
  readonly headers: readonly XmlElement[];
  readonly footers: readonly XmlElement[];
  /** Title, creator, dates: docProps/core.xml. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Elements that say how things look and never hold text: most of a document's bulk. */
const LOOKS = new Set(
  (
    'rFonts sz szCs color lang shd highlight spacing ind jc tabs tblBorders tcBorders tblCellMar tcMar tblLook tblLayout ' +
    'tcW tblW tblInd trHeight pBdr textAlignment snapToGrid kern proofErr bookmarkStart bookmarkEnd instrText binData ' +
    'latentStyles docDefaults blip spPr extLst effectExtent'
  ).split(' '),
);

/**
 * Opens a DOCX package and parses its parts. Throws SOURCE_CORRUPT where the archive or its main part is damaged or
 * missing, SOURCE_ENCRYPTED and SOURCE_TOO_LARGE as the archive's reader does.
 */
export async function readDocxPackage(bytes: Uint8Array): Promise<DocxPackage> {
  const zip = await openZip(bytes);
  const mainName = await findMainPart(zip);
  const document = await readPart(zip, mainName);
  if (!document) throw new AppError('SOURCE_CORRUPT', 'the package holds no document part');
  const related = await relatedParts(zip, mainName);
  const partOf = async (type: string): Promise<XmlElement | null> => {
    const target = related.find((part) => part.type === type)?.target;
    return target === undefined ? null : await readPart(zip, target);
  };
  return {
    document,
    styles: await partOf('styles'),
    numbering: await partOf('numbering'),
    footnotes: await partOf('footnotes'),
    endnotes: await partOf('endnotes'),
    headers: await readAll(
      zip,
      related.filter((part) => part.type === 'header'),
    ),
    footers: await readAll(
      zip,
      related.filter((part) => part.type === 'footer'),
    ),
    properties: await readProperties(zip),
  };
}

interface RelatedPart {
  /** The last part of the relationship's type URI, alike in the transitional and the strict form. */
  readonly type: string;
  readonly target: string;
}

async function findMainPart(zip: ZipArchive): Promise<string> {
  const root = await relatedParts(zip, '');
  const named = root.find((part) => part.type === 'officeDocument')?.target;
  if (named !== undefined && zip.names.includes(named)) return named;
  return zip.names.find((name) => /^word\/document\d*\.xml$/i.test(name)) ?? 'word/document.xml';
}

async function relatedParts(zip: ZipArchive, source: string): Promise<RelatedPart[]> {
  const folder = source.slice(0, source.lastIndexOf('/') + 1);
  const relationships = await readPart(zip, `${folder}_rels/${source.slice(folder.length)}.rels`);
  if (!relationships) return [];
  return childElements(relationships, 'Relationship')
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => ({
      type: (attributes['Type'] ?? '').replace(/^.*\//, ''),
      target: resolveTarget(folder, attributes['Target'] ?? ''),
    }));
}

function resolveTarget(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps: string[] = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

async function readPart(zip: ZipArchive, name: string): Promise<XmlElement | null> {
  const bytes = await zip.read(name);
  return bytes ? parseXml(decodeXml(bytes), { skip: LOOKS }) : null;
}

/** OOXML parts are UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.1). */
function decodeXml(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
}

async function readAll(zip: ZipArchive, parts: readonly RelatedPart[]): Promise<XmlElement[]> {
  const read: XmlElement[] = [];
  for (const part of parts) {
    const element = await readPart(zip, part.target);
    if (element) read.push(element);
  }
  return read;
}

async function readProperties(zip: ZipArchive): Promise<Record<string, string>> {
  const core = await readPart(zip, 'docProps/core.xml');
  const properties: Record<string, string> = {};
  for (const element of core ? childElements(core) : []) {
    const text = textContent(element).trim();
    if (text !== '') properties[element.name] = text;
  }
  return properties;
}
