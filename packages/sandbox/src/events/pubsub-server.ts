import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  type handleBidiStreamingCall,
  type handleUnaryCall,
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Org } from '../org/org.ts';
import type { Sessions } from '../org/session.ts';
import { Usage } from '../org/usage.ts';
import { type EventBus, FOLLOWABLE } from './event-bus.ts';
import {
  badRequest,
  type GrpcFault,
  noTopic,
  notPermitted,
  notSignedIn,
  overDelivered,
  statusOf,
} from './grpc-faults.ts';
import type { Identity } from './self-signed.ts';
import { type FetchRequest, type FetchResponse, type Gate, subscribe } from './subscription.ts';

export interface PubSubOptions {
  readonly host: string;
  readonly port: number;
  /** Any other free port will do where that one is taken. */
  readonly isWish?: boolean;
  readonly identity: Identity;
  /** A reader with nothing to read hears this often that the line is alive. */
  readonly keepaliveMs?: number;
}

export interface PubSub {
  readonly port: number;
  close(): Promise<void>;
}

/** "The empty fetch response is sent within 270 seconds." */
const KEEPALIVE_MS = 270_000;
const ALL_TOPIC = '/data/ChangeEvents';
const SERVICE = serviceDefinition();

/** Salesforce's Pub/Sub API: gRPC over TLS, for users who may view all data. */
export async function servePubSub(
  org: Org,
  bus: EventBus,
  sessions: Sessions,
  options: PubSubOptions,
): Promise<PubSub> {
  const { host, port, identity, keepaliveMs = KEEPALIVE_MS } = options;
  const delivered = new Usage(() => org.clock.now());

  const gateOf = (metadata: Metadata): Gate => ({
    refusal(topic) {
      const user = callerOf(metadata);
      if (user === null) return notSignedIn;
      const objects = objectsOf(topic);
      if (objects === null || !objects.some((object) => bus.isFollowed(object))) {
        return noTopic(org.id, topic);
      }
      return org.canModifyAll(user) ? null : notPermitted(topic);
    },
    deliver(events) {
      if (delivered.total() + events > org.settings.dailyEventDeliveries) return overDelivered;
      for (let i = 0; i < events; i += 1) delivered.add();
      return null;
    },
    objectsOf: (topic) => objectsOf(topic) ?? [],
  });
  /** The org's own id, as its 15 or 18 characters, and a session of it. */
  const callerOf = (metadata: Metadata): string | null => {
    const [token, tenant, instance] = ['accesstoken', 'tenantid', 'instanceurl'].map((name) =>
      String(metadata.get(name)[0] ?? ''),
    );
    if (instance === '' || !tenant?.startsWith(org.id.slice(0, 15))) return null;
    return sessions.resolve(token ?? '')?.userId ?? null;
  };

  const getTopic: handleUnaryCall<{ topic_name: string }, unknown> = (call, reply) => {
    const topic = call.request.topic_name;
    const fault = gateOf(call.metadata).refusal(topic);
    if (fault !== null) return reply(statusOf(fault));
    const [object = 'Task'] = objectsOf(topic) ?? [];
    reply(null, {
      topic_name: topic,
      tenant_guid: org.id,
      can_publish: false,
      can_subscribe: true,
      // The topic of all objects has no schema of its own.
      schema_id: topic === ALL_TOPIC ? '' : bus.schemaOf(object).id,
      rpc_id: randomUUID(),
    });
  };
  const getSchema: handleUnaryCall<{ schema_id: string }, unknown> = (call, reply) => {
    const fault = callerOf(call.metadata) === null ? notSignedIn : schemaFault(call.request);
    if (fault !== null) return reply(statusOf(fault));
    const schema = bus.schemaById(call.request.schema_id);
    reply(null, {
      schema_json: schema?.json ?? '',
      schema_id: call.request.schema_id,
      rpc_id: randomUUID(),
    });
  };
  const schemaFault = ({ schema_id: id }: { schema_id: string }): GrpcFault | null => {
    if (id === '') return badRequest("Schema validation failed. The schema ID can't be blank.");
    return bus.schemaById(id) === null
      ? badRequest(`Schema validation failed. There is no schema ${id}.`)
      : null;
  };
  const open: handleBidiStreamingCall<FetchRequest, FetchResponse> = (call) =>
    subscribe(call, bus, gateOf(call.metadata), keepaliveMs);

  const server = new Server();
  server.addService(SERVICE, { GetTopic: getTopic, GetSchema: getSchema, Subscribe: open });
  const bound = await bind(server, identity, host, port).catch((error: unknown) => {
    if (options.isWish !== true || !isTaken(error)) throw error;
    return bind(server, identity, host, 0);
  });
  return {
    port: bound,
    close: async () => server.forceShutdown(),
  };
}

function bind(server: Server, identity: Identity, host: string, port: number): Promise<number> {
  const pair = {
    private_key: Buffer.from(identity.key),
    cert_chain: Buffer.from(identity.certificate),
  };
  const credentials = ServerCredentials.createSsl(null, [pair], false);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(isTaken(error) ? Object.assign(error, { code: 'EADDRINUSE', port }) : error);
    });
  });
}

/** gRPC only says so in words. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes('EADDRINUSE');
}

/** Null: no topic of change events. */
function objectsOf(topic: string): readonly string[] | null {
  if (topic === ALL_TOPIC) return FOLLOWABLE;
  const object = /^\/data\/(\w+)ChangeEvent$/.exec(topic)?.[1];
  const found = FOLLOWABLE.find((name) => name === object);
  return found === undefined ? null : [found];
}

function serviceDefinition(): ServiceDefinition {
  const definition = loadSync(fileURLToPath(new URL('pubsub.proto', import.meta.url)), {
    keepCase: true,
    enums: String,
    defaults: true,
    longs: Number,
  });
  const loaded = loadPackageDefinition(definition) as unknown as {
    readonly eventbus: {
      readonly v1: { readonly PubSub: { readonly service: ServiceDefinition } };
    };
  };
  return loaded.eventbus.v1.PubSub.service;
}
