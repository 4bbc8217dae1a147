import { randomUUID } from 'node:crypto';
import { CREATION_KEY_FIELD, createSalesforce } from '@tandem/salesforce';
import { connectionByKey, createSyncStore } from '@tandem/store';
import { type SyncOutcome, syncConnection } from '@tandem/sync';
import { Client } from 'pg';
import type { Stack } from './stack.ts';

export type Turn = (options?: { pollNow?: boolean }) => Promise<SyncOutcome>;

/**
 * Drives sync turn by turn where a test must know when one has ended: the same ports as the worker of
 * the server, without its timing and without the pauses before a read is tried again.
 */
export async function turnsOf(stack: Stack, userId: string): Promise<Turn> {
  const { db, salesforce, clock, ids } = stack.server.services;
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ workspace_id: string; connection_id: string }>(
    'select workspace_id, connection_id from tandem.connections where user_id = $1',
    [userId],
  );
  await client.end();
  const row = rows[0];
  if (row === undefined) throw new Error('no connection');
  const key = { workspaceId: row.workspace_id, connectionId: row.connection_id };
  const holder = `test-${randomUUID()}`;

  return async (options = {}) => {
    const connection = await connectionByKey(db, key);
    if (connection === null) throw new Error('the connection has gone');
    const tokens = await salesforce.tokensOf(connection);
    if (tokens === null) throw new Error('the connection has no tokens');
    const log = { info: () => {}, warn: () => {} };
    const ports = {
      store: createSyncStore(db, { clock }),
      salesforce: createSalesforce({
        tokens: {
          access: async () => tokens,
          refresh: async () => ({ kind: 'unknown', message: 'sessions do not end here' }),
        },
        creationKeyField: CREATION_KEY_FIELD,
        wait: async () => {},
        log,
      }),
      clock,
      ids,
      random: { next: Math.random },
      heartbeat: { during: <T>(_beat: () => Promise<void>, work: () => Promise<T>) => work() },
      patience: { whileAway: <T>(work: () => Promise<T>) => work() },
      log,
    };
    return syncConnection(ports, key, { holder, ...options });
  };
}
