import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { EventBus } from './event-bus.ts';
import type { LoggedEvent } from './event-log.ts';
import {
  badRequest,
  corruptedReplay,
  cutOff,
  type GrpcFault,
  invalidReplay,
  statusOf,
} from './grpc-faults.ts';

/** As proto-loader hands it over. */
export interface FetchRequest {
  readonly topic_name: string;
  readonly replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replay_id: Buffer;
  readonly num_requested: number;
}

export interface FetchResponse {
  readonly events: readonly {
    readonly event: { readonly id: string; readonly schema_id: string; readonly payload: Buffer };
    readonly replay_id: Buffer;
  }[];
  readonly latest_replay_id: Buffer;
  readonly rpc_id: string;
  readonly pending_num_requested: number;
}

export interface Gate {
  /** Null: the caller may read this topic. Asked again and again, because sessions end. */
  refusal(topic: string): GrpcFault | null;
  /** Null: this many more events may be delivered today. */
  deliver(events: number): GrpcFault | null;
  /** Objects that a topic tells of. */
  objectsOf(topic: string): readonly string[];
}

const REQUESTED_MAX = 100;

/** One reader of one topic: gets as many events as it has asked for, in order. */
export function subscribe(
  call: ServerDuplexStream<FetchRequest, FetchResponse>,
  bus: EventBus,
  gate: Gate,
  keepaliveMs: number,
): void {
  const rpcId = randomUUID();
  let topic: string | null = null;
  let objects: ReadonlySet<string> = new Set();
  /** Everything up to here was sent, or is none of this topic. */
  let place = 0;
  let wanted = 0;
  let ended = false;
  let leave = () => {};

  const respond = (events: readonly LoggedEvent[]) =>
    call.write({
      events: events.map(({ replay, schemaId, payload }) => ({
        event: { id: randomUUID(), schema_id: schemaId, payload },
        replay_id: bytesOf(replay),
      })),
      latest_replay_id: bytesOf(place),
      rpc_id: rpcId,
      pending_num_requested: wanted,
    });
  const end = (fault: GrpcFault | null) => {
    if (ended) return;
    ended = true;
    leave();
    clearInterval(heartbeat);
    if (fault === null) call.end();
    else call.emit('error', statusOf(fault, rpcId));
  };
  const deliver = () => {
    if (ended || topic === null) return;
    const refusal = gate.refusal(topic);
    if (refusal !== null) return end(refusal);
    while (wanted > 0 && !ended) {
      const from = bus.log.indexAfter(place);
      const next = bus.log.events.slice(from, from + REQUESTED_MAX);
      const own = next.filter((event) => objects.has(event.object));
      const batch = own.slice(0, wanted);
      const last = batch.length < own.length ? batch.at(-1) : next.at(-1);
      if (last === undefined) return;
      place = last.replay;
      if (batch.length === 0) continue;
      const over = gate.deliver(batch.length);
      if (over !== null) return end(over);
      wanted -= batch.length;
      respond(batch);
      heartbeat.refresh();
    }
  };
  const begin = (request: FetchRequest): GrpcFault | null => {
    const refusal = gate.refusal(request.topic_name);
    if (refusal !== null) return refusal;
    const from = placeOf(request, bus);
    if (typeof from !== 'number') return from;
    topic = request.topic_name;
    objects = new Set(gate.objectsOf(topic));
    place = from;
    leave = bus.join({ wake: deliver, cut: () => end(cutOff) });
    return null;
  };

  const heartbeat = setInterval(() => {
    if (topic === null) return;
    const refusal = gate.refusal(topic);
    if (refusal === null) respond([]);
    else end(refusal);
  }, keepaliveMs);
  heartbeat.unref();

  call.on('data', (request: FetchRequest) => {
    if (ended) return;
    const fault = topic === null ? begin(request) : sameTopic(topic, request);
    if (fault !== null) return end(fault);
    const { num_requested: asked } = request;
    if (asked < 1 || asked > REQUESTED_MAX) {
      return end(badRequest(`The number of requested events must be from 1 to ${REQUESTED_MAX}.`));
    }
    wanted += asked;
    deliver();
  });
  call.on('end', () => end(null));
  call.on('cancelled', () => end(null));
}

function sameTopic(topic: string, request: FetchRequest): GrpcFault | null {
  if (request.topic_name === '' || request.topic_name === topic) return null;
  return badRequest('The topic name must be that of the first request of the stream.');
}

function placeOf(request: FetchRequest, bus: EventBus): number | GrpcFault {
  if (request.replay_preset === 'LATEST') return bus.log.last;
  if (request.replay_preset === 'EARLIEST') return 0;
  if (request.replay_id.length !== 8) return corruptedReplay;
  const replay = Number(request.replay_id.readBigUInt64BE());
  return bus.log.isPlace(replay) ? replay : invalidReplay;
}

function bytesOf(replay: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(replay));
  return bytes;
}
