import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../../src/store/s3-object-store.js';

const SECRET = 'test-secret';

/**
 * The few calls of S3 that are used, over memory. Debian has no S3-compatible server, so this one checks what matters:
 * the signature of every request (computed here from Amazon's description, not by the client's library), and that what
 * is put has the hash that was signed.
 */
export async function startS3(bucket: string): Promise<{ settings: S3Settings; stop(): Promise<void> }> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => void answer(request, response, bucket, objects));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket,
      region: 'us-east-1',
      accessKeyId: 'test-key',
      secretAccessKey: SECRET,
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: string,
  objects: Map<string, Buffer>,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const path = (request.url ?? '').split('?')[0] ?? '';
  const found = path === `/${bucket}` ? Buffer.alloc(0) : objects.get(path);
  if (!isSigned(request, path)) response.writeHead(403).end();
  else if (request.method === 'PUT' && !isAsSigned(request, body)) response.writeHead(400).end();
  else if (request.method === 'PUT') {
    objects.set(path, body);
    response.writeHead(200).end();
  } else if (!found) response.writeHead(404).end();
  else
    response
      .writeHead(200, { 'content-length': found.length })
      .end(request.method === 'GET' ? found : undefined);
}

function isAsSigned(request: IncomingMessage, body: Buffer): boolean {
  return request.headers['x-amz-content-sha256'] === createHash('sha256').update(body).digest('hex');
}

function isSigned(request: IncomingMessage, path: string): boolean {
  const pattern =
    /Credential=[^/]+\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/;
  const [, day = '', region = '', signed = '', signature] =
    pattern.exec(request.headers.authorization ?? '') ?? [];
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const payload = String(request.headers['x-amz-content-sha256']);
  const canonical = [request.method, path, '', headers.join(''), signed, payload].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, digest].join('\n');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(key, text).toString('hex') === signature;
}
