import type { PoolClient } from 'pg';
import type { Database } from '../database.ts';
import type { StoreEvent } from './event.ts';
import { EVENT_CHANNEL } from './notify.ts';

export interface Listener {
  close(): Promise<void>;
}

/** First and longest wait before a lost connection is tried again. */
const RECONNECT_FIRST_MS = 100;
const RECONNECT_MS_MAX = 5_000;

/**
 * Hears of every change committed by any process on this database. Holds one connection of the pool; when
 * that breaks it comes back by itself and calls `onGap`, because what happened meanwhile is not repeated.
 */
export async function listen(
  db: Database,
  onEvent: (event: StoreEvent) => void,
  onGap: () => void,
): Promise<Listener> {
  let client: PoolClient | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    const fresh = await db.pool.connect();
    try {
      fresh.on('notification', (message) => {
        const event = parse(message.payload);
        if (event !== null && !closed) onEvent(event);
      });
      fresh.on('error', () => reconnectAfterLossOf(fresh));
      fresh.on('end', () => reconnectAfterLossOf(fresh));
      await fresh.query(`listen ${EVENT_CHANNEL}`);
    } catch (error) {
      fresh.release(true);
      throw error;
    }
    if (closed) fresh.release(true);
    else client = fresh;
  }

  function reconnectAfterLossOf(lost: PoolClient): void {
    if (client !== lost) return;
    client = null;
    lost.release(true);
    if (!closed) reconnectIn(RECONNECT_FIRST_MS);
  }

  function reconnectIn(delayMs: number): void {
    timer = setTimeout(() => {
      connect().then(
        () => {
          if (!closed) onGap();
        },
        () => {
          if (!closed) reconnectIn(Math.min(delayMs * 2, RECONNECT_MS_MAX));
        },
      );
    }, delayMs);
  }

  await connect();
  return {
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      const open = client;
      client = null;
      open?.release(true);
    },
  };
}

function parse(payload: string | undefined): StoreEvent | null {
  try {
    return JSON.parse(payload ?? '') as StoreEvent;
  } catch {
    // Somebody else's text on our channel.
    return null;
  }
}
