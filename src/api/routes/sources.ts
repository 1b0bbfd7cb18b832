import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import type { DocumentInfo } from '../../model/run.js';
import type { DisplayResult } from '../../pipeline/display-source.js';
import { EXTRACTOR_VERSION } from '../../pipeline/settings.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { DisplayCache, poolRequest } from '../display-cache.js';
import { attachment, mediaTypeFor } from '../http/file-name.js';
import { findCurrent, findDocument } from '../http/find-document.js';
import { answering, answeringWith, options } from '../http/route-options.js';
import { renderDocument } from '../render/render-document.js';
import { documentParams, pageParams, sourceView, textQuery } from '../schemas/documents.js';
import { DOCUMENT_POLICY } from '../security/headers.js';

/** Described as text of the format `binary`, as OpenAPI has it. */
const bytes = z.string().meta({ format: 'binary' }) as unknown as z.ZodType<Uint8Array>;
const SOURCE = options('read', 'sources', 'The bytes of the source, to be saved', {
  params: documentParams,
  response: answeringWith('application/octet-stream', bytes, 'The bytes, as an attachment.'),
});
const VIEW = options('read', 'sources', 'How the source can be shown', {
  params: documentParams,
  response: answering(sourceView),
});
const TEXT = options('read', 'sources', 'The decoded text that character evidence counts in', {
  params: documentParams,
  querystring: textQuery,
  response: answeringWith('text/plain', z.string(), 'The text, or the part asked for.'),
});
const RENDERING = options('read', 'sources', 'The source as HTML without scripts, cells with ids', {
  params: documentParams,
  response: answeringWith('text/html', z.string(), 'A page that loads nothing and runs nothing.'),
});
const PAGE = options('read', 'sources', 'A page of a picture', {
  params: pageParams,
  response: answeringWith('image/*', bytes, 'PNG or JPEG.'),
});

/** What a source looks like. Whatever comes out of a document is sent so that no browser runs it. */
export function sourceRoutes(app: TypedApp, { store, objects, reader }: RouteParts): void {
  const cache = new DisplayCache(objects, reader);
  app.get('/api/documents/:id/source', SOURCE, async (request, reply) => {
    const { id } = request.params;
    const document = await findDocument(store, id);
    const format = (await findCurrent(store, id))?.record.extraction.extractor ?? null;
    if (isKnown(request, reply, document, 'source')) return reply;
    const name = document.path ?? lastPart(document.uri) ?? document.sha256;
    return asDocument(reply)
      .type(mediaTypeFor(format))
      .header('content-disposition', attachment(name, format))
      .send(Buffer.from(await objects.get(document.sha256)));
  });
  app.get('/api/documents/:id/view', VIEW, async ({ params: { id } }) =>
    toView(id, await cache.read(await findDocument(store, id))),
  );
  app.get('/api/documents/:id/text', TEXT, async (request, reply) => {
    const { from, length } = request.query;
    const document = await findDocument(store, request.params.id);
    if (isKnown(request, reply, document, `text-${from}-${length ?? ''}`)) return reply;
    const { text } = await cache.read(document);
    if (text === null) throw new AppError('NOT_FOUND', 'This source is not text.');
    const part = text.slice(from, length === undefined ? undefined : from + length);
    return asDocument(reply)
      .type('text/plain; charset=utf-8')
      .header('x-total-characters', text.length)
      .send(part);
  });
  app.get('/api/documents/:id/rendering', RENDERING, async (request, reply) => {
    const document = await findDocument(store, request.params.id);
    if (isKnown(request, reply, document, 'rendering')) return reply;
    const display = await cache.read(document);
    if (!display.document) throw new AppError('NOT_FOUND', 'This source is shown as it is: see its view.');
    return asDocument(reply).type('text/html; charset=utf-8').send(renderDocument(display.document));
  });
  app.get('/api/documents/:id/pages/:pageNumber', PAGE, async (request, reply) => {
    const { id, pageNumber } = request.params;
    const document = await findDocument(store, id);
    if (isKnown(request, reply, document, `page-${pageNumber}`)) return reply;
    const { picture, error } = await reader.readPicture(poolRequest(objects, document), pageNumber);
    if (!picture) throw new AppError(error?.code ?? 'NOT_FOUND', error?.message ?? 'There is no such page.');
    return asDocument(reply).type(picture.mediaType).send(Buffer.from(picture.bytes));
  });
}

function toView(id: string, { format, pages, text, document }: DisplayResult) {
  const address = `/api/documents/${id}`;
  const show = format === 'pdf' ? 'pdf' : format === 'image' ? 'pages' : text !== null ? 'text' : 'html';
  return {
    documentId: id,
    format: format ?? 'none',
    show,
    source: `${address}/source`,
    text: text === null ? null : `${address}/text`,
    rendering: document ? `${address}/rendering` : null,
    pages: pages.map(({ pageNumber, width, height }) => ({
      ...{ pageNumber, width, height },
      image: format === 'image' ? `${address}/pages/${pageNumber}` : null,
    })),
    characters: text?.length ?? null,
  } as const;
}

/** Nothing from a document may run or load anything, whatever a browser takes it for. */
function asDocument<T extends Pick<FastifyReply, 'header'>>(reply: T): T {
  reply.header('content-security-policy', DOCUMENT_POLICY);
  return reply;
}

/** Answers 304 where the browser has it: sources never change, what is made of them changes with the version. */
function isKnown(
  request: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'header' | 'code' | 'send'>,
  { sha256 }: DocumentInfo,
  kind: string,
): boolean {
  const tag = `"${sha256.slice(0, 32)}-${kind}-${EXTRACTOR_VERSION}"`;
  reply.header('etag', tag);
  reply.header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] !== tag) return false;
  reply.code(304);
  reply.send();
  return true;
}

function lastPart(uri: string | null): string | null {
  if (uri === null || !URL.canParse(uri)) return uri;
  const part = new URL(uri).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    // Not UTF-8 behind the percent signs: the sign's own spelling will do.
    return part;
  }
}
