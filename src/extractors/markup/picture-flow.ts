import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import type { PictureReader } from '../paged/read-picture.js';
import type { Flow, FlowRow, FlowText } from './flow.js';

/** Attribute of a cell that holds how sure its recognition was. */
export const RECOGNISED = 'data-recognised';

const IMAGE_ELEMENT = /<img\b[^>]*>/gi;
const SOURCE = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const DATA_URI = /^data:image\/(?:png|jpe?g)\b[^,]*;base64,(.+)$/is;

/** What a picture says, in the shape of everything else that stands around it. */
export function pictureFlow(document: Document): Flow[] {
  return document.blocks.map((block): Flow => {
    if (block.kind !== 'table') return textOf(block.text, block.kind);
    const table = document.tables[block.tableIndex];
    const rows = Array.from({ length: table?.rowCount ?? 0 }, (_, rowIndex): FlowRow => ({
      cells: (table?.cells ?? [])
        .filter((cell) => cell.rowIndex === rowIndex)
        .map((cell) => ({
          content: cell.text.split('\n').flatMap((line) => (line === '' ? [] : [textOf(line, 'paragraph')])),
          rowSpan: cell.rowSpan,
          columnSpan: cell.columnSpan,
          ...(cell.confidence === undefined ? {} : { confidence: cell.confidence }),
        })),
    }));
    return { kind: 'table', region: 'body', rows };
  });
}

function textOf(text: string, role: FlowText['role']): FlowText {
  return { kind: 'text', role, region: 'body', text: text.replaceAll('\n', ' ') };
}

/**
 * The page with every picture it carries replaced by the markup of what the picture says. Pictures are given by their
 * address: as `data:` in the page itself, otherwise by `find`, which knows what came along with the page.
 */
export async function replacePictures(
  html: string,
  find: (address: string) => Uint8Array | null,
  reader: PictureReader,
): Promise<string> {
  const pieces: string[] = [];
  let end = 0;
  for (const match of html.matchAll(IMAGE_ELEMENT)) {
    const source = SOURCE.exec(match[0]);
    const bytes = bytesOf((source?.[1] ?? source?.[2] ?? source?.[3] ?? '').trim(), find);
    const document = bytes && (await reader.read(bytes));
    if (!document) continue;
    pieces.push(html.slice(end, match.index), markupOf(pictureFlow(document)));
    end = match.index + match[0].length;
  }
  pieces.push(html.slice(end));
  return pieces.join('');
}

function bytesOf(address: string, find: (address: string) => Uint8Array | null): Uint8Array | null {
  const data = DATA_URI.exec(address)?.[1];
  return data === undefined ? find(address) : new Uint8Array(Buffer.from(data, 'base64'));
}

/** Diagnostics about the pictures that were read, and those that were not. */
export function pictureDiagnostics({ readCount, leftCount }: PictureReader): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (readCount > 0) found.push({ code: 'OCR_USED', message: `${readCount} pictures were read by OCR` });
  if (leftCount > 0)
    found.push({ code: 'TRUNCATED_READ', message: `${leftCount} more pictures were not looked at` });
  return found;
}

function markupOf(flow: readonly Flow[]): string {
  return flow
    .map((item) => {
      if (item.kind === 'text') {
        const name = item.role === 'heading' ? 'h3' : 'p';
        return `<${name}>${escapeMarkup(item.text)}</${name}>`;
      }
      return `<table>${item.rows.map(rowMarkup).join('')}</table>`;
    })
    .join('');
}

function rowMarkup({ cells }: FlowRow): string {
  const parts = cells.map(({ content, rowSpan, columnSpan, confidence }) => {
    const sure = confidence === undefined ? '' : ` ${RECOGNISED}="${confidence}"`;
    return `<td rowspan="${rowSpan}" colspan="${columnSpan}"${sure}>${markupOf(content)}</td>`;
  });
  return `<tr>${parts.join('')}</tr>`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
