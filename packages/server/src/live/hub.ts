import type { LiveEvent } from '@tandem/api';
import { type Actor, type Database, listen, type StoreEvent } from '@tandem/store';
import { Refusal } from '../http/refusal.ts';

/**
 * What changed, to every open page (B9.4). The hub hears the database's notices once per process,
 * gives each a number, remembers the last few, and passes each to the streams of the people it
 * concerns. A page that was away tells the last number it saw; when that is forgotten, or was another
 * process's, it is told to read everything again.
 */
export interface LiveHub {
  /** Refuses when the person has too many streams open. Events from before `lastEventId` are replayed. */
  subscribe(actor: Actor, lastEventId: string | null, send: Send): Unsubscribe;
  readonly open: number;
  close(): Promise<void>;
}
type Send = (id: string, event: LiveEvent) => void;
type Unsubscribe = () => void;

/** A person with more pages open than this has left some behind. */
export const STREAMS_PER_USER_MAX = 12;
/** Minutes of a busy workspace; a laptop that slept longer reads everything again anyway. */
const REMEMBERED_MAX = 500;

interface Stream {
  readonly actor: Actor;
  readonly send: Send;
}
interface Remembered {
  readonly number: number;
  readonly event: StoreEvent;
}

export async function openHub(db: Database, processId: string): Promise<LiveHub> {
  const streams = new Set<Stream>();
  const remembered: Remembered[] = [];
  let last = 0;
  const idOf = (number: number) => `${processId}-${number}`;

  const pass = (stream: Stream, { number, event }: Remembered) => {
    if (concerns(event, stream.actor)) stream.send(idOf(number), toLiveEvent(event));
  };
  const onEvent = (event: StoreEvent) => {
    last += 1;
    const entry = { number: last, event };
    remembered.push(entry);
    if (remembered.length > REMEMBERED_MAX) remembered.shift();
    for (const stream of streams) pass(stream, entry);
  };
  /** The line to the database was cut: nobody knows what was missed. */
  const onGap = () => {
    last += 1;
    remembered.length = 0;
    for (const { send } of streams) readAllAgain(send, idOf(last));
  };
  const listener = await listen(db, onEvent, onGap);

  return {
    subscribe(actor, lastEventId, send) {
      const mine = [...streams].filter((stream) => stream.actor.userId === actor.userId);
      if (mine.length >= STREAMS_PER_USER_MAX) {
        throw new Refusal('too_many_requests', 'Too many pages of yours are open; close some.');
      }
      const stream = { actor, send };
      if (lastEventId !== null) {
        const missed = missedSince(lastEventId, processId, last, remembered);
        if (missed === null) readAllAgain(send, idOf(last));
        else for (const entry of missed) pass(stream, entry);
      }
      streams.add(stream);
      return () => streams.delete(stream);
    },
    get open() {
      return streams.size;
    },
    async close() {
      streams.clear();
      await listener.close();
    },
  };
}

/** Null: it cannot be known any more what was missed. */
export function missedSince(
  lastEventId: string,
  processId: string,
  last: number,
  remembered: readonly Remembered[],
): readonly Remembered[] | null {
  const seen = Number(/-(\d{1,15})$/.exec(lastEventId)?.[1]);
  if (!lastEventId.startsWith(`${processId}-`) || !(seen <= last)) return null;
  if (seen === last) return [];
  const oldest = remembered[0]?.number;
  return oldest !== undefined && oldest <= seen + 1
    ? remembered.filter(({ number }) => number > seen)
    : null;
}

/** B12.1: managers and admins see all of their workspace, others what is theirs. */
export function concerns(event: StoreEvent, actor: Actor): boolean {
  if (event.workspaceId !== actor.workspaceId) return false;
  if (event.type === 'settings') return true;
  // No names: too many to fit into one notice.
  if (event.userIds.length === 0 || event.userIds.includes(actor.userId)) return true;
  return event.type === 'tasks' && actor.role !== 'rep';
}

function toLiveEvent(event: StoreEvent): LiveEvent {
  return event.type === 'tasks'
    ? { type: 'tasks', taskIds: [...event.taskIds] }
    : { type: event.type };
}

function readAllAgain(send: Send, id: string): void {
  send(id, { type: 'tasks', taskIds: [] });
  send(id, { type: 'sync' });
  send(id, { type: 'settings' });
  send(id, { type: 'notices' });
}
