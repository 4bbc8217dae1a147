import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { LocalOrg } from './org/local-org.ts';
import type { Org } from './org/org.ts';
import type { Sessions } from './org/session.ts';
import { registerRest } from './rest/register.ts';

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly org: Org;
  /** The Pub/Sub API; null where it is not served. */
  readonly events: { readonly endpoint: string; readonly certificate: string } | null;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
}

/** What the OAuth pages, the Tasks page, the controls and the faults add to the bare org. */
export interface Edge {
  readonly sessions: Sessions;
  /** Hooks and routes; called before the REST routes, so that hooks see every request. */
  register(app: FastifyInstance): void | Promise<void>;
}

/** Any org with any edge; tests of the REST side bring a small edge of their own. */
export async function serveOrg(
  org: LocalOrg,
  edge: Edge,
  options: ServeOptions = {},
): Promise<Sandbox> {
  const app = createApp(org);
  await edge.register(app);
  await registerRest(app, org, edge.sessions);
  const { port = 0, host = '127.0.0.1' } = options;
  try {
    await app.listen({ port, host });
  } catch (error) {
    await org.close();
    throw error;
  }
  const bound = (app.server.address() as AddressInfo).port;
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    org,
    events: null,
    close: () => {
      closing ??= close(app, org);
      return closing;
    },
  };
}

/** A Fastify instance with what every answer of an org has in common. */
function createApp(org: Org): FastifyInstance {
  const app = Fastify({
    // The sf CLI keeps its address with a slash at the end and so asks for `//services/data`.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
    routerOptions: { ignoreTrailingSlash: true },
    // Long query URLs reach us, so that their refusal is ours; Node would cut them at 16 KB.
    http: { maxHeaderSize: MOST_HEADER_BYTES },
    // Open live-update streams must not hold up the end.
    forceCloseConnections: true,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(org.clock.now()).toUTCString());
  });
  return app;
}

const MOST_HEADER_BYTES = 128 * 1024;

async function close(app: FastifyInstance, org: Org): Promise<void> {
  await app.close();
  await org.close();
}
