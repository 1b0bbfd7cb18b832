import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasRedis, startRedis, type Service } from '../helpers/services.js';
import { openApi, type OpenApi } from './open-api.js';

const SECRETS = { reviewer: 'v'.repeat(16), admin: 'a'.repeat(16) };
const TOKENS = `ben:review:${SECRETS.reviewer},cho:admin:${SECRETS.admin}`;

if (!hasRedis()) console.warn('The tests of the queues are skipped: redis-server is missing.');
const describeWithRedis = hasRedis() ? describe : describe.skip;

describeWithRedis('the page of the queues', () => {
  let redis: Service;
  let api: OpenApi;
  beforeAll(async () => {
    redis = await startRedis();
    api = await openApi({ tokens: TOKENS, redisUrl: redis.url });
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
  });

  const ask = (secret: string | null) =>
    api.get('/admin/queues', {
      host: 'gongkai.example',
      ...(secret === null ? {} : { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` }),
    });

  test('asks a browser for the token, refuses reviewers and is shown to admins', async () => {
    const unknown = await ask(null);
    expect(unknown.statusCode).toBe(401);
    expect(unknown.headers['www-authenticate']).toBe('Basic realm="gongkai"');
    expect(unknown.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await ask(SECRETS.reviewer)).json()).toMatchObject({ code: 'FORBIDDEN' });
    const page = await ask(SECRETS.admin);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<title>');
  });
});
