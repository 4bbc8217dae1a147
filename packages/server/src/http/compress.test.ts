import { gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerCompression } from './compress.ts';

const LIST = { tasks: Array.from({ length: 200 }, (_, index) => ({ name: `Task ${index} 任务` })) };

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify();
  registerCompression(app);
  app.get('/list', () => LIST);
  app.get('/small', () => ({ ok: true }));
  app.post('/list', () => LIST);
});
afterAll(() => app.close());

const ask = (accepted: string | undefined, url = '/list', method: 'GET' | 'POST' = 'GET') =>
  app.inject({
    method,
    url,
    headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
  });

describe('answers of the API', () => {
  test('travel compressed to who takes it, and are the same when unpacked', async () => {
    const reply = await ask('br, gzip');
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(reply.rawPayload).toString())).toEqual(LIST);
    expect(reply.rawPayload.length * 5).toBeLessThan(JSON.stringify(LIST).length);
  });

  test.each([undefined, 'br', 'gzip;q=0', 'identity'])(
    'stay as they are for “%s”',
    async (accepted) => {
      const reply = await ask(accepted);
      expect(reply.headers).not.toHaveProperty('content-encoding');
      expect(reply.headers.vary).toBe('accept-encoding');
      expect(reply.json()).toEqual(LIST);
    },
  );

  test('stay as they are when they are small, and when something was written', async () => {
    for (const reply of [await ask('gzip', '/small'), await ask('gzip', '/list', 'POST')])
      expect(reply.headers).not.toHaveProperty('content-encoding');
  });
});
