import { Parser } from 'htmlparser2';
import { AppError } from '../../errors/app-error.js';

/** An XML element; names come without their namespace prefix (`w:tbl` is `tbl`), attribute names too. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

export interface XmlSettings {
  /** Elements (without prefix) that are left out with all they hold, for speed and memory. */
  readonly skip?: ReadonlySet<string>;
  /** Deeper nesting than this is no document anybody wrote: SOURCE_CORRUPT. */
  readonly maxDepth?: number;
  /** More elements than this would not fit into memory: SOURCE_TOO_LARGE. */
  readonly maxElements?: number;
}

const DEFAULT_MAX_DEPTH = 1_000;
const DEFAULT_MAX_ELEMENTS = 2_000_000;

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
}

/**
 * Parses XML into a tree without prefixes. Tolerant of small errors, blind to DTDs (no entity of a document's own is
 * ever expanded). Throws SOURCE_CORRUPT where nesting is deeper than the limit or the text breaks off inside the root, and
 * SOURCE_TOO_LARGE.
 */
export function parseXml(text: string, settings: XmlSettings = {}): XmlElement {
  const builder = new TreeBuilder(
    settings.skip ?? new Set(),
    settings.maxDepth ?? DEFAULT_MAX_DEPTH,
    settings.maxElements ?? DEFAULT_MAX_ELEMENTS,
  );
  const parser = new Parser(
    {
      onopentag: (name, attributes) => builder.open(name, attributes),
      onclosetag: () => builder.close(),
      ontext: (data) => builder.text(data),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  const root = builder.finish();
  parser.end();
  return root;
}

class TreeBuilder {
  private readonly root: OpenElement = { name: '#root', attributes: {}, children: [] };
  private readonly stack: OpenElement[] = [this.root];
  private skippedDepth = 0;

  constructor(
    private readonly skip: ReadonlySet<string>,
    private readonly maxDepth: number,
    private elementsLeft: number,
  ) {}

  open(qualifiedName: string, attributes: Record<string, string>): void {
    if (this.skippedDepth > 0) {
      this.skippedDepth++;
      return;
    }
    const name = localName(qualifiedName);
    if (this.skip.has(name)) {
      this.skippedDepth = 1;
      return;
    }
    if (--this.elementsLeft < 0)
      throw new AppError('SOURCE_TOO_LARGE', 'the XML holds more elements than fit into memory');
    if (this.stack.length > this.maxDepth)
      throw new AppError('SOURCE_CORRUPT', 'the XML is nested too deeply');
    const element: OpenElement = { name, attributes: withoutPrefixes(attributes), children: [] };
    this.stack.at(-1)?.children.push(element);
    this.stack.push(element);
  }

  close(): void {
    if (this.skippedDepth > 0) this.skippedDepth--;
    else this.stack.pop();
  }

  text(data: string): void {
    if (this.skippedDepth > 0) return;
    const children = this.stack.at(-1)?.children;
    if (!children) return;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + data;
    else children.push(data);
  }

  finish(): XmlElement {
    const element = this.root.children.find((node) => typeof node !== 'string');
    if (!element) throw new AppError('SOURCE_CORRUPT', 'the XML holds no element');
    if (this.stack.length > 1) throw new AppError('SOURCE_CORRUPT', 'the XML breaks off');
    return element;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function withoutPrefixes(attributes: Record<string, string>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) plain[localName(name)] = value;
  }
  return plain;
}

/** The child elements of `element`, or those named `name`. */
export function childElements(element: XmlElement, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children) {
    if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child);
  }
  return found;
}

/** The first child element named `name`, or undefined. */
export function childElement(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && child.name === name) return child;
  }
  return undefined;
}

/** All text below `element`, in order. */
export function textContent(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textContent(child))).join('');
}
