import { isElement, isText, type HtmlElement } from './parse-html.js';

/** Where scripts that count up to a number keep it: data-to (countTo), data-count, data-target, data-end … */
const TARGET =
  /^data-(?:to|count|counter|counter-to|count-to|countup|target|end|end-?val|endvalue|final|number|num)$/;
const NUMBER = /^[+-]?\d[\d,]*(?:\.\d+)?$/;

/**
 * The number that a counter ends at, as its page shows it: such elements hold a nought, from which a script counts up to
 * the number in an attribute as they come into sight. Null for any other element.
 */
export function countedTo(element: HtmlElement): string | null {
  const [only] = element.children;
  if (element.children.length !== 1 || !only || isElement(only) || !isText(only) || only.data.trim() !== '0')
    return null;
  for (const name of Object.keys(element.attribs)) {
    const number = TARGET.test(name) ? numberIn(element, name) : null;
    if (number !== null) return number;
  }
  return null;
}

/** The number that an attribute holds as it would be printed; null where it holds none or something else. */
export function numberIn({ attribs }: HtmlElement, name: string): string | null {
  const value = attribs[name]?.trim() ?? '';
  return NUMBER.test(value) ? value : null;
}
