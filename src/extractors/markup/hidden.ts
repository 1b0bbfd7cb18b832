import { isElement, isText, type HtmlElement } from './parse-html.js';

/** Tells whether an element is hidden by its own attributes or by a rule of the page's own style sheets. */
export type HiddenTest = (element: HtmlElement) => boolean;

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:^|[;\s{])font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|\}|$)/i;
/** A rule such as `.note, #tip { … }`; only single classes and ids are understood. */
const RULE = /([^{}]{1,300})\{([^{}]{0,2000})\}/g;
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
    for (const [, selectors, body] of withoutConditionalRules(sheet).matchAll(RULE)) {
      if (!HIDING.test(body ?? '')) continue;
      for (const selector of (selectors ?? '').split(',')) {
        const name = SINGLE_SELECTOR.exec(selector.trim())?.[1];
        if (name !== undefined) found.add(name);
      }
    }
  }
  return found;
}

/** Without comments and @media blocks: what holds only for print or narrow screens hides nothing here. */
function withoutConditionalRules(sheet: string): string {
  const plain = sheet.replace(/\/\*[\s\S]*?\*\//g, '').replace(/<!--|-->/g, '');
  return plain.replace(/@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi, '');
}
