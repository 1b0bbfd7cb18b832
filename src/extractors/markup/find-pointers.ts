import { elementsBelow, textBelow } from './page-properties.js';
import { isText, type HtmlElement } from './parse-html.js';

/** Where a page points instead of holding the report itself. */
export interface Pointers {
  /** Attachments, and documents shown in frames and viewers; absolute where the page's address is known. */
  readonly documents: readonly string[];
  /** Pictures large enough to hold a table. */
  readonly pictures: readonly string[];
}

/** Endings of documents and of archives of them. */
const DOCUMENT = /\.(?:pdf|docx?|wps|wpt|xlsx?|et|rtf|odt|ofd|mht|zip|rar|7z|tiff?)$/i;
/** The same inside an address, in front of its query. */
const DOCUMENT_ADDRESS = /\.(?:pdf|docx?|wps|wpt|xlsx?|et|rtf|odt|ofd|zip|rar|7z|tiff?)(?=[?#&]|$)/i;
/** Parameters in which viewers are told the document that they show. */
const VIEWER_PARAMETERS: readonly string[] = [
  'file',
  'url',
  'src',
  'path',
  'filepath',
  'fileurl',
  'furl',
  'pdfurl',
  'doc',
];
/** A quoted address of a document in a script: `PDFObject.embed("/a.pdf")`. */
const IN_SCRIPT = /["']([^"'\s<>]{1,500}?\.(?:pdf|docx?|wps|xlsx?|ofd)(?:\?[^"'\s<>]{0,200})?)["']/gi;
/** Words of links to a report or its attachment outside the article. */
const ABOUT_REPORT = /附件|年度报告|年报|点击(?:下载|查看)|下载/;
const FRAMES: ReadonlySet<string> = new Set(['iframe', 'frame', 'embed', 'object']);
/** Pictures of the site itself, by their names. */
const SITE_PICTURE =
  /(?:logo|icon|share|wechat|weixin|qrcode|ewm|btn|button|arrow|banner|dangzheng|jiucuo|blank|spacer|loading)/i;
const SMALLEST_PICTURE = 120;
/** No page has more attachments that matter. */
const MOST_POINTERS = 50;

/**
 * Finds what a page without a report points to: first in its article, else links anywhere that speak of a report or an
 * attachment, else addresses of documents in its scripts. `address` is where the page was found; `<base>` counts from it.
 */
export function findPointers(root: HtmlElement, article: HtmlElement, address: string | null): Pointers {
  const base = baseOf(root, address);
  const inArticle = documentsBelow(article, () => true);
  const documents = firstFilled(
    () => inArticle,
    () => documentsBelow(root, (element) => ABOUT_REPORT.test(textBelow(element))),
    () => redirections(root),
    () => documentsInScripts(root),
  );
  return {
    documents: absolute(documents, base),
    pictures: absolute(picturesBelow(article), base),
  };
}

function firstFilled(...searches: readonly (() => string[])[]): string[] {
  for (const search of searches) {
    const found = search();
    if (found.length > 0) return found;
  }
  return [];
}

/** Targets of links and frames; links count where `isMeant` holds, frames wherever they stand. */
function documentsBelow(root: HtmlElement, isMeant: (link: HtmlElement) => boolean): string[] {
  const found: string[] = [];
  for (const element of elementsBelow(root)) {
    const { attribs } = element;
    if (element.name === 'a' && isDocumentLink(element) && isMeant(element))
      found.push(attribs['href'] ?? '');
    if (FRAMES.has(element.name)) found.push(...shownIn(attribs['src'] ?? attribs['data']));
    if (element.name === 'param' && /^(?:src|movie|filename)$/i.test(attribs['name'] ?? ''))
      found.push(...shownIn(attribs['value']));
  }
  return found;
}

/** A link to a document: by its address, by its text (download.jsp?id=3 called 年报.docx) or by the name to save it under. */
function isDocumentLink(link: HtmlElement): boolean {
  const { href = '', download, title = '' } = link.attribs;
  if (href === '' || /^(?:#|javascript:|mailto:)/i.test(href)) return false;
  if (DOCUMENT_ADDRESS.test(href) || DOCUMENT_ADDRESS.test(unescaped(href))) return true;
  return (download ?? '') !== '' || DOCUMENT.test(title.trim()) || DOCUMENT.test(textBelow(link));
}

/** What a frame shows: the document that its viewer is told of, or its own address. */
function shownIn(source: string | undefined): string[] {
  if (source === undefined || source.trim() === '' || /^(?:about|javascript|data|blob):/i.test(source))
    return [];
  const query = /\?([^#]*)/.exec(source)?.[1] ?? '';
  for (const [name, value] of new URLSearchParams(query)) {
    if (VIEWER_PARAMETERS.includes(name.toLowerCase()) && DOCUMENT_ADDRESS.test(value)) return [value];
  }
  return [source.trim()];
}

/** `<meta http-equiv="refresh" content="0;url=report.pdf">` */
function redirections(root: HtmlElement): string[] {
  return [...elementsBelow(root)].flatMap(({ name, attribs }) => {
    if (name !== 'meta' || attribs['http-equiv']?.toLowerCase() !== 'refresh') return [];
    const target = /url\s*=\s*["']?([^"']+)/i.exec(attribs['content'] ?? '')?.[1]?.trim();
    return target === undefined || target === '' ? [] : [target];
  });
}

function documentsInScripts(root: HtmlElement): string[] {
  const found: string[] = [];
  for (const element of elementsBelow(root)) {
    const codes = [element.attribs['onclick'] ?? ''];
    if (element.name === 'script')
      for (const child of element.children) if (isText(child)) codes.push(child.data);
    for (const code of codes) {
      for (const match of code.matchAll(IN_SCRIPT)) if (match[1] !== undefined) found.push(match[1]);
      if (found.length > MOST_POINTERS) return found;
    }
  }
  return found;
}

function picturesBelow(article: HtmlElement): string[] {
  return [...elementsBelow(article)].flatMap(({ name, attribs }) => {
    if (name !== 'img') return [];
    const source = [
      attribs['src'],
      attribs['data-src'],
      attribs['data-original'],
      attribs['original-src'],
    ].find((one) => one !== undefined && one.trim() !== '' && !one.startsWith('data:'));
    const isSmall = [attribs['width'], attribs['height']].some(
      (size) => Number.parseInt(size ?? '', 10) < SMALLEST_PICTURE,
    );
    return source === undefined || isSmall || SITE_PICTURE.test(source) ? [] : [source.trim()];
  });
}

function baseOf(root: HtmlElement, address: string | null): string | null {
  for (const { name, attribs } of elementsBelow(root)) {
    if (name === 'base' && attribs['href']) return resolve(attribs['href'], address);
  }
  return address;
}

function absolute(targets: readonly string[], base: string | null): string[] {
  return [...new Set(targets.map((target) => resolve(target, base)))].slice(0, MOST_POINTERS);
}

/** `target` seen from `base`; as it is written where that is not known or makes no address. */
function resolve(target: string, base: string | null): string {
  const written = target.trim();
  try {
    return base === null ? new URL(written).href : new URL(written, base).href;
  } catch {
    return written;
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
