import { unifyRadicals } from '../../text/radicals.js';
import { decodeText } from '../decode-text.js';
import type { Flow } from '../markup/flow.js';
import { readPageStyle } from '../markup/page-style.js';
import { readHtmlFlow } from '../markup/html-flow.js';
import { parseHtml } from '../markup/parse-html.js';
import { longestPage, parameterOf, readMessage } from '../markup/read-message.js';
import { looksLikeHtml } from '../sniff-markup.js';

const MESSAGE = /^\s*(?:mime-version|content-type|from)\s*:/i;

/**
 * What an imported part (`w:altChunk`, 17.17.2.1) holds: HTML, alone or in an MHTML message, as programs write it that
 * make Word files of web pages. Nothing for parts in other formats.
 */
export function readChunk(bytes: Uint8Array): readonly Flow[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const page = MESSAGE.test(head) ? longestPage(readMessage(bytes)) : undefined;
  const declared = parameterOf(page?.headers.get('content-type') ?? '', 'charset') ?? undefined;
  const { text } = decodeText(page?.body ?? bytes, { declared, isMarkup: true });
  if (!page && !looksLikeHtml(text)) return [];
  const { root } = parseHtml(unifyRadicals(text));
  return readHtmlFlow(root, readPageStyle(root)).flow;
}
