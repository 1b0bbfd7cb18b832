import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { AppError } from '../errors/app-error.js';
import { typed, type AppParts, type RouteParts } from './app-parts.js';
import { EventHub } from './events/event-hub.js';
import { handleErrors } from './http/problems.js';
import { readStatus } from './http/read-status.js';
import { agencyRoutes } from './routes/agencies.js';
import { appFiles } from './routes/app-files.js';
import { correctionRoutes } from './routes/corrections.js';
import { collectDescription, descriptionRoutes } from './routes/description.js';
import { documentRoutes } from './routes/documents.js';
import { exportRoutes } from './routes/exports.js';
import { formRoutes } from './routes/forms.js';
import { queueBoard } from './routes/queue-board.js';
import { reprocessRoutes } from './routes/reprocess.js';
import { reviewRoutes } from './routes/review.js';
import { runRoutes } from './routes/runs.js';
import { serviceRoutes } from './routes/service.js';
import { sourceRoutes } from './routes/sources.js';
import { statusRoutes } from './routes/status.js';
import { uploadRoutes } from './routes/uploads.js';
import { guard, identify } from './security/guard.js';
import { HELMET_OPTIONS } from './security/headers.js';

/** Run keys and field keys in addresses are longer than Fastify expects of parameters. */
const LONGEST_PARAMETER = 500;
const FORM_FIELDS = 20;

/** The HTTP application, ready to listen or to be asked in a test. Closing it leaves the parts to their owner. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: parts.limits.bodyBytes,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: true,
    return503OnClosing: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app, parts.logger);
  await protect(app, parts);
  await collectDescription(app);
  const events = new EventHub(() => readStatus(parts), parts.clock, parts.logger);
  app.addHook('preClose', () => events.close());
  addRoutes(app, { ...parts, events });
  await descriptionRoutes(app);
  if (parts.redisUrl !== null) await queueBoard(app, parts.redisUrl, parts.logger);
  await appFiles(app, parts.appFolder);
  return app;
}

/** In this order: headers on whatever is answered, who asks, how often, whether they may. */
async function protect(app: FastifyInstance, { tokens, limits }: AppParts): Promise<void> {
  await app.register(helmet, HELMET_OPTIONS);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done();
  });
  identify(app, tokens);
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    allowList: ({ url }) => url === '/healthz',
    keyGenerator: ({ caller, ip }) => (caller ? `token ${caller.name}` : ip),
    errorResponseBuilder: (_request, { after }) =>
      new AppError('RATE_LIMITED', `Too many requests; the next may come after ${after}.`),
  });
  // As a hook of the whole app, so that wrong tokens are counted before they are refused.
  app.addHook('onRequest', app.rateLimit());
  guard(app, tokens);
  await app.register(multipart, {
    limits: {
      fileSize: limits.uploadBytes,
      files: limits.uploadFiles,
      fieldSize: limits.bodyBytes,
      fields: FORM_FIELDS,
      parts: limits.uploadFiles + FORM_FIELDS,
    },
    throwFileSizeLimit: false,
  });
}

function addRoutes(app: FastifyInstance, parts: RouteParts): void {
  const routes = typed(app);
  serviceRoutes(routes, parts);
  documentRoutes(routes, parts);
  sourceRoutes(routes, parts);
  uploadRoutes(routes, parts);
  runRoutes(routes, parts);
  formRoutes(routes);
  reviewRoutes(routes, parts);
  correctionRoutes(routes, parts);
  agencyRoutes(routes, parts);
  statusRoutes(routes, parts);
  exportRoutes(routes, parts);
  reprocessRoutes(routes, parts);
}
