import type { Diagnostic } from '../../model/diagnostic.js';
import { unifyRadicals } from '../../text/radicals.js';
import { assembleDocument, type DocumentParts } from './assemble-document.js';
import { findEmbeddedMarkup } from './embedded-markup.js';
import { findArticle, type Article } from './find-article.js';
import { findDuplicates } from './find-duplicates.js';
import { findPointers } from './find-pointers.js';
import { markRegions } from './mark-regions.js';
import { findPanels } from './reveal-panels.js';
import { readHtmlFlow, type HtmlFlow } from './html-flow.js';
import { readPageStyle, type PageStyle } from './page-style.js';
import { readPageProperties } from './page-properties.js';
import { parseHtml, type HtmlElement } from './parse-html.js';

/** A whole page, ready to go into a Document. */
export interface PageParts extends DocumentParts {
  readonly properties: Readonly<Record<string, string>>;
}

/** Fewer characters than this beside an attachment or a picture are no report. */
const SHORT_ARTICLE_CHARACTERS = 300;
/** So many pieces of markup carried as text are looked into, longest first. */
const MAX_EMBEDDED = 5;
/** Fields of forms may hold what somebody once typed, not what the page shows. */
const KEEPS_DRAFTS = new Set(['input', 'textarea']);
/** So many addresses are named in a message. */
const NAMED_LINKS = 3;

/**
 * Reads a whole web page: its article as body, everything else (navigation, related links, footer, the table of the
 * article's properties) as furniture, its meta tags as properties. `address` is where the page was found, for what it
 * points to. Throws SOURCE_CORRUPT for hostile nesting.
 */
export function readHtmlPage(html: string, address: string | null = null): PageParts {
  const { root, isFlattened } = parseHtml(unifyRadicals(html));
  const reading = readShownPage(root);
  const { page, article, diagnostics: found } = reading;
  markRegions(page, article);
  const parts = assembleDocument(page.flow);
  const about = readPageProperties(root, article.element);
  const diagnostics: Diagnostic[] = [...found, ...parts.diagnostics];
  if (isFlattened)
    diagnostics.push({ code: 'MARKUP_REPAIRED', message: 'elements nested too deeply were flattened' });
  diagnostics.push(...pointersAway(parts, reading, root, address));
  return { ...parts, properties: about.properties, diagnostics };
}

/**
 * Reads a piece of HTML that is all content: a table inside Markdown, a converter's output. Offsets of text blocks count
 * from the fragment's own first line.
 */
export function readHtmlFragment(html: string): DocumentParts {
  const { root } = parseHtml(html);
  return assembleDocument(readHtmlFlow(root, readPageStyle(root)).flow);
}

