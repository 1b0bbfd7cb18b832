import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface HealthSettings {
  readonly port: number;
  readonly host: string;
}

/** A probe that hangs is a service that is not ready. */
const PROBE_TIMEOUT_MS = 3_000;

/**
 * `/healthz` (the process lives), `/readyz` (`isReady` resolves: the services answer) and `/metrics`, for processes
 * that serve nothing else. Port 0 takes a free one.
 */
export async function startHealthServer(
  settings: HealthSettings,
  registry: Registry,
  isReady: () => Promise<void>,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'only GET\n');
    if (path === '/healthz') return send(response, 200, 'ok\n');
    if (path === '/readyz') return void sendReadiness(response, isReady);
    if (path === '/metrics') return void sendMetrics(response, registry);
    return send(response, 404, 'there are /healthz, /readyz and /metrics\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendReadiness(response: ServerResponse, isReady: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([isReady(), late]);
    send(response, 200, 'ready\n');
  } catch (error) {
    send(response, 503, `not ready: ${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    clearTimeout(timer);
  }
}

async function sendMetrics(response: ServerResponse, registry: Registry): Promise<void> {
  const text = await registry.metrics();
  response.setHeader('content-type', registry.contentType);
  send(response, 200, text);
}

function send(response: ServerResponse, status: number, text: string): void {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(text);
}
