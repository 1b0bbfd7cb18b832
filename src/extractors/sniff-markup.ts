import type { Format } from '../model/document.js';

/** So much of a text is enough to tell markup from prose. */
const SAMPLE_CHARACTERS = 64 * 1024;
/** The start tag of a page stands at most so far behind junk (HTTP headers, a server's warning). */
const MAX_JUNK_CHARACTERS = 2_048;

const PAGE_START = /^<(?:!doctype\s+(?:html|pdf2xml)|html|head|body|meta|title|frameset|pdf2xml)\b/i;
const LATE_PAGE_START = /<!doctype\s+html|<html[\s>]/i;
const KNOWN_TAG =
  /<\/?(?:a|abbr|b|big|blockquote|body|br|center|dd|div|dl|dt|em|font|form|h[1-6]|hr|i|img|input|li|link|main|article|section|nav|ol|p|pre|script|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul|o:p)\b[^<>]*>/i;
const TABLE = /<table\b[\s\S]*?<\/table\s*>/gi;
const INVISIBLE = /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi;
const MARKDOWN_LINE = /^\s{0,3}(?:#{1,6}\s|\|.*\||```|(?:-{3,}|\*{3,})\s*$|\*\*|!?\[[^\]]*\]\()/;

/**
 * True for web pages and fragments of them, false for plain text, Markdown included: Markdown with HTML tables in it is
 * text. A fragment is HTML when most of its lines outside tables hold tags and none is a mark of Markdown.
 */
export function looksLikeHtml(text: string): boolean {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  if (PAGE_START.test(withoutPrologue(sample))) return true;
  const late = sample.slice(0, MAX_JUNK_CHARACTERS).search(LATE_PAGE_START);
  if (late >= 0 && !MARKDOWN_LINE.test(sample)) return true;
  if (!KNOWN_TAG.test(sample)) return false;
  const lines = sample
    .replace(INVISIBLE, '\n')
    .replace(TABLE, '\n')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  if (lines.some((line) => MARKDOWN_LINE.test(line))) return false;
  const tagged = lines.filter((line) => KNOWN_TAG.test(line)).length;
  return tagged * 2 >= lines.length;
}

/** Office documents that are one XML file: start tag, the namespace that it names, and whose extractor reads it. */
const OFFICE_XML: readonly (readonly [RegExp, string, Format])[] = [
  [/^<(?:\w+:)?wordDocument\b/, 'schemas.microsoft.com/office/word/2003/wordml', 'docx'],
  [/^<(?:\w+:)?package\b/, 'schemas.microsoft.com/office/2006/xmlPackage', 'docx'],
  [/^<(?:\w+:)?Workbook\b/, 'urn:schemas-microsoft-com:office:spreadsheet', 'sheet'],
  [/^<office:document\b/, 'application/vnd.oasis.opendocument.text', 'odt'],
];

/** The format of an office document in one XML file, or null for other text. */
export function officeXmlFormat(text: string): Format | null {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const start = withoutPrologue(sample);
  const found = OFFICE_XML.find(([tag, namespace]) => tag.test(start) && sample.includes(namespace));
  return found?.[2] ?? null;
}

/** Without white space, comments and processing instructions in front. */
function withoutPrologue(text: string): string {
  let at = 0;
  for (;;) {
    while (at < text.length && text.charAt(at).trim() === '') at++;
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '>' : null;
    if (end === null) return text.slice(at, at + MAX_JUNK_CHARACTERS);
    const close = text.indexOf(end, at);
    if (close < 0) return '';
    at = close + end.length;
  }
}
