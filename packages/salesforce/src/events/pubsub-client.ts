import { fileURLToPath } from 'node:url';
import {
  type CallOptions,
  Client,
  type ClientDuplexStream,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { AccessToken } from '../tokens.ts';

export interface FetchRequest {
  readonly topic_name?: string;
  readonly replay_preset?: 'LATEST' | 'CUSTOM';
  readonly replay_id?: Uint8Array;
  readonly num_requested: number;
}

export interface FetchResponse {
  readonly events: readonly {
    readonly event: { readonly schema_id: string; readonly payload: Uint8Array } | null;
    readonly replay_id: Uint8Array;
  }[];
  readonly latest_replay_id: Uint8Array;
  readonly pending_num_requested: number;
}

/** Where the Pub/Sub API is. */
export interface EventsAddress {
  /** `host:port`. */
  readonly endpoint: string;
  /** A certificate in PEM to trust instead of the system's; null in production. */
  readonly certificate: string | null;
}

/** The three calls of the Pub/Sub API that Tandem makes. Rejects with gRPC's errors. */
export interface PubSubClient {
  getTopic(token: AccessToken, topic: string): Promise<{ readonly can_subscribe: boolean }>;
  getSchema(token: AccessToken, id: string): Promise<{ readonly schema_json: string }>;
  subscribe(token: AccessToken): ClientDuplexStream<FetchRequest, FetchResponse>;
  close(): void;
}

const CALL_TIMEOUT_MS = 30_000;
/** A hundred events with 32,000 characters of details each, and room. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

export function createPubSubClient(address: EventsAddress, orgId: string): PubSubClient {
  const { endpoint, certificate } = address;
  const trust = credentials.createSsl(certificate === null ? null : Buffer.from(certificate));
  const client = new (clientConstructor())(endpoint, trust, {
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
  });
  const headers = ({ accessToken, instanceUrl }: AccessToken) => {
    const metadata = new Metadata();
    metadata.set('accesstoken', accessToken);
    metadata.set('instanceurl', instanceUrl);
    metadata.set('tenantid', orgId);
    return metadata;
  };
  const ask = <T>(method: string, token: AccessToken, request: object) =>
    new Promise<T>((resolve, reject) => {
      const call = client[method] as (
        request: object,
        metadata: Metadata,
        options: CallOptions,
        done: (error: ServiceError | null, value?: T) => void,
      ) => void;
      const options = { deadline: Date.now() + CALL_TIMEOUT_MS };
      call.call(client, request, headers(token), options, (error, value) => {
        if (error === null && value !== undefined) resolve(value);
        else reject(error);
      });
    });
  return {
    getTopic: (token, topic) => ask('GetTopic', token, { topic_name: topic }),
    getSchema: (token, id) => ask('GetSchema', token, { schema_id: id }),
    subscribe: (token) => {
      const open = client.Subscribe as (
        metadata: Metadata,
      ) => ClientDuplexStream<FetchRequest, FetchResponse>;
      return open.call(client, headers(token));
    },
    close: () => Client.prototype.close.call(client),
  };
}

let loadedOnce: ServiceClientConstructor | null = null;

/** Read once: the file does not change while Tandem runs. */
function clientConstructor(): ServiceClientConstructor {
  if (loadedOnce !== null) return loadedOnce;
  const definition = loadSync(fileURLToPath(new URL('pubsub.proto', import.meta.url)), {
    keepCase: true,
    enums: String,
    defaults: true,
  });
  const loaded = loadPackageDefinition(definition) as unknown as {
    readonly eventbus: { readonly v1: { readonly PubSub: ServiceClientConstructor } };
  };
  loadedOnce = loaded.eventbus.v1.PubSub;
  return loadedOnce;
}
