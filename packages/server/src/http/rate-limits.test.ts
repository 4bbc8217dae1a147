import { once } from 'node:events';
import { connect } from 'node:net';
import Fastify, { type FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { registerRateLimits } from './rate-limits.ts';

test('B12.3 a client that hangs up before it is counted is no error', async () => {
  const app = Fastify({ trustProxy: 'loopback' });
  const faults: unknown[] = [];
  app.setErrorHandler((error, _request, reply) => {
    faults.push(error);
    return reply.status(500).send();
  });
  let arrived: (request: FastifyRequest) => void = () => {};
  const first = new Promise<FastifyRequest>((resolve) => {
    arrived = resolve;
  });
  app.addHook('onRequest', async (request) => {
    arrived(request);
    if (request.url === '/hangs-up') await once(request.raw.socket, 'close');
  });
  await registerRateLimits(app, {
    apiPerMinute: 100,
    signInPerMinute: 100,
    signInPerAddress: 1_000,
  });
  const handled: string[] = [];
  app.get('/*', async (request) => {
    handled.push(request.url);
    return 'here';
  });
  const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const client = connect(Number(url.port), url.hostname);
  client.write('GET /hangs-up HTTP/1.1\r\nHost: x\r\n\r\n');
  const request = await first;
  const gone = once(request.raw.socket, 'close');
  client.destroy();
  await gone;
  expect(await (await fetch(new URL('/stays', url))).text()).toBe('here');
  await app.close();
  expect([faults, handled]).toEqual([[], ['/stays']]);
});
