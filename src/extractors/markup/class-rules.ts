import { elementsBelow } from './page-properties.js';
import { isText, type HtmlElement } from './parse-html.js';

/** Declarations by the name of the class that they hold for. */
export type ClassRules = ReadonlyMap<string, ReadonlyMap<string, string>>;

const RULE = /\.([\w-]+)\s*\{([^{}]*)\}/g;

/** The rules of a page's own style sheets that hold for one class. */
export function readClassRules(root: HtmlElement): ClassRules {
  const rules = new Map<string, Map<string, string>>();
  for (const element of elementsBelow(root)) {
    if (element.name !== 'style') continue;
    for (const text of element.children.filter(isText)) {
      for (const [, name = '', body = ''] of text.data.matchAll(RULE)) {
        const known = rules.get(name) ?? new Map<string, string>();
        for (const [property, value] of readDeclarations(body)) known.set(property, value);
        rules.set(name, known);
      }
    }
  }
  return rules;
}

/** What is declared for an element by its classes and, above them, by its own style. */
export function declarationsOf(element: HtmlElement, rules: ClassRules): ReadonlyMap<string, string> {
  const names = (element.attribs['class'] ?? '').split(/\s+/);
  const own = readDeclarations(element.attribs['style'] ?? '');
  return new Map([...names.flatMap((name) => [...(rules.get(name) ?? [])]), ...own]);
}

function readDeclarations(body: string): Map<string, string> {
  const declarations = body.split(';').map((one) => {
    const colon = one.indexOf(':');
    return [one.slice(0, colon).trim().toLowerCase(), one.slice(colon + 1).trim()] as const;
  });
  return new Map(declarations.filter(([property]) => property !== ''));
}
