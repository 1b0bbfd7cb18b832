import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from '../../errors/app-error.js';
import { CATALOGUE, type ErrorCode } from '../../errors/codes.js';
import type { Logger } from '../../ports/logger.js';
import { CorrectionConflict } from './correction-conflict.js';
import { problem, type Problem } from '../schemas/common.js';

const PROBLEM_TYPE = 'application/problem+json';
/** Problem types are names, explained in docs/errors.md; nothing is to be fetched. */
const TYPE_PREFIX = 'urn:gongkai:error:';

/** What every route may answer besides its success. */
export const PROBLEM_RESPONSES = {
  '4xx': { description: 'Refused.', content: { [PROBLEM_TYPE]: { schema: problem } } },
  '5xx': { description: 'Failed.', content: { [PROBLEM_TYPE]: { schema: problem } } },
} as const;

/** Turns everything that a route throws into a problem document: the API's only translator from code to status. */
export function handleErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const found = toProblem(error, request);
    if (found.status >= 500) {
      const cause = error instanceof Error ? error : new Error(String(error));
      logger.error({ error: cause, code: found.code, route: request.routeOptions.url }, 'request failed');
    }
    return sendProblem(reply, found);
  });
}

/** Sends a problem document with its own status. */
export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  // What the route had begun to say about the body does not hold for this one.
  for (const name of ['etag', 'content-disposition']) reply.removeHeader(name);
  reply.header('cache-control', 'no-store');
  return reply.code(found.status).type(PROBLEM_TYPE).send(JSON.stringify(found));
}

/** The problem document for a code of the catalogue. */
export function problemOf(
  code: ErrorCode,
  detail: string,
  request: Pick<FastifyRequest, 'url'>,
  more: Partial<Problem> = {},
): Problem {
  const { help, status } = CATALOGUE[code];
  const instance = request.url.split('?')[0] ?? '';
  return { type: TYPE_PREFIX + code, title: help, status, code, detail, instance, ...more };
}

function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? 'body'}${instancePath}`,
      message: message ?? 'does not fit',
    }));
    const detail = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return problemOf('REQUEST_INVALID', detail, request, { problems });
  }
  if (error instanceof CorrectionConflict) {
    return problemOf(error.code, error.message, request, { latest: error.latest });
  }
  if (error instanceof AppError && error.category !== 'bug') {
    return problemOf(error.code, error.message, request);
  }
  const { code, detail } = ofFramework(error);
  return problemOf(code, detail, request);
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'SOURCE_TOO_LARGE',
  429: 'RATE_LIMITED',
};

/** Errors of Fastify and its plugins carry a status. What is wrong inside is logged and not told. */
function ofFramework(error: unknown): { code: ErrorCode; detail: string } {
  const status = statusOf(error);
  if (status === null || status >= 500) {
    return { code: 'INVARIANT_BROKEN', detail: 'Something went wrong inside the server; its log says what.' };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { code: BY_STATUS[status] ?? 'REQUEST_INVALID', detail };
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 ? error.statusCode : null;
}
