import { setTimeout as pause } from 'node:timers/promises';
import type { SyncStatus } from '@tandem/api';
import { flag, type RemoteCall, whole } from './remote.ts';

/** Waiting in front of a terminal for what the server does by itself, and goes on doing when nobody waits. */

const LOOK_EVERY_MS = 1_000;
const SECONDS_USUAL = 600;
const SECONDS_MAX = 24 * 60 * 60;

export const WAITING = [
  flag('--wait', 'wait until it is done, and show how far it is'),
  whole('--seconds <seconds>', `how long to wait at most (${SECONDS_USUAL})`, 1, SECONDS_MAX),
];

export type Waiting = Pick<RemoteCall, 'client' | 'progress' | 'options' | 'cli'>;

/** Looks once a second until `isOver`, or until --seconds are; answers with what was seen last. */
export async function waitUntil(
  { client, progress, options }: Waiting,
  { isOver, line }: { isOver(status: SyncStatus): boolean; line(status: SyncStatus): string },
  sleep: (ms: number) => Promise<unknown> = pause,
): Promise<SyncStatus> {
  const looks = Number(options.seconds ?? SECONDS_USUAL) * (1_000 / LOOK_EVERY_MS);
  let status = await client.syncStatus();
  for (let look = 0; look < looks && !isOver(status); look += 1) {
    progress(line(status));
    await sleep(LOOK_EVERY_MS);
    status = await client.syncStatus();
  }
  return status;
}

/** States that no time ends: somebody must do something. */
const HELD = new Set<SyncStatus['state']>(['off', 'needs_sign_in', 'needs_answer', 'needs_map']);

export function isHeld({ state }: SyncStatus): boolean {
  return HELD.has(state);
}
