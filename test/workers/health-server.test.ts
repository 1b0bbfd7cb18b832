import { afterEach, describe, expect, it } from '@jest/globals';
import { startHealthServer, type HealthServer } from '../../src/observability/health-server.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { aRecord } from '../helpers/record-builder.js';

describe('the health server', () => {
  let server: HealthServer;
  let isReady = () => Promise.resolve();
  afterEach(() => server.close());

  it('tells whether the process lives, whether its services answer, and what it did', async () => {
    const metrics = createMetrics(() => Promise.resolve({ waiting: 3, active: 1, delayed: 0 }));
    metrics.recordKept(aRecord({ confidence: 0.97 }));
    metrics.failed('SOURCE_CORRUPT');
    metrics.stageTook('read', 0.02);
    server = await startHealthServer({ port: 0, host: '127.0.0.1' }, metrics.registry, () => isReady());
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    expect((await get('/readyz')).status).toBe(200);
    isReady = () => Promise.reject(new Error('no database'));
    expect(await get('/readyz')).toEqual({ status: 503, text: 'not ready: no database\n' });
    const { text } = await get('/metrics');
    expect(text).toContain('gongkai_queue_jobs{state="waiting"} 3');
    expect(text).toContain('gongkai_record_confidence_bucket{le="0.98",form="2021"} 1');
    expect(text).toContain('gongkai_failures_total{code="SOURCE_CORRUPT"} 1');
    expect(text).toContain('gongkai_stage_seconds_count{stage="read"} 1');
    expect((await get('/other')).status).toBe(404);
  });
});
