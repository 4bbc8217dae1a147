import { EVENTS_PATH } from '@tandem/api';
import type { FastifyInstance } from 'fastify';
import { actorOf, isStillActor } from '../http/authenticate.ts';
import type { Services } from '../services.ts';

/** Shorter than the idle limit of any proxy we know of (60 s at nginx). */
const HEARTBEAT_MS = 20_000;
/** A page that does not read is dropped rather than remembered in memory for ever. */
const UNREAD_BYTES_MAX = 1024 * 1024;
/** How soon the browser comes back after a cut. */
const RETRY_MS = 2_000;

/** GET events: server-sent events; a cut stream resumes with Last-Event-ID. */
export function registerEvents(app: FastifyInstance, services: Services): void {
  const { live } = services;
  app.get(
    EVENTS_PATH,
    {
      config: { who: 'member' },
      schema: {
        tags: ['Sync'],
        summary: 'What changed, as server-sent events; resume with Last-Event-ID (B9.4)',
        security: [{ session: [] }, { token: [] }],
        produces: ['text/event-stream'],
      },
    },
    (request, reply) => {
      const actor = actorOf(request);
      const header = request.headers['last-event-id'];
      const { raw } = reply;
      const write = (text: string) => {
        if (raw.writableLength > UNREAD_BYTES_MAX) raw.destroy();
        else raw.write(text);
      };
      const backlog: string[] = [];
      let push = (text: string): void => {
        backlog.push(text);
      };
      const unsubscribe = live.subscribe(
        actor,
        typeof header === 'string' ? header : null,
        (id, event) => push(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      );
      reply.hijack();
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx would collect events into buffers otherwise.
        'x-accel-buffering': 'no',
      });
      push = write;
      write(`retry: ${RETRY_MS}\n\n${backlog.join('')}`);
      // A session that was ended elsewhere, a role that was changed: the stream ends, and the page asks again.
      const look = () =>
        isStillActor(services, request).then(
          (is) => (is ? write(': still here\n\n') : raw.destroy()),
          () => write(': still here\n\n'),
        );
      const heartbeat = setInterval(look, HEARTBEAT_MS);
      raw.on('close', () => {
        clearInterval(heartbeat);
        unsubscribe();
      });
    },
  );
}
