import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWebhook } from './post.ts';

let reached = 0;
let port: number;
const server = createServer((request, response) => {
  reached += 1;
  request.resume();
  if (request.url === '/moved') response.writeHead(302, { location: '/' }).end();
  else response.writeHead(200).end('x'.repeat(100_000));
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const namesLeadTo =
  (...addresses: string[]): Parameters<typeof postWebhook>[4] =>
  (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('posting to a webhook', () => {
  it.each([
    ['this machine', ['127.0.0.1']],
    ['one private address among public ones', ['93.184.215.14', '10.0.0.7']],
    ['an IPv4 address in IPv6 clothes', ['::ffff:127.0.0.1']],
  ])('B12.1 a name that leads to %s is not connected to', async (_what, addresses) => {
    const before = reached;
    const url = `http://hooks.example.com:${port}/`;
    const result = await postWebhook(url, '{}', {}, false, namesLeadTo(...addresses));
    expect(result).toEqual({ kind: 'failed', fault: 'address_refused' });
    expect(reached).toBe(before);
  });

  it('B12.1 an address in numbers is looked at too, where no name is looked up', async () => {
    const before = reached;
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:7f00:1]']) {
      const result = await postWebhook(`http://${host}:${port}/`, '{}', {}, false);
      expect(result, host).toEqual({ kind: 'failed', fault: 'address_refused' });
    }
    expect(reached).toBe(before);
  });

  it('follows no redirect, and reads no more of an answer than its status', async () => {
    const before = reached;
    const moved = await postWebhook(`http://127.0.0.1:${port}/moved`, '{}', {}, true);
    expect(moved).toEqual({ kind: 'answered', status: 302 });
    const good = await postWebhook(`http://127.0.0.1:${port}/`, '{}', {}, true);
    expect([good, reached - before]).toEqual([{ kind: 'answered', status: 200 }, 2]);
  });

  it('says that nobody is there', async () => {
    const result = await postWebhook('http://127.0.0.1:9/', '{}', {}, true);
    expect(result).toEqual({ kind: 'failed', fault: 'unreachable' });
  });
});
