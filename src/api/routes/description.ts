import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { LIBRARY_PAGE_POLICY } from '../security/headers.js';

const DOCS = '/api/docs';

/** Collects the routes that are declared after it. */
export async function collectDescription(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'gongkai',
        version: '1.0.0',
        description: 'Records of government-openness annual reports: search, review, compare, export.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** OpenAPI 3.1 at /api/openapi.json, and a page to browse it. Both tell nothing that the source code does not. */
export async function descriptionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { config: { scope: 'none' }, schema: { hide: true } }, () => app.swagger());
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'none' };
    });
    pages.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('content-security-policy', LIBRARY_PAGE_POLICY);
      done(null, payload);
    });
    await pages.register(swaggerUi, { routePrefix: DOCS, uiConfig: { url: '/api/openapi.json' } });
  });
}
