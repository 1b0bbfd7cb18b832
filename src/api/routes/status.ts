import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { readPage, writeCursor } from '../http/cursor.js';
import { readStatus } from '../http/read-status.js';
import { answering, answeringWith, options } from '../http/route-options.js';
import {
  deadLetterList,
  deadLetterParams,
  deadLetterQuery,
  eventsQuery,
  revived,
  stats,
  status,
} from '../schemas/status.js';

/** Described as text; sent as it comes. */
const stream = z.string() as unknown as z.ZodType<Readable>;
const STATUS = options('read', 'work', 'How work stands', { response: answering(status) });
const STATS = options('read', 'work', 'Counts for the overview', { response: answering(stats) });
const EVENTS = options('read', 'work', 'Progress as server-sent events', {
  querystring: eventsQuery,
  response: answeringWith(
    'text/event-stream',
    stream,
    '`status` (Status) when it changes; with `document` also `presence` and `correction`.',
  ),
});
const DEAD = options('read', 'work', 'Runs that were given up on', {
  querystring: deadLetterQuery,
  response: answering(deadLetterList),
});
const RETRY = options('admin', 'work', 'Ask again for a run that was given up on', {
  params: deadLetterParams,
  response: answering(revived),
});

/** How work goes on, in numbers and as it happens. */
export function statusRoutes(app: TypedApp, parts: RouteParts): void {
  const { store, queues, events } = parts;
  app.get('/api/status', STATUS, () => readStatus(parts));
  app.get('/api/stats', STATS, async () => {
    const [counted, work] = await Promise.all([store.stats(), store.status()]);
    return { ...counted, failures: failuresOf(work) };
  });
  app.get('/api/events', EVENTS, ({ query }, reply) => {
    reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    void reply.send(events.listen(query.document ?? null));
  });
  app.get('/api/dead-letters', DEAD, async ({ query: { cursor, limit } }) => {
    const { after } = readPage(cursor, limit);
    const items = await store.deadLetters({ after: after?.id ?? null, limit });
    const last = items.at(-1);
    const isLast = last === undefined || items.length < limit;
    return { items, next: isLast ? null : writeCursor(null, last.runKey) };
  });
  app.post('/api/dead-letters/:runKey/retry', RETRY, async ({ params: { runKey } }) => {
    const pending = await store.revive(runKey, 'interactive');
    if (!pending) throw new AppError('NOT_FOUND', `No run ${runKey} was given up on.`);
    await queues.of(pending.queue).add([pending]);
    return { runKey, count: 1 };
  });
}

/** Failed runs and dead letters together, most frequent first. */
function failuresOf(work: {
  readonly failuresByCode: Readonly<Record<string, number>>;
  readonly deadByCode: Readonly<Record<string, number>>;
}) {
  const codes = new Set([...Object.keys(work.failuresByCode), ...Object.keys(work.deadByCode)]);
  return [...codes]
    .map((code) => ({ code, count: (work.failuresByCode[code] ?? 0) + (work.deadByCode[code] ?? 0) }))
    .sort((a, b) => b.count - a.count);
}
