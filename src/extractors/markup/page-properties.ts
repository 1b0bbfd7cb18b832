import { isElement, isText, type HtmlElement } from './parse-html.js';

/** Names of meta tags that Chinese government sites use, in the spelling under which they are kept. */
const KNOWN_NAMES = new Map(
  [
    'ArticleTitle',
    'PubDate',
    'ContentSource',
    'SiteName',
    'SiteDomain',
    'ColumnName',
    'Author',
    'Description',
    'Keywords',
    'Url',
  ].map((name) => [name.toLowerCase(), name]),
);
const ATTACHMENT = /\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar|7z)(?:[?#]|$)/i;

export interface Attachment {
  readonly href: string;
  readonly text: string;
}

/** What a page says about itself, and the attachments of its article. */
export interface PageProperties {
  readonly properties: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
}

/** Reads `<title>` and meta tags of the page, and the links to attachments below `article`. */
export function readPageProperties(root: HtmlElement, article: HtmlElement): PageProperties {
  const properties: Record<string, string> = {};
  for (const element of elementsBelow(root)) {
    if (element.name === 'title' && properties['title'] === undefined)
      properties['title'] = textBelow(element);
    if (element.name === 'meta') readMeta(element, properties);
  }
  const attachments: Attachment[] = [];
  for (const element of elementsBelow(article)) {
    const href = element.attribs['href'];
    if (element.name === 'a' && href !== undefined && ATTACHMENT.test(href))
      attachments.push({ href, text: textBelow(element) });
  }
  if (attachments.length > 0) properties['attachments'] = JSON.stringify(attachments);
  return { properties, attachments };
}

function readMeta(element: HtmlElement, properties: Record<string, string>): void {
  const name = element.attribs['name'] ?? element.attribs['property'];
  const content = element.attribs['content']?.trim();
  if (name === undefined || name === '' || content === undefined || content === '') return;
  const key = KNOWN_NAMES.get(name.toLowerCase()) ?? name;
  if (key !== 'title' && key !== 'attachments') properties[key] ??= content;
}

/** All elements below `root` in document order. */
export function* elementsBelow(root: HtmlElement): Generator<HtmlElement> {
  const open: HtmlElement[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    yield element;
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (child && isElement(child)) open.push(child);
    }
  }
}

/** All text below `root` on one line. */
export function textBelow(root: HtmlElement): string {
  let text = '';
  for (const element of elementsBelow(root)) {
    for (const child of element.children) if (isText(child)) text += child.data;
  }
  return text.replace(/\s+/g, ' ').trim();
}
