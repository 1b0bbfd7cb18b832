import { Histogram, type Registry } from 'prom-client';

const BUCKETS_S = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Times answers by method, route (as declared, not as asked for) and status. */
export function createHttpMetrics(registry: Registry) {
  const answers = new Histogram({
    name: 'gongkai_http_seconds',
    help: 'Time from request to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_S,
    registers: [registry],
  });
  return {
    answered: (method: string, route: string, status: number, seconds: number) =>
      answers.observe({ method, route, status: String(status) }, seconds),
  };
}
