import type { FastifyInstance } from 'fastify';
import type { Org } from '../org/org.ts';
import { visitorOf } from './page-context.ts';

/** Browsers at one sandbox; beyond it a page simply stays as it was loaded. */
const STREAMS_MAX = 100;
/** Keeps proxies and sleeping laptops honest. */
const HEARTBEAT_MS = 25_000;
/** A page does not need a longer list to know that it must refresh. */
const IDS_MAX = 200;

/** Server-sent events: which tasks changed, as soon as a transaction is visible. */
export function registerLiveEvents(app: FastifyInstance, org: Org): void {
  const streams = new Set<{ send(text: string): void; end(): void }>();

  const stop = org.onCommit((commit) => {
    const ids = commit.changes
      .filter((change) => change.object === 'Task')
      .map((change) => change.id);
    if (ids.length === 0) return;
    const data = JSON.stringify({ ids: ids.slice(0, IDS_MAX) });
    for (const stream of streams) stream.send(`event: commit\ndata: ${data}\n\n`);
  });
  const heartbeat = setInterval(() => {
    for (const stream of streams) stream.send(': here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  app.get('/lightning/events', (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return;
    if (streams.size >= STREAMS_MAX) {
      void reply.code(503).header('retry-after', '30').send('');
      return;
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 1000\n\n');
    const stream = { send: (text: string) => void raw.write(text), end: () => raw.end() };
    streams.add(stream);
    raw.on('close', () => streams.delete(stream));
  });

  app.addHook('preClose', async () => {
    stop();
    clearInterval(heartbeat);
    for (const stream of streams) stream.end();
  });
}
