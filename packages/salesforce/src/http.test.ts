import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type HttpRequest, send } from './http.ts';

let server: Server | null = null;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

afterEach(async () => {
  const running = server;
  server = null;
  if (running === null) return;
  running.closeAllConnections();
  await new Promise((resolve) => running.close(resolve));
});

function post(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    url,
    headers: {},
    body: '{}',
    timeoutMs: 5_000,
    maxReplyBytes: 1_000,
    ...change,
  };
}

test('a reply brings status, headers and text', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(418, { 'x-a': 'b' }).end('käse');
  });
  const result = await send(fetch, post(url));
  expect(result).toMatchObject({ kind: 'reply', status: 418, text: 'käse' });
  expect(result.kind === 'reply' && result.headers.get('x-a')).toBe('b');
});

test('a reply that is cut within its body is lost, at once', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('[{"id":', () => response.destroy());
  });
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'lost', timedOut: false });
});

test('a connection that ends after the request is lost, and the request is not sent again', async () => {
  let seen = 0;
  const url = await serve((request) => {
    seen += 1;
    request.resume().on('end', () => request.socket.destroy());
  });
  for (const method of ['POST', 'PATCH', 'DELETE', 'GET'] as const) {
    const body = method === 'GET' ? null : '{}';
    expect(await send(fetch, post(url, { method, body }))).toMatchObject({ kind: 'lost' });
  }
  expect(seen).toBe(4);
});

test('a kept-alive connection that the server cuts on the second request does not repeat it', async () => {
  let seen = 0;
  const url = await serve((request, response) => {
    seen += 1;
    if (seen === 1) response.end('first');
    else request.resume().on('end', () => request.socket.destroy());
  });
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'reply' });
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'lost' });
  expect(seen).toBe(2);
});

test('the time limit covers the wait for a reply and the rest of its body', async () => {
  const silent = await serve(() => {});
  expect(await send(fetch, post(silent, { timeoutMs: 50 }))).toMatchObject({
    kind: 'lost',
    timedOut: true,
  });
  server?.closeAllConnections();
  server?.close();
  const stalling = await serve((_request, response) => {
    response.writeHead(200).write('[');
  });
  expect(await send(fetch, post(stalling, { timeoutMs: 50 }))).toMatchObject({
    kind: 'lost',
    timedOut: true,
  });
});

test('a server that is not there was never reached', async () => {
  const url = await serve(() => {});
  await new Promise((resolve) => server?.close(resolve));
  server = null;
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'not_sent' });
});

test('a redirect is an answer, the token goes nowhere else', async () => {
  let seen = 0;
  const url = await serve((_request, response) => {
    seen += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'reply', status: 302 });
  expect(seen).toBe(1);
});

test('a reply longer than allowed is given up', async () => {
  const url = await serve((_request, response) => {
    response.end('x'.repeat(1_001));
  });
  expect(await send(fetch, post(url))).toMatchObject({ kind: 'too_large' });
});
