import type { SalesforceFault } from '@tandem/engine';
import type { Type } from 'avsc';
import { ownFault } from '../salesforce-errors.ts';
import type { AccessToken, Tokens } from '../tokens.ts';
import { eventFault, isUnauthenticated } from './event-faults.ts';
import {
  createPubSubClient,
  type EventsAddress,
  type FetchResponse,
  type PubSubClient,
} from './pubsub-client.ts';
import { type ChangeHint, readEvent, readerOf } from './read-event.ts';

/** What arrived together; empty when the line only says that it lives. */
export interface HintBatch {
  readonly hints: readonly ChangeHint[];
  /** From where to go on when all of it was worked on; null while none is known. Opaque. */
  readonly place: Uint8Array | null;
}

/** Thrown where a stream ends: by Salesforce, on the way, or because nothing was heard any more. */
export class EventsEnded extends Error {
  override name = 'EventsEnded';
  readonly fault: SalesforceFault;

  constructor(fault: SalesforceFault) {
    super(fault.code);
    this.fault = fault;
  }
}

export interface ChangeEvents {
  /**
   * Follows the org's Task changes: after `place`, or from now on. A first, empty batch says that the line is open. Ends when `signal` says so, and else by
   * throwing EventsEnded; coming back is the caller's.
   */
  listen(place: Uint8Array | null, signal: AbortSignal): AsyncIterable<HintBatch>;
}

export interface ChangeEventsOptions {
  readonly address: EventsAddress;
  readonly orgId: string;
  readonly tokens: Tokens;
  /** How long a stream may be silent. */
  readonly silenceMs?: number;
}

const TOPIC = '/data/TaskChangeEvent';
/** The most that Salesforce lets one ask for. */
const WANTED = 100;
/** Salesforce says something every 270 s at least. */
const SILENCE_MS = 300_000;

export function createChangeEvents(options: ChangeEventsOptions): ChangeEvents {
  return { listen: (place, signal) => listen(options, place, signal) };
}

async function* listen(
  { address, orgId, tokens, silenceMs = SILENCE_MS }: ChangeEventsOptions,
  place: Uint8Array | null,
  signal: AbortSignal,
): AsyncGenerator<HintBatch> {
  const client = createPubSubClient(address, orgId);
  try {
    const token = await admitted(client, tokens);
    const stream = client.subscribe(token);
    // Its end is also told where it is read; nobody may be reading at that moment.
    stream.on('error', () => {});
    const stop = () => stream.cancel();
    signal.addEventListener('abort', stop, { once: true });
    let silent = false;
    const watch = setTimeout(() => {
      silent = true;
      stop();
    }, silenceMs);
    try {
      stream.write({
        topic_name: TOPIC,
        num_requested: WANTED,
        ...(place === null
          ? { replay_preset: 'LATEST' as const }
          : { replay_preset: 'CUSTOM' as const, replay_id: place }),
      });
      yield { hints: [], place };
      const schemas = new Map<string, Type | null>();
      // Reading on only when the batch was taken keeps what waits here to one response.
      for await (const response of stream as AsyncIterable<FetchResponse>) {
        watch.refresh();
        yield { hints: await hintsOf(client, token, response, schemas), place: placeOf(response) };
        const missing = WANTED - response.pending_num_requested;
        if (response.events.length > 0) stream.write({ num_requested: missing });
      }
    } catch (error) {
      if (signal.aborted) return;
      if (silent) throw new EventsEnded(ownFault('TIMEOUT', `nothing heard in ${silenceMs} ms`));
      throw error;
    } finally {
      clearTimeout(watch);
      signal.removeEventListener('abort', stop);
      stop();
    }
    if (!signal.aborted) throw new EventsEnded(ownFault('NETWORK', 'the stream was closed'));
  } catch (error) {
    throw error instanceof EventsEnded ? error : new EventsEnded(eventFault(error));
  } finally {
    client.close();
  }
}

/** Asks for the topic first: it says plainly whether the org has it and this user may follow it. */
async function admitted(client: PubSubClient, tokens: Tokens): Promise<AccessToken> {
  const token = await tokens.access();
  try {
    await mayFollow(client, token);
    return token;
  } catch (error) {
    if (!isUnauthenticated(error)) throw error;
  }
  const renewed = await tokens.refresh(token);
  if (renewed.kind === 'unknown') throw new EventsEnded(ownFault('NETWORK', renewed.message));
  if (renewed.kind === 'refused') {
    const { code, message } = renewed;
    throw new EventsEnded({ code: code.toUpperCase(), message, fields: [], httpStatus: 401 });
  }
  await mayFollow(client, renewed.value);
  return renewed.value;
}

async function mayFollow(client: PubSubClient, token: AccessToken): Promise<void> {
  const topic = await client.getTopic(token, TOPIC);
  if (topic.can_subscribe) return;
  const message = `${TOPIC} may not be subscribed to`;
  throw new EventsEnded({ code: 'EVENTS_NOT_PERMITTED', message, fields: [], httpStatus: null });
}

async function hintsOf(
  client: PubSubClient,
  token: AccessToken,
  response: FetchResponse,
  schemas: Map<string, Type | null>,
): Promise<readonly ChangeHint[]> {
  const hints: ChangeHint[] = [];
  for (const { event } of response.events) {
    if (event === null) continue;
    let type = schemas.get(event.schema_id);
    if (type === undefined) {
      type = readerOf((await client.getSchema(token, event.schema_id)).schema_json);
      schemas.set(event.schema_id, type);
    }
    // What cannot be read may be anything: as after a gap without ids, a poll looks.
    const hint = type === null ? null : readEvent(type, event.payload);
    hints.push(hint ?? UNREADABLE);
  }
  return hints;
}

const UNREADABLE: ChangeHint = {
  kind: 'overflow',
  ids: [],
  mayBeNew: false,
  ownerId: null,
  isOwn: false,
};

function placeOf({ events, latest_replay_id: latest }: FetchResponse): Uint8Array {
  return events.at(-1)?.replay_id ?? latest;
}
