import { once } from 'node:events';
import { connect } from 'node:net';
import Fastify, { type FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { RATE_LIMITS, registerRateLimits, signInLimit } from './rate-limits.ts';

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
    ...RATE_LIMITS,
    apiPerMinute: 100,
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

test('B12.6 who has a whole IPv6 network has no more guesses than one address', async () => {
  const app = Fastify();
  const limits = { ...RATE_LIMITS, signInPerMinute: 2, signInPerAddress: 3 };
  await registerRateLimits(app, limits);
  app.post('/sign-in', signInLimit(app, limits), async () => 'here');
  const guess = async (remoteAddress: string, email: string) => {
    const payload = { email };
    return (await app.inject({ method: 'POST', url: '/sign-in', remoteAddress, payload }))
      .statusCode;
  };
  const codes = [
    await guess('2001:db8:1:2::1', 'mara@tandem.example'),
    await guess('2001:db8:1:2:3:4:5:6', 'mara@tandem.example'),
    await guess('2001:db8:1:2:ffff::', 'mara@tandem.example'),
    await guess('2001:db8:1:2::9', 'bo@tandem.example'),
    await guess('2001:db8:1:3::1', 'mara@tandem.example'),
    await guess('192.0.2.1', 'mara@tandem.example'),
    await guess('::ffff:192.0.2.2', 'mara@tandem.example'),
    await guess('::ffff:192.0.2.3', 'mara@tandem.example'),
  ];
  expect(codes).toEqual([200, 200, 429, 429, 200, 200, 200, 200]);
  await app.close();
});
