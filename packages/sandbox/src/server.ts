import Fastify, { type FastifyInstance } from 'fastify';
import type { Org, OrgClock } from './org/org.ts';
import type { Sessions } from './org/session.ts';

export interface SandboxOptions {
  readonly port?: number;
  readonly host?: string;
  /** Where the org keeps its data; null keeps it in memory only. */
  readonly dataDir?: string | null;
  readonly clock?: OrgClock;
  readonly seed?: 'empty' | 'demo';
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly org: Org;
  close(): Promise<void>;
}

/** What the OAuth pages, the Tasks page, the controls and the faults add to the bare org. */
export interface Edge {
  readonly sessions: Sessions;
  /** Hooks and routes; called before the REST routes, so that hooks see every request. */
  register(app: FastifyInstance): void | Promise<void>;
}

/** The org behind HTTP, with everything in it. */
export async function createSandbox(_options: SandboxOptions = {}): Promise<Sandbox> {
  await Promise.resolve();
  throw new Error('createSandbox is being built');
}

/** A Fastify instance with what every answer of an org has in common. */
export function createApp(org: Org): FastifyInstance {
  const app = Fastify({
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(org.clock.now()).toUTCString());
  });
  return app;
}
