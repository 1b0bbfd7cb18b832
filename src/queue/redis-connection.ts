import { Cluster, Redis } from 'ioredis';
import { AppError } from '../errors/app-error.js';

export type RedisConnection = Redis | Cluster;

/** How often a producer's call is repeated while Redis is away: about ten seconds, longer than a restart takes. */
const PRODUCER_RETRIES = 20;
const LONGEST_RECONNECT_PAUSE_MS = 1_000;
const RECONNECT_STEP_MS = 50;

/**
 * A connection to Redis, or to a Cluster where the setting names several nodes with commas between. Consumers wait
 * for Redis without end; producers give up after a while. Errors: CONFIG_INVALID for what is no such address.
 */
export function redisConnection(setting: string, role: 'producer' | 'consumer'): RedisConnection {
  const urls = setting.split(',').map(parseRedisUrl);
  const options = {
    maxRetriesPerRequest: role === 'consumer' ? null : PRODUCER_RETRIES,
    retryStrategy: (times: number) => Math.min(times * RECONNECT_STEP_MS, LONGEST_RECONNECT_PAUSE_MS),
  };
  const [first] = urls;
  if (urls.length === 1 && first) return new Redis(first.href, options);
  const nodes = urls.map((url) => ({ host: url.hostname, port: Number(url.port || '6379') }));
  const password = first?.password ? { password: decodeURIComponent(first.password) } : {};
  const tls = first?.protocol === 'rediss:' ? { tls: {} } : {};
  return new Cluster(nodes, { redisOptions: { ...options, ...password, ...tls } });
}

function parseRedisUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url && /^rediss?:$/.test(url.protocol)) return url;
  throw new AppError(
    'CONFIG_INVALID',
    'GONGKAI_REDIS_URL must be an address such as redis://localhost:6379.',
  );
}
