import type { Diagnostic } from '../../model/diagnostic.js';
import { assembleDocument, type DocumentParts } from './assemble-document.js';
import { findArticle, markRegions, type Article } from './find-article.js';
import { hiddenTest } from './hidden.js';
import { readHtmlFlow, type HtmlFlow } from './html-flow.js';
import { readPageProperties, type PageProperties } from './page-properties.js';
import { parseHtml, type HtmlElement } from './parse-html.js';

/** A whole page, ready to go into a Document. */
export interface PageParts extends DocumentParts {
  readonly properties: Readonly<Record<string, string>>;
}

/** Fewer characters than this beside an attachment or a picture are no report. */
const SHORT_ARTICLE_CHARACTERS = 300;

/**
 * Reads a whole web page: its article as body, everything else (navigation, related links, footer, the table of the
 * article's properties) as furniture, its meta tags as properties. Throws SOURCE_CORRUPT for hostile nesting.
 */
export function readHtmlPage(html: string): PageParts {
  const { root, isFlattened } = parseHtml(html);
  const { page, article, hiddenCharacters } = readShownPage(root);
  markRegions(page, article.element);
  const parts = assembleDocument(page.flow);
  const about = readPageProperties(root, article.element);
  const diagnostics: Diagnostic[] = [...parts.diagnostics];
  if (isFlattened)
    diagnostics.push({ code: 'MARKUP_REPAIRED', message: 'elements nested too deeply were flattened' });
  if (hiddenCharacters > 0) {
    diagnostics.push({
      code: 'HIDDEN_TEXT_SKIPPED',
      message: `${hiddenCharacters} hidden characters were left out`,
    });
  }
  diagnostics.push(...pointersAway(parts, about));
  return { ...parts, properties: about.properties, diagnostics };
}

/**
 * Reads a piece of HTML that is all content: a table inside Markdown, a converter's output. Offsets of text blocks count
 * from the fragment's own first line.
 */
export function readHtmlFragment(html: string): DocumentParts {
  const { root } = parseHtml(html);
  return assembleDocument(readHtmlFlow(root, hiddenTest(root)).flow);
}

/** What the page shows; hidden content counts too where the report itself is hidden until a script shows it. */
function readShownPage(root: HtmlElement): { page: HtmlFlow; article: Article; hiddenCharacters: number } {
  const shown = readHtmlFlow(root, hiddenTest(root));
  const article = findArticle(shown, root);
  if (shown.hiddenCharacters === 0) return { page: shown, article, hiddenCharacters: 0 };
  const everything = readHtmlFlow(root, () => false);
  const fullArticle = findArticle(everything, root);
  if (fullArticle.signs > 2 * article.signs && article.signs === 0)
    return { page: everything, article: fullArticle, hiddenCharacters: 0 };
  return { page: shown, article, hiddenCharacters: shown.hiddenCharacters };
}

/** Diagnostics for pages whose article has no tables but stands elsewhere: in an attachment, a frame, a picture. */
function pointersAway(parts: DocumentParts, about: PageProperties): Diagnostic[] {
  if (parts.tables.length > 0) return [];
  const characters = parts.blocks.reduce(
    (sum, block) => sum + (block.kind !== 'table' && block.region === 'body' ? block.text.length : 0),
    0,
  );
  const targets = [...about.attachments.map((attachment) => attachment.href), ...about.embedded];
  const message =
    targets.length > 0
      ? `the article has no tables but points to ${targets.slice(0, 3).join(', ')}`
      : about.imageCount > 0 && characters < SHORT_ARTICLE_CHARACTERS
        ? `the article has no tables but ${about.imageCount} pictures`
        : null;
  return message === null ? [] : [{ code: 'POINTS_TO_ATTACHMENT', message }];
}