/** A reading of the page's content, where its article is, and what was done to get at it. */
interface Reading {
  readonly page: HtmlFlow;
  readonly article: Article;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the page shows, repetitions of its article left out, and the panels that it shows on a click. Where nothing of a
 * report shows, what its scripts would show counts: hidden parts, and markup carried as text.
 */
function readShownPage(root: HtmlElement): Reading {
  const style = readPageStyle(root);
  const shown = readOnce(root, style);
  const panels = shown.page.hiddenCharacters > 0 ? findPanels(root, style, shown.page) : new Set();
  if (panels.size > 0)
    return readOnce(root, {
      ...style,
      isHidden: (element) => style.isHidden(element) && !panels.has(element),
    });
  if (shown.article.signs > 0)
    return shown.article.hasReportTable ? shown : (withTablesOfScripts(root, style) ?? shown);
  const everything =
    shown.page.hiddenCharacters > 0 ? readOnce(root, { ...style, isHidden: () => false }) : shown;
  return everything.article.signs > 0 ? everything : (readEmbedded(root, shown.page) ?? shown);
}

function readOnce(root: HtmlElement, style: PageStyle): Reading {
  const page = readHtmlFlow(root, style);
  const copies = findDuplicates(page);
  const diagnostics: Diagnostic[] = [];
  if (page.hiddenCharacters > 0) {
    diagnostics.push({
      code: 'HIDDEN_TEXT_SKIPPED',
      message: `${page.hiddenCharacters} hidden characters were left out`,
    });
  }
  if (copies.size === 0) return { page, article: findArticle(page, root), diagnostics };
  diagnostics.push({
    code: 'MARKUP_REPAIRED',
    message: `${copies.size} repetitions of the article were left out`,
  });
  const isHidden = (element: HtmlElement): boolean => copies.has(element) || style.isHidden(element);
  const single = readHtmlFlow(root, { ...style, isHidden });
  return { page: single, article: findArticle(single, root), diagnostics };
}

/** The page with the tables that it carries as text where its scripts write them; null where it carries none of a report. */
function withTablesOfScripts(root: HtmlElement, style: PageStyle): Reading | null {
  const contents = new Map<HtmlElement, HtmlElement>();
  const written = findEmbeddedMarkup(root).filter(({ element }) => !KEEPS_DRAFTS.has(element.name));
  for (const { element, text } of written.slice(0, MAX_EMBEDDED)) {
    const inner = parseHtml(text).root;
    const isReport = findArticle(readHtmlFlow(inner, readPageStyle(inner)), inner).hasReportTable;
    // Its place in the page is that of its holder.
    if (isReport && !contents.has(element)) contents.set(element, Object.assign(inner, { parent: element }));
  }
  if (contents.size === 0) return null;
  const reading = readOnce(root, { ...style, contentOf: (element) => contents.get(element) ?? null });
  const message = 'tables were taken from markup that the page carries as text';
  return { ...reading, diagnostics: [...reading.diagnostics, { code: 'MARKUP_REPAIRED', message }] };
}

/** The article carried as text in a field or script, behind the lines of the page around it. */
function readEmbedded(root: HtmlElement, around: HtmlFlow): Reading | null {
  for (const { text } of findEmbeddedMarkup(root).slice(0, MAX_EMBEDDED)) {
    const inner = parseHtml(text).root;
    const page = readHtmlFlow(inner, readPageStyle(inner));
    const article = findArticle(page, inner);
    if (article.signs === 0) continue;
    const diagnostics: Diagnostic[] = [
      { code: 'MARKUP_REPAIRED', message: 'the article was taken from markup that the page carries as text' },
    ];
    return { page: joinFlows(around, page), article, diagnostics };
  }
  return null;
}

function joinFlows(one: HtmlFlow, other: HtmlFlow): HtmlFlow {
  return {
    flow: [...one.flow, ...other.flow],
    origins: new Map([...one.origins, ...other.origins]),
    tables: new Map([...one.tables, ...other.tables]),
    hiddenCharacters: one.hiddenCharacters + other.hiddenCharacters,
  };
}

/** Diagnostics for pages that hold no report's table: it may stand in an attachment, a frame, a picture. */
function pointersAway(
  parts: DocumentParts,
  reading: Reading,
  root: HtmlElement,
  address: string | null,
): Diagnostic[] {
  if (reading.article.hasReportTable) return [];
  const { documents, pictures } = findPointers(root, reading.article.element, address);
  if (documents.length > 0) return [pointsTo('documents', documents)];
  const characters = parts.blocks.reduce(
    (sum, block) => sum + (block.kind !== 'table' && block.region === 'body' ? block.text.length : 0),
    0,
  );
  const isPicture = pictures.length > 0 && parts.tables.length === 0 && characters < SHORT_ARTICLE_CHARACTERS;
  return isPicture ? [pointsTo('pictures', pictures)] : [];
}

function pointsTo(what: 'documents' | 'pictures', links: readonly string[]): Diagnostic {
  const named = links.slice(0, NAMED_LINKS).join(', ');
  const more = links.length > NAMED_LINKS ? ` and ${links.length - NAMED_LINKS} more` : '';
  const message = `no table of a report stands on the page; it points to ${what}: ${named}${more}`;
  return { code: 'POINTS_TO_ATTACHMENT', message, links };
}
