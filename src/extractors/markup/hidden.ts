import { isElement, isText, type HtmlElement } from './parse-html.js';

/** Tells whether an element is hidden by its own attributes or by a rule of the page's own style sheets. */
export type HiddenTest = (element: HtmlElement) => boolean;

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:^|[;\s{])font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|\}|$)/i;
/** A selector such as `.note` or `div#tip`; only single classes and ids are understood. */
const SINGLE_SELECTOR = /^(?:[a-z]+[0-6]?)?([.#][\w-]+)$/i;

/** Reads the page's style elements once and returns the test. Media queries and outside style sheets are not followed. */
export function hiddenTest(root: HtmlElement): HiddenTest {
  const selectors = hidingSelectors(styleTexts(root));
  return (element) => {
    const { attribs } = element;
    if ('hidden' in attribs || HIDING.test(attribs['style'] ?? '')) return true;
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

function hidingSelectors(sheets: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const sheet of sheets) {
    for (const { selectors, body } of plainRules(sheet)) {
      if (!HIDING.test(body)) continue;
      for (const selector of selectors.split(',')) {
        const name = SINGLE_SELECTOR.exec(selector.trim())?.[1];
        if (name !== undefined) found.add(name);
      }
    }
  }
  return found;
}

/** The rules that always hold; those inside @media and the like hold only for print or narrow screens and hide nothing here. */
function* plainRules(sheet: string): Generator<{ selectors: string; body: string }> {
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
