import { onceEach } from '../../text/once-each.js';
import { declarationsOf, readClassRules } from './class-rules.js';
import { numberIn } from './count-up.js';
import { drawnTest } from './drawn-content.js';
import { isElement, isText, type HtmlElement } from './parse-html.js';

/** Tells something of an element by its own attributes or by a rule of the page's own style sheets. */
export type ElementTest = (element: HtmlElement) => boolean;

/** What a page's style says that changes what its text means. Media queries and outside style sheets are not followed. */
export interface PageStyle {
  readonly isHidden: ElementTest;
  /** A line is drawn through its text. */
  readonly isStruck: ElementTest;
  /** It is laid out as a box even where its name says that it stands in a line of text. */
  readonly isBox: ElementTest;
  /** Its children stand in the rows and columns of a grid. */
  readonly isGrid: ElementTest;
  /** A number that a rule prints beside its content out of an attribute (`content: attr(data-n)`); null without one. */
  readonly printedNumber: (element: HtmlElement) => string | null;
  /** It has a place of its own, whatever stands around it. */
  readonly isPlaced: ElementTest;
  /** It shows something that is no text of the page: a picture, a sign of a font, what a script writes. */
  readonly isDrawn: ElementTest;
  /** What a script shows in place of the element, which shows nothing itself; null for all others. */
  readonly contentOf: (element: HtmlElement) => HtmlElement | null;
  /** What its own style and the rules for its classes declare. */
  readonly declarationsOf: (element: HtmlElement) => ReadonlyMap<string, string>;
}

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:^|[;\s{])font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|\}|$)/i;
const STRIKING = /text-decoration(?:-line)?\s*:[^;]*line-through/i;
const BOXING =
  /display\s*:\s*(?:block|inline-block|table-cell|flex|inline-flex|grid)|float\s*:\s*(?:left|right)|(?:^|[;\s{])width\s*:/i;
const PLACED = /position\s*:\s*absolute/i;
const GRID = /display\s*:\s*(?:inline-)?grid/i;
const STRUCK = new Set(['s', 'strike']);
/** A selector such as `.note` or `div#tip`, also behind names of elements (`td .note`); only single classes and ids are understood. */
const SINGLE_SELECTOR = /^(?:[a-z]+[0-6]?[\s>]+)*(?:[a-z]+[0-6]?)?([.#][\w-]+)$/i;

/** Reads the page's style elements once and returns the tests. */
export function readPageStyle(root: HtmlElement): PageStyle {
  const rules = styleTexts(root).flatMap((sheet) => [...plainRules(sheet)]);
  const isHidden = styleTest(rules, HIDING);
  const isStruck = styleTest(rules, STRIKING);
  const classRules = onceEach(readClassRules);
  return {
    isHidden: (element) => 'hidden' in element.attribs || isForReaders(element) || isHidden(element),
    isBox: styleTest(rules, BOXING),
    printedNumber: numberPrinter(rules),
    isGrid: styleTest(rules, GRID),
    isPlaced: styleTest(rules, PLACED),
    isDrawn: drawnTest(root),
    contentOf: () => null,
    declarationsOf: (element) => declarationsOf(element, classRules(root)),
    isStruck: (element) => STRUCK.has(element.name) || isStruck(element),
  };
}

/** Classes by which style sheets known everywhere keep words for programs that read pages aloud. */
const FOR_READERS = /(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:$|\s)/;

function isForReaders({ attribs }: HtmlElement): boolean {
  return FOR_READERS.test(attribs['class'] ?? '');
}

const FROM_ATTRIBUTE = /content\s*:\s*attr\(\s*([\w-]+)\s*\)/i;

/** Reads the numbers that rules print out of attributes; labels for narrow screens are printed so as well. */
function numberPrinter(rules: readonly Rule[]): PageStyle['printedNumber'] {
  const names = new Set(rules.flatMap(({ body }) => FROM_ATTRIBUTE.exec(body)?.[1] ?? []));
  return (element) => {
    for (const name of names) {
      const number = numberIn(element, name);
      if (number !== null) return number;
    }
    return null;
  };
}

/** Tells the elements whose own style, or a rule for their class or id, declares what `pattern` is looking for. */
function styleTest(rules: readonly Rule[], pattern: RegExp): ElementTest {
  const selectors = selectorsOf(rules, pattern);
  return ({ attribs }) => {
    if (pattern.test(attribs['style'] ?? '')) return true;
    if (selectors.size === 0) return false;
    if (attribs['id'] !== undefined && selectors.has(`#${attribs['id']}`)) return true;
    return (attribs['class'] ?? '').split(/\s+/).some((name) => name !== '' && selectors.has(`.${name}`));
  };
}

function styleTexts(root: HtmlElement): string[] {
  const texts: string[] = [];
  const open: HtmlElement[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    for (const child of element.children) {
      if (!isElement(child)) continue;
      if (child.name === 'style')
        texts.push(
          child.children
            .filter(isText)
            .map((text) => text.data)
            .join(''),
        );
      else open.push(child);
    }
  }
  return texts;
}

function selectorsOf(rules: readonly Rule[], pattern: RegExp): Set<string> {
  const found = new Set<string>();
  for (const { selectors, body } of rules) {
    if (!pattern.test(body)) continue;
    for (const selector of selectors.split(',')) {
      const name = SINGLE_SELECTOR.exec(selector.trim())?.[1];
      if (name !== undefined) found.add(name);
    }
  }
  return found;
}

interface Rule {
  readonly selectors: string;
  readonly body: string;
}

/** The rules that always hold; those inside @media and the like hold only for print or narrow screens and hide nothing here. */
function* plainRules(sheet: string): Generator<Rule> {
  const plain = sheet.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, '');
  let depth = 0;
  let from = 0;
  let selectors = '';
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at];
    if (character === '{') {
      if (depth === 0) {
        selectors = plain.slice(from, at).trim();
        from = at + 1;
      }
      depth++;
    } else if (character === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        if (!selectors.startsWith('@')) yield { selectors, body: plain.slice(from, at) };
        from = at + 1;
      }
    }
  }
}
