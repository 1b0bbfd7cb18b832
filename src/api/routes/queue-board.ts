import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../ports/logger.js';
import { openBoardQueues } from '../../queue/board-queues.js';
import { LIBRARY_PAGE_POLICY } from '../security/headers.js';

const BOARD = '/admin/queues';

/** Bull Board, for admins: what waits, runs and failed in Redis. */
export async function queueBoard(app: FastifyInstance, redisUrl: string, logger: Logger): Promise<void> {
  const board = openBoardQueues(redisUrl, (error) => logger.warn({ error }, 'the queue board lost Redis'));
  app.addHook('onClose', () => board.close());
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(BOARD);
  createBullBoard({ queues: board.queues.map((queue) => new BullMQAdapter(queue)), serverAdapter });
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'admin' };
    });
    pages.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('content-security-policy', LIBRARY_PAGE_POLICY);
      done(null, payload);
    });
    // Its routes have no zod schemas.
    pages.setValidatorCompiler(() => () => true);
    pages.setSerializerCompiler(() => (data) => JSON.stringify(data));
    await pages.register(serverAdapter.registerPlugin(), { prefix: BOARD });
  });
}
