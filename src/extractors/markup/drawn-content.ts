import { elementsBelow } from './page-properties.js';
import { isText, type HtmlElement } from './parse-html.js';

/** How sure a cell is to be blank that draws something, or that a script writes into: a number may well stand there. */
export const DRAWN_CONFIDENCE = 0.3;
/** Pictures of so many pixels hold columns open and show nothing. */
const MOST_SPACER_PIXELS = 3;
const SPACER_NAME =
  /(?:^|[/_-])(?:spacer|space|blank|clear|trans(?:parent)?|pixel|dot|empty|null)[\w-]*\.(?:gif|png)/i;
const SMALL_SIZE = /(?:^|[;\s])(?:width|height)\s*:\s*([\d.]+)px/gi;
/** Classes of elements without text that draw a sign: fonts of icons, parts of a picture, digits one by one. */
const SIGN_CLASS =
  /(?:^|[\s_-])(?:icon|iconfont|sprite|glyphicon|digit|fa)(?=$|[\s_-]|\d)|(?:^|[\s_-])(?:num|no|n|d)[_-]?\d(?=$|\s)/i;
/** Elements that fonts of icons and pictures in parts are hung on. */
const SIGN_ELEMENTS = new Set(['i', 'em', 'b', 'span', 'font', 'u', 'ins', 'strong']);
const PICTURES = new Set(['canvas', 'object', 'embed', 'svg']);
/** Attributes by which frameworks write values into elements. */
const BINDING =
  /^(?:v-(?:text|html|model)|ng-bind(?:-html)?|data-bind|data-ng-bind|x-text|x-html|th:u?text|:text|:value|wx:.+)$/i;
const WORD = /[\w-]+/g;

/**
 * Tells the elements without text that show something all the same: a picture, a sign of a font, or what a script of the
 * page writes there (it names the element's id). A spacer shows nothing.
 */
export function drawnTest(root: HtmlElement): (element: HtmlElement) => boolean {
  let words: ReadonlySet<string> | null = null;
  const isScripted = (id: string | undefined): boolean => {
    if (id === undefined || id === '') return false;
    words ??= wordsOfScripts(root);
    return words.has(id);
  };
  return (element) => {
    for (const part of elementsBelow(element)) {
      if (drawsPicture(part) || drawsSign(part) || isScripted(part.attribs['id'])) return true;
      if (Object.keys(part.attribs).some((name) => BINDING.test(name))) return true;
    }
    return false;
  };
}

function drawsPicture({ name, attribs }: HtmlElement): boolean {
  if (PICTURES.has(name)) return true;
  if (name !== 'img') return false;
  const sizes = [attribs['width'], attribs['height'], ...smallSizes(attribs['style'] ?? '')].map((size) =>
    Number.parseFloat(size ?? ''),
  );
  return !sizes.some((size) => size <= MOST_SPACER_PIXELS) && !SPACER_NAME.test(attribs['src'] ?? '');
}

function smallSizes(style: string): (string | undefined)[] {
  return [...style.matchAll(SMALL_SIZE)].map((match) => match[1]);
}

/** `<i class="icon-num-5"></i>`: an element without anything in it whose class names a sign. */
function drawsSign({ name, attribs, children }: HtmlElement): boolean {
  return children.length === 0 && SIGN_ELEMENTS.has(name) && SIGN_CLASS.test(attribs['class'] ?? '');
}

/** All words that stand in the page's own scripts. */
function wordsOfScripts(root: HtmlElement): Set<string> {
  const words = new Set<string>();
  for (const element of elementsBelow(root)) {
    if (element.name !== 'script') continue;
    for (const text of element.children.filter(isText))
      for (const [word] of text.data.matchAll(WORD)) words.add(word);
  }
  return words;
}
