import { fileURLToPath } from 'node:url';
import {
  type Client,
  type ClientDuplexStream,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avro from 'avsc';
import type { Sandbox } from '../serve.ts';
import { positionsOf } from './bitmap.ts';

/** A client as Salesforce's documents describe one, on the bare library: TLS, three headers, Avro, bitmaps. */
export interface TestReader {
  /** The next event; fails when none comes. */
  next(): Promise<ReadEvent>;
  /** The next response without events. */
  keepalive(): Promise<Buffer>;
  request(count: number, topic?: string): void;
  /** How the stream ended. */
  readonly ended: Promise<ServiceError | null>;
  readonly waiting: readonly ReadEvent[];
  close(): void;
}

export interface ReadEvent {
  readonly replayId: Buffer;
  readonly header: {
    readonly entityName: string;
    readonly recordIds: readonly string[];
    readonly changeType: string;
    readonly changeOrigin: string;
    readonly transactionKey: string;
    readonly sequenceNumber: number;
    readonly commitTimestamp: number;
    readonly commitUser: string;
    /** Names, read from the bitmaps. */
    readonly changedFields: readonly string[];
    readonly nulledFields: readonly string[];
  };
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Response {
  readonly events: readonly {
    readonly event: { readonly schema_id: string; readonly payload: Buffer };
    readonly replay_id: Buffer;
  }[];
  readonly latest_replay_id: Buffer;
}

const BIG = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => Number(bytes.readBigInt64LE()),
  toBuffer: () => Buffer.alloc(8),
  fromJSON: Number,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'number',
  compare: () => 0,
});

export class TestPubSub {
  readonly #client: Client;
  readonly #tenant: string;
  readonly #readers: TestReader[] = [];

  constructor(sandbox: Sandbox) {
    const { events } = sandbox;
    if (events === null) throw new Error('no Pub/Sub API is served');
    const trust = credentials.createSsl(Buffer.from(events.certificate));
    const path = fileURLToPath(new URL('pubsub.proto', import.meta.url));
    const definition = loadSync(path, { keepCase: true, enums: String, defaults: true });
    const loaded = loadPackageDefinition(definition) as never as {
      eventbus: {
        v1: { PubSub: { new (at: string, trust: unknown): Client } };
      };
    };
    const { PubSub } = loaded.eventbus.v1;
    this.#client = new PubSub(events.endpoint, trust);
    this.#tenant = sandbox.org.id;
  }

  getTopic(token: string, topic: string) {
    return this.#ask('getTopic', token, { topic_name: topic });
  }

  getSchema(token: string, id: string) {
    return this.#ask('getSchema', token, { schema_id: id });
  }

  async subscribe(
    token: string,
    first: Readonly<Record<string, unknown>> = {},
  ): Promise<TestReader> {
    const call = (
      this.#client as never as Record<
        string,
        (headers: Metadata) => ClientDuplexStream<unknown, Response>
      >
    ).subscribe?.(this.#headers(token));
    if (call === undefined) throw new Error('no such call');
    const reader = read(call, (id) => this.#schema(token, id));
    this.#readers.push(reader);
    call.write({ topic_name: '/data/TaskChangeEvent', num_requested: 100, ...first });
    return reader;
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
    this.#client.close();
  }

  async #schema(token: string, id: string) {
    const { schema_json: json } = await this.getSchema(token, id);
    const parsed = JSON.parse(String(json)) as { fields: readonly { name: string }[] };
    const type = avro.Type.forSchema(parsed as never, { registry: { long: BIG } });
    return { type, names: parsed.fields.map(({ name }) => name) };
  }

  #ask(method: string, token: string, request: unknown): Promise<Record<string, unknown>> {
    const calls = this.#client as never as Record<
      string,
      (
        request: unknown,
        headers: Metadata,
        done: (error: ServiceError | null, value: Record<string, unknown>) => void,
      ) => void
    >;
    return new Promise((resolve, reject) => {
      calls[method]?.(request, this.#headers(token), (error, value) =>
        error === null ? resolve(value) : reject(error),
      );
    });
  }

  #headers(token: string): Metadata {
    const headers = new Metadata();
    headers.set('accesstoken', token);
    headers.set('instanceurl', 'https://aldermoor.my.salesforce.example');
    headers.set('tenantid', this.#tenant);
    return headers;
  }
}

type Schema = { readonly type: avro.Type; readonly names: readonly string[] };

function read(
  call: ClientDuplexStream<unknown, Response>,
  schemaOf: (id: string) => Promise<Schema>,
): TestReader {
  const waiting: ReadEvent[] = [];
  const keepalives: Buffer[] = [];
  const schemas = new Map<string, Promise<Schema>>();
  let queue: Promise<unknown> = Promise.resolve();
  let wake = () => {};
  const ended = new Promise<ServiceError | null>((resolve) => {
    call.on('error', (error: ServiceError) => resolve(error));
    call.on('end', () => resolve(null));
  });
  call.on('data', (response: Response) => {
    if (response.events.length === 0) keepalives.push(response.latest_replay_id);
    for (const { event, replay_id: replayId } of response.events) {
      const schema = schemas.get(event.schema_id) ?? schemaOf(event.schema_id);
      schemas.set(event.schema_id, schema);
      queue = queue.then(async () => {
        const { type, names } = await schema;
        const { ChangeEventHeader: header, ...fields } = type.fromBuffer(event.payload);
        const named = (bitmaps: readonly string[]) =>
          positionsOf(bitmaps).map((position) => names[position] ?? '');
        waiting.push({
          replayId,
          header: {
            ...header,
            changedFields: named(header.changedFields),
            nulledFields: named(header.nulledFields),
          },
          fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
        });
        wake();
      });
    }
    wake();
  });
  const first = async <T>(from: T[]): Promise<T> => {
    for (;;) {
      const [found] = from.splice(0, 1);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    next: () => first(waiting),
    keepalive: () => first(keepalives),
    request: (count, topic = '') => void call.write({ topic_name: topic, num_requested: count }),
    ended,
    waiting,
    close: () => call.cancel(),
  };
}
