import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.js';
import { problemOf, sendProblem } from '../http/problems.js';
import { allows, findToken, type Scope, type Token } from './tokens.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token needs for this route; `none` for everybody. Routes that do not say need `admin`. */
    scope?: Scope | 'none';
  }
  interface FastifyRequest {
    /** Who asks: null for nobody known. */
    caller: Token | null;
  }
}

const LOOPBACK_HOSTS = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_HOSTS.test(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
}

/** Finds out who asks, before anything is counted or refused. */
export function identify(app: FastifyInstance, tokens: readonly Token[]): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const secret = secretOf(request.headers.authorization);
    request.caller = secret === null ? null : findToken(tokens, secret);
    done();
  });
}

/**
 * Refuses what the caller may not do. With tokens: every route by its scope. Without: everything is allowed, but only
 * under a loopback name, so that no page of the network can reach it by renaming itself (DNS rebinding). In both
 * cases a page from elsewhere cannot change anything, since browsers say where a page comes from.
 */
export function guard(app: FastifyInstance, tokens: readonly Token[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = refuse(request, tokens);
    if (refusal?.code === 'UNAUTHENTICATED') {
      const isPage = request.url.startsWith('/admin/');
      void reply.header('www-authenticate', `${isPage ? 'Basic' : 'Bearer'} realm="gongkai"`);
    }
    // Answered here, because pages of libraries have error handlers of their own, which know no codes.
    if (refusal) void sendProblem(reply, problemOf(refusal.code, refusal.message, request));
    else done();
  });
}

function refuse(request: FastifyRequest, tokens: readonly Token[]): AppError | null {
  if (!SAFE_METHODS.has(request.method) && isFromElsewhere(request)) {
    return new AppError('FORBIDDEN', 'Pages of other sites may not change anything here.');
  }
  const needed = request.is404 ? 'none' : (request.routeOptions.config.scope ?? 'admin');
  if (tokens.length === 0) {
    if (LOOPBACK_HOSTS.test(request.host)) return null;
    return new AppError('FORBIDDEN', 'Without tokens this server answers only under a name of this machine.');
  }
  if (needed === 'none') return null;
  if (!request.caller) {
    return new AppError('UNAUTHENTICATED', `A token with the scope "${needed}" is needed.`);
  }
  if (allows(request.caller.scope, needed)) return null;
  return new AppError(
    'FORBIDDEN',
    `This needs the scope "${needed}"; the token has "${request.caller.scope}".`,
  );
}

function isFromElsewhere({ headers, host }: FastifyRequest): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** The secret of `Bearer …`, or the password of `Basic …` (what browsers send for pages). */
function secretOf(header: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
