import type { HtmlElement } from './parse-html.js';

/** The elements that hold `element`, innermost first. */
export function ancestorsOf(element: HtmlElement): Set<HtmlElement> {
  const found = new Set<HtmlElement>();
  for (let next = element.parent; next; next = next.parent) found.add(next);
  return found;
}

/** A test whether elements stand in one of `holders` (or are one); remembers every element it passed. */
export function insideTest(...holders: readonly HtmlElement[]): (element: HtmlElement) => boolean {
  const known = new Map<HtmlElement, boolean>(holders.map((holder) => [holder, true]));
  return (element) => {
    const path: HtmlElement[] = [];
    let next: HtmlElement | null = element;
    while (next && !known.has(next)) {
      path.push(next);
      next = next.parent;
    }
    const isInside = next !== null && known.get(next) === true;
    for (const passed of path) known.set(passed, isInside);
    return isInside;
  };
}
