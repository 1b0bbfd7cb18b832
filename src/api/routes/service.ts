import { asAppError } from '../../errors/app-error.js';
import { createHttpMetrics } from '../../observability/http-metrics.js';
import type { RouteParts, TypedApp } from '../app-parts.js';

/** A probe that hangs is a service that is not ready. */
const PROBE_TIMEOUT_MS = 3_000;
const MS = 1_000;

/** `/healthz` (the process lives), `/readyz` (what it needs answers) and `/metrics`. */
export function serviceRoutes(app: TypedApp, { store, objects, queues, registry, clock }: RouteParts): void {
  const hidden = { schema: { hide: true } };
  const metrics = createHttpMetrics(registry);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / MS);
    done();
  });
  app.get('/healthz', { ...hidden, config: { scope: 'none' } }, (_request, reply) => {
    void reply.type('text/plain').send('ok\n');
  });
  app.get('/readyz', { ...hidden, config: { scope: 'none' } }, async (_request, reply) => {
    const probes = Promise.all([store.ping(), objects.ping(), queues.ping()]).then(() => 'ready');
    const late = clock.sleep(PROBE_TIMEOUT_MS).then(() => 'no answer in time');
    // What failed is named by its code; messages may hold addresses, which are nobody's business here.
    const found = await Promise.race([probes, late]).catch((error: unknown) => codeOf(error));
    await reply
      .code(found === 'ready' ? 200 : 503)
      .type('text/plain')
      .send(`${found}\n`);
  });
  app.get('/metrics', { ...hidden, config: { scope: 'read' } }, async (_request, reply) => {
    await reply.type(registry.contentType).send(await registry.metrics());
  });
}

function codeOf(error: unknown): string {
  return `not ready: ${asAppError(error, 'STORE_UNAVAILABLE').code}`;
}
