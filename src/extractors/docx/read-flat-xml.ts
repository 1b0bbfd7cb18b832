import { AppError } from '../../errors/app-error.js';
import { decodeText } from '../decode-text.js';
import { childElement, childElements, parseXml, type XmlElement, type XmlNode } from '../markup/parse-xml.js';
import type { DocxPackage } from './read-package.js';

/** Parts of a package that need not lie in a ZIP. */
export interface PackageParts {
  readonly names: readonly string[];
  read(name: string): Promise<XmlElement | null>;
  /** Parts that are no XML; left out where they are not kept. */
  readBytes?(name: string): Promise<Uint8Array | null>;
}

/** A Word document in one XML file: a flat package, or the format of Word 2003 with the package's parts made of it. */
export type FlatWord =
  | { readonly kind: 'parts'; readonly parts: PackageParts }
  | { readonly kind: 'package'; readonly content: DocxPackage };

/** Names of list formats by their numbers in Word 2003 ([MS-OSHARED] 2.2.1.3); those not listed are decimal. */
const NUMBER_FORMATS: Readonly<Record<string, string>> = {
  1: 'upperRoman', 2: 'lowerRoman', 3: 'upperLetter', 4: 'lowerLetter', 10: 'ideographDigital', 11: 'japaneseCounting',
  14: 'decimalFullWidth', 16: 'japaneseLegal', 17: 'japaneseDigitalTenThousand', 18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2', 22: 'decimalZero', 23: 'bullet', 26: 'decimalEnclosedFullstop', 27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese', 29: 'ideographEnclosedCircle', 30: 'ideographTraditional', 31: 'ideographZodiac',
  33: 'taiwaneseCounting', 34: 'ideographLegalTraditional', 35: 'taiwaneseCountingThousand', 36: 'taiwaneseDigital',
  37: 'chineseCounting', 38: 'chineseLegalSimplified', 39: 'chineseCountingThousand', 255: 'none',
}; // prettier-ignore

/** Elements whose names Office Open XML only spells otherwise, or that wrap content as `customXml` does. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['vmerge', 'vMerge'],
  ['hmerge', 'hMerge'],
  ['sect', 'customXml'],
  ['sub-section', 'customXml'],
  ['pBdrGroup', 'customXml'],
  ['lists', 'numbering'],
  ['listDef', 'abstractNum'],
  ['list', 'num'],
  ['ilst', 'abstractNumId'],
  ['listPr', 'numPr'],
  ['ilfo', 'numId'],
]);
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['Word.Insertion', 'ins'],
  ['Word.Deletion', 'del'],
]);

/**
 * Reads a Word document that is one XML file: the flat package of Word 2007 and later, or the XML of Word 2003 as office
 * systems make it from templates (both usually called `.doc`). Throws SOURCE_CORRUPT.
 */
export function readFlatWord(bytes: Uint8Array, skip: ReadonlySet<string>): FlatWord {
  const root = parseXml(decodeText(bytes, { isMarkup: true }).text, { skip });
  if (root.name === 'package') return { kind: 'parts', parts: flatParts(root) };
  if (root.name === 'wordDocument') return { kind: 'package', content: fromWord2003(root) };
  throw new AppError('SOURCE_CORRUPT', 'XML that is no Word document');
}

/** The parts of a flat package, each an element below `xmlData`. */
function flatParts(root: XmlElement): PackageParts {
  const parts = new Map(
    childElements(root, 'part').flatMap((part) => {
      const [content] = childElements(childElement(part, 'xmlData') ?? part);
      return content ? [[(part.attributes['name'] ?? '').replace(/^\//, ''), content] as const] : [];
    }),
  );
  return { names: [...parts.keys()], read: (name) => Promise.resolve(parts.get(name) ?? null) };
}

function fromWord2003(root: XmlElement): DocxPackage {
  const document = asOpenXml(root);
  const properties: Record<string, string> = {};
  for (const { name, children } of childElements(childElement(root, 'DocumentProperties') ?? EMPTY)) {
    const text = children
      .filter((child) => typeof child === 'string')
      .join('')
      .trim();
    if (text !== '') properties[name.charAt(0).toLowerCase() + name.slice(1)] = text;
  }
  const running = (name: string): XmlElement[] => below(childElement(document, 'body') ?? document, name);
  return {
    document,
    styles: childElement(document, 'styles') ?? null,
    numbering: childElement(document, 'numbering') ?? null,
    footnotes: null,
    endnotes: null,
    headers: running('hdr'),
    footers: running('ftr'),
    properties,
  };
}

const EMPTY: XmlElement = { name: '', attributes: {}, children: [] };

/** The same tree in the vocabulary of Office Open XML. */
function asOpenXml(element: XmlElement): XmlElement {
  const children = element.children.flatMap((child) =>
    typeof child === 'string' ? [child] : asNodes(child),
  );
  const attributes = listAttributes(element);
  return { name: RENAMED.get(element.name) ?? element.name, attributes, children };
}

function asNodes(element: XmlElement): XmlNode[] {
  if (element.name === 'annotation') return fromAnnotation(element);
  if (element.name === 'nfc') {
    const format = NUMBER_FORMATS[element.attributes['val'] ?? ''] ?? 'decimal';
    return [{ name: 'numFmt', attributes: { val: format }, children: [] }];
  }
  // Notes stand inside the run that refers to them, where their text would run into a cell's.
  if (element.name === 'footnote' || element.name === 'endnote') return [];
  return [asOpenXml(element)];
}

/** `aml:annotation`: tracked changes wrap their content, bookmarks and comments have none that counts. */
function fromAnnotation(element: XmlElement): XmlNode[] {
  const name = CHANGES.get(element.attributes['type'] ?? '');
  if (name === undefined) return [];
  const content = childElement(element, 'content');
  return [{ name, attributes: {}, children: content ? asOpenXml(content).children : [] }];
}

/** Lists say their own number where Open XML has another attribute for it. */
function listAttributes({ name, attributes }: XmlElement): XmlElement['attributes'] {
  if (name === 'listDef') return { ...attributes, abstractNumId: attributes['listDefId'] ?? '' };
  return name === 'list' ? { ...attributes, numId: attributes['ilfo'] ?? '' } : attributes;
}

function below(element: XmlElement, name: string): XmlElement[] {
  return childElements(element).flatMap((child) => (child.name === name ? [child] : below(child, name)));
}
