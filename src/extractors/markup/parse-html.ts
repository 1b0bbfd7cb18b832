import { load } from 'cheerio';
import { limitNesting } from './limit-nesting.js';

/** As deep as browsers go before they flatten. */
const MAX_DEPTH = 512;

/** A node of a parsed page: the few properties of cheerio's nodes that are used here. */
export interface HtmlNode {
  readonly type: string;
}

export interface HtmlText extends HtmlNode {
  readonly type: 'text';
  readonly data: string;
}

export interface HtmlElement extends HtmlNode {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
  readonly parent: HtmlElement | null;
}

/**
 * Parses a page or a fragment as a browser would (missing end tags, misplaced elements) and returns its `html` element.
 * Elements nested deeper than 512 are flattened; `isFlattened` says whether there were any.
 */
export function parseHtml(html: string): { readonly root: HtmlElement; readonly isFlattened: boolean } {
  const flat = limitNesting(html, MAX_DEPTH);
  const document = load(flat).root();
  const root = document.children('html').get(0) as unknown as HtmlElement;
  // What cheerio makes for each page holds the whole page for long, and would have it live through many collections.
  for (const node of document.get()) node.children = [];
  return { root, isFlattened: flat !== html };
}

export function isText(node: HtmlNode): node is HtmlText {
  return node.type === 'text';
}

/** True for elements of the page; comments, scripts' text and declarations are none. */
export function isElement(node: HtmlNode): node is HtmlElement {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}
