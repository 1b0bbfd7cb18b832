import { elementsBelow } from './page-properties.js';
import { isText, type HtmlElement } from './parse-html.js';

/** Shorter pieces are no article. */
const MIN_CHARACTERS = 500;
const HOLDERS = new Set(['textarea', 'xmp', 'noscript', 'script', 'noframes']);
const HAS_TAGS = /<(?:p|div|table|span|br)\b/i;
/** String literals of scripts and JSON; the limit keeps the match off whole programs between two quotes. */
const LITERAL = /"((?:[^"\\\n]|\\.){500,})"|'((?:[^'\\\n]|\\.){500,})'/g;

/**
 * Pieces of markup that a page carries as text, for its scripts to show: in a textarea, a hidden field, a script template or
 * a string inside a script. Longest first.
 */
export function findEmbeddedMarkup(root: HtmlElement): string[] {
  const found: string[] = [];
  for (const element of elementsBelow(root)) {
    if (element.name === 'input') found.push(element.attribs['value'] ?? '');
    if (!HOLDERS.has(element.name)) continue;
    const text = element.children
      .filter(isText)
      .map((child) => child.data)
      .join('');
    if (element.name === 'script' && isProgram(element)) found.push(...literalsIn(text));
    else found.push(text);
  }
  return found
    .filter((text) => text.length >= MIN_CHARACTERS && HAS_TAGS.test(text))
    .sort((a, b) => b.length - a.length);
}

function isProgram(script: HtmlElement): boolean {
  const type = (script.attribs['type'] ?? 'javascript').toLowerCase();
  return type === '' || /javascript|ecmascript|json|module/.test(type);
}

function literalsIn(program: string): string[] {
  return [...program.matchAll(LITERAL)].map(([, double, single]) => unescapeLiteral(double ?? single ?? ''));
}

/** Escapes of JavaScript strings: `\n`, `\/`, `\u4e00`, `\x3c`. */
function unescapeLiteral(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gi,
    (_, wide?: string, narrow?: string, other?: string) => {
      const code = wide ?? narrow;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return other === 'n' || other === 'r' || other === 't' ? ' ' : (other ?? '');
    },
  );
}
