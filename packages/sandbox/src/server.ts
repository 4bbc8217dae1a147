import { join } from 'node:path';
import { createEdge } from './controls/edge.ts';
import { keptIdentity } from './events/certificate.ts';
import { EventBus } from './events/event-bus.ts';
import { type PubSub, servePubSub } from './events/pubsub-server.ts';
import { LocalOrg } from './org/local-org.ts';
import type { OrgClock } from './org/org.ts';
import { seedOrg } from './seed/seed.ts';
import { type Sandbox, serveOrg } from './serve.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** The org keeps its data in `<dataDir>/sandbox`; null, the default, keeps it in memory only. */
  readonly dataDir?: string | null;
  readonly clock?: OrgClock;
  /** `empty`, the default: the people and nothing else. Only what is missing is made. */
  readonly seed?: 'empty' | 'demo';
  /** Where the Pub/Sub API listens; 0 takes any free port, null, the default, serves none. */
  readonly eventsPort?: number | null;
  /** Any other free port will do where that one is taken. */
  readonly eventsPortIsWish?: boolean;
  readonly keepaliveMs?: number;
}

export type { Sandbox } from './serve.ts';

const HOST = '127.0.0.1';

/** The org behind HTTP and gRPC, with everything in it. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { dataDir = null, clock, seed = 'empty', eventsPort = null, host = HOST } = options;
  const folder = dataDir === null ? null : join(dataDir, 'sandbox');
  const org = new LocalOrg({ folder, ...(clock === undefined ? {} : { clock }) });
  seedOrg(org, seed);
  const bus = new EventBus(org, folder);
  const edge = createEdge(org, bus);
  const served = await serveOrg(org, edge, options);
  if (eventsPort === null) return { ...served, close: closing(served, bus, null) };

  const identity = keptIdentity(folder, Date.now());
  const { keepaliveMs } = options;
  const pubsub = await servePubSub(org, bus, edge.sessions, {
    host,
    port: eventsPort,
    identity,
    isWish: options.eventsPortIsWish === true,
    ...(keepaliveMs === undefined ? {} : { keepaliveMs }),
  }).catch(async (error: unknown) => {
    await served.close();
    throw error;
  });
  return {
    ...served,
    // By name: TLS knows no names that are numbers.
    events: { endpoint: `localhost:${pubsub.port}`, certificate: identity.certificate },
    close: closing(served, bus, pubsub),
  };
}

/** Readers first: while the org closes nothing more is told. */
function closing(served: Sandbox, bus: EventBus, pubsub: PubSub | null): () => Promise<void> {
  return async () => {
    bus.close();
    await pubsub?.close();
    await served.close();
  };
}
