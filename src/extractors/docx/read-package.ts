import { AppError } from '../../errors/app-error.js';
import { openZip, type ZipArchive } from '../archive/read-zip.js';
import { type PackageParts, readFlatWord } from './read-flat-xml.js';
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
  /** The pictures that the document part refers to, by the id of their relationship; left out where they are not kept. */
  readonly pictures?: ReadonlyMap<string, () => Promise<Uint8Array | null>>;
  /** Imported parts in other formats, by the id of their relationship. */
  readonly chunks?: ReadonlyMap<string, () => Promise<Uint8Array | null>>;
  /** Title, creator, dates: docProps/core.xml. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Elements that say how things look and never hold text: most of a document's bulk. */
const LOOKS = new Set(
  (
    'rFonts sz szCs color lang shd highlight spacing ind jc tabs tblBorders tcBorders tblCellMar tcMar tblLook tblLayout ' +
    'tcW tblW tblInd trHeight pBdr textAlignment snapToGrid kern proofErr bookmarkStart bookmarkEnd instrText binData ' +
    'binaryData ' +
    'latentStyles docDefaults spPr extLst effectExtent'
  ).split(' '),
);

/**
 * Opens a DOCX package, or a document in one XML file, and parses its parts. Throws SOURCE_CORRUPT where the archive or its main part is damaged or
 * missing, SOURCE_ENCRYPTED and SOURCE_TOO_LARGE as the archive's reader does.
 */
export async function readDocxPackage(bytes: Uint8Array): Promise<DocxPackage> {
  if (isZip(bytes)) return await readParts(zipParts(await openZip(bytes)));
  const flat = readFlatWord(bytes, LOOKS);
  return flat.kind === 'package' ? flat.content : await readParts(flat.parts);
}

/** ZIP archives begin with these letters; a document in one XML file does not. */
function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function zipParts(zip: ZipArchive): PackageParts {
  return {
    names: zip.names,
    readBytes: (name) => zip.read(name),
    async read(name) {
      const bytes = await zip.read(name);
      return bytes ? parseXml(decodeXml(bytes), { skip: LOOKS }) : null;
    },
  };
}

async function readParts(parts: PackageParts): Promise<DocxPackage> {
  const mainName = await findMainPart(parts);
  const document = await parts.read(mainName);
  if (!document) throw new AppError('SOURCE_CORRUPT', 'the package holds no document part');
  const related = await relatedParts(parts, mainName);
  const partOf = async (type: string): Promise<XmlElement | null> => {
    const target = related.find((part) => part.type === type)?.target;
    return target === undefined ? null : await parts.read(target);
  };
  return {
    document,
    styles: await partOf('styles'),
    numbering: await partOf('numbering'),
    footnotes: await partOf('footnotes'),
    endnotes: await partOf('endnotes'),
    headers: await readAll(
      parts,
      related.filter((part) => part.type === 'header'),
    ),
    footers: await readAll(
      parts,
      related.filter((part) => part.type === 'footer'),
    ),
    properties: await readProperties(parts),
    pictures: partsOfType(parts, related, 'image'),
    chunks: partsOfType(parts, related, 'aFChunk'),
  };
}

function partsOfType(
  parts: PackageParts,
  related: readonly RelatedPart[],
  wanted: string,
): Map<string, () => Promise<Uint8Array | null>> {
  return new Map(
    related
      .filter(({ type }) => type === wanted)
      .map(({ id, target }) => [id, () => parts.readBytes?.(target) ?? Promise.resolve(null)]),
  );
}

interface RelatedPart {
  readonly id: string;
  /** The last part of the relationship's type URI, alike in the transitional and the strict form. */
  readonly type: string;
  readonly target: string;
}

async function findMainPart(parts: PackageParts): Promise<string> {
  const root = await relatedParts(parts, '');
  const named = root.find((part) => part.type === 'officeDocument')?.target;
  if (named !== undefined && parts.names.includes(named)) return named;
  return parts.names.find((name) => /^word\/document\d*\.xml$/i.test(name)) ?? 'word/document.xml';
}

async function relatedParts(parts: PackageParts, source: string): Promise<RelatedPart[]> {
  const folder = source.slice(0, source.lastIndexOf('/') + 1);
  const relationships = await parts.read(`${folder}_rels/${source.slice(folder.length)}.rels`);
  if (!relationships) return [];
  return childElements(relationships, 'Relationship')
    .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
    .map(({ attributes }) => ({
      id: attributes['Id'] ?? '',
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

/** OOXML parts are UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.1). */
function decodeXml(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
}

async function readAll(parts: PackageParts, listed: readonly RelatedPart[]): Promise<XmlElement[]> {
  const read: XmlElement[] = [];
  for (const part of listed) {
    const element = await parts.read(part.target);
    if (element) read.push(element);
  }
  return read;
}

async function readProperties(parts: PackageParts): Promise<Record<string, string>> {
  const core = await parts.read('docProps/core.xml');
  const properties: Record<string, string> = {};
  for (const element of core ? childElements(core) : []) {
    const text = textContent(element).trim();
    if (text !== '') properties[element.name] = text;
  }
  return properties;
}
