import { elementsBelow } from './page-properties.js';
import { isText, type HtmlElement } from './parse-html.js';

/** Shorter pieces are no article. */
const MIN_CHARACTERS = 200;
const HOLDERS = new Set(['textarea', 'xmp', 'noscript', 'script', 'noframes']);
const HAS_TAGS = /<(?:p|div|table|span|br)\b/i;

/** Markup as text, and the element that holds it. */
export interface EmbeddedMarkup {
  readonly element: HtmlElement;
  readonly text: string;
}

/**
 * Pieces of markup that a page carries as text, for its scripts or frames to show: in a textarea, a hidden field, a script
 * template, a string inside a script or a frame's `srcdoc`. Longest first.
 */
export function findEmbeddedMarkup(root: HtmlElement): EmbeddedMarkup[] {
  const found: EmbeddedMarkup[] = [];
  for (const element of elementsBelow(root))
    for (const text of piecesOf(element)) found.push({ element, text });
  return found
    .filter(({ text }) => text.length >= MIN_CHARACTERS && HAS_TAGS.test(text))
    .sort((a, b) => b.text.length - a.text.length);
}

function piecesOf(element: HtmlElement): string[] {
  if (element.name === 'input') return [element.attribs['value'] ?? ''];
  if (element.name === 'iframe') return [element.attribs['srcdoc'] ?? ''];
  if (!HOLDERS.has(element.name)) return [];
  const text = element.children
    .filter(isText)
    .map((child) => child.data)
    .join('');
  return element.name === 'script' && isProgram(element) ? literalsIn(text) : [text];
}

function isProgram(script: HtmlElement): boolean {
  const type = (script.attribs['type'] ?? 'javascript').toLowerCase();
  return type === '' || /javascript|ecmascript|json|module/.test(type);
}

/** The string literals of a program or of JSON, unescaped, in one pass; a quote that is not closed on its line begins none. */
function literalsIn(program: string): string[] {
  const found: string[] = [];
  for (let at = nextQuote(program, 0); at >= 0; at = nextQuote(program, at)) {
    const quote = program[at];
    let end = at + 1;
    while (end < program.length && program[end] !== quote && (quote === '`' || program[end] !== '\n')) {
      end += program[end] === '\\' ? 2 : 1;
    }
    if (program[end] === quote && end - at > MIN_CHARACTERS)
      found.push(unescapeLiteral(program.slice(at + 1, end)));
    at = end + 1;
  }
  return found;
}

function nextQuote(program: string, from: number): number {
  for (let at = from; at < program.length; at++) {
    const character = program[at];
    if (character === '"' || character === "'" || character === '`') return at;
  }
  return -1;
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
