import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from '../http/problems.js';

/** Vite puts a hash of the content into these names. */
const HASHED_FILE = /[/\\]assets[/\\]/;
const YEAR_S = 31_536_000;
/** Paths that are never a page of the app. */
const OTHER_PATHS = /^\/(?:api|admin|assets|metrics|healthz|readyz)(?:\/|$)/;

/**
 * The built web app and, for its own addresses, its page; problem documents for everything that is not there. Without
 * a built app `/` leads to the description of the API.
 */
export async function appFiles(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null) {
    app.get('/', { config: { scope: 'none' }, schema: { hide: true } }, (_request, reply) => {
      void reply.redirect('/api/docs');
    });
  } else {
    await app.register(async (files) => {
      files.addHook('onRoute', (route) => {
        route.config = { ...route.config, scope: 'none' };
        route.schema = { ...route.schema, hide: true };
      });
      await files.register(fastifyStatic, {
        root: folder,
        cacheControl: false,
        setHeaders: (reply, path) => {
          const isHashed = HASHED_FILE.test(path);
          reply.header('cache-control', isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
        },
      });
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (folder !== null && isPage(request))
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return sendMissing(request, reply);
  });
}

function isPage({ method, url }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? '';
  return (method === 'GET' || method === 'HEAD') && !OTHER_PATHS.test(path) && !/\.[^/]*$/.test(path);
}

function sendMissing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`;
  return sendProblem(reply, problemOf('NOT_FOUND', detail, request));
}
