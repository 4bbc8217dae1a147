import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands between Tandem and the org. The points of a write: `request` it left Tandem and has not reached
 * the org · `effect` the org has done it and answered, Tandem has not heard · `reply` Tandem was told.
 * `poll` is a read that was answered and not passed on.
 */
export type SalesforcePoint = 'request' | 'effect' | 'reply' | 'poll';

export interface Exchange {
  /** The last characters of the bearer's token, by which the org lists its sessions. */
  readonly tokenEnding: string;
  readonly path: string;
}

export interface Verdict {
  /** `cut`: the caller's connection is reset. `silence`: it waits until `heal`. */
  readonly caller?: 'cut' | 'silence';
  /** What becomes of a request that has not reached the org; `hold` passes it on when that settles. */
  readonly org?: 'never' | { readonly hold: Promise<void> };
}

export interface SalesforceProxy {
  readonly url: string;
  at: (point: SalesforcePoint, exchange: Exchange) => Promise<Verdict>;
  /** Ends the connections that were left in silence. */
  heal(): void;
  close(): Promise<void>;
}

export async function openSalesforceProxy(target: () => number): Promise<SalesforceProxy> {
  const silent = new Set<ServerResponse>();
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy());
  });

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const exchange = {
      tokenEnding: (incoming.headers.authorization ?? '').slice(-6),
      path: incoming.url ?? '/',
    };
    const isData = exchange.path.startsWith('/services/data/');
    const isWrite = isData && incoming.method !== 'GET';
    if (isWrite) {
      const { caller, org } = await proxy.at('request', exchange);
      part(response, caller);
      if (org === 'never') return;
      if (org !== undefined) await org.hold;
    }
    const answer = await forward(target(), incoming, body);
    if (response.destroyed || silent.has(response)) return;
    if (isData) part(response, (await proxy.at(isWrite ? 'effect' : 'poll', exchange)).caller);
    if (response.destroyed || silent.has(response)) return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
    if (!isWrite) return;
    await once(response, 'finish');
    await proxy.at('reply', exchange);
  }

  function part(response: ServerResponse, how: Verdict['caller']): void {
    if (how === 'cut') response.socket?.resetAndDestroy();
    if (how === 'silence') silent.add(response);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: SalesforceProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    at: async () => ({}),
    heal() {
      for (const response of silent) response.socket?.resetAndDestroy();
      silent.clear();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function forward(port: number, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url, headers } = incoming;
  const outgoing = request({
    host: '127.0.0.1',
    port,
    ...(method === undefined ? {} : { method }),
    ...(url === undefined ? {} : { path: url }),
    // The host stays ours: the org tells clients to come back to the address they asked.
    headers,
  });
  outgoing.end(body);
  const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: reply.statusCode ?? 502, headers: reply.headers, body: await bodyOf(reply) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
