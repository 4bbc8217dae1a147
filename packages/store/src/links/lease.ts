import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { ConnectionKey } from '../connections/connection.ts';
import type { Database } from '../database.ts';
import { LeaseLost } from '../errors.ts';
import type { Executor } from '../transaction.ts';
import { addJob } from '../wake/wake.ts';
import { instantText } from './instant-text.ts';
import type { Lease } from './port.ts';

/**
 * R14: one worker per connection, by a lease whose token only grows. Times are the database's own, so that
 * workers with different clocks agree about who is late.
 *
 * Taking the lease also clears the connection's appointment: what was asked for until now is what this
 * worker is about to do. What is asked for from now on stays, and `releaseLease` finds it.
 */
export async function acquireLease(
  db: Database,
  key: ConnectionKey,
  holder: string,
  ttlMs: number,
): Promise<Lease | null> {
  const { rows } = await sql<{ token: number; at: Instant }>`
    with free as (
      select workspace_id, connection_id from tandem.connections
      where workspace_id = ${key.workspaceId} and connection_id = ${key.connectionId}
        and (lease_until is null or lease_until < now())
      -- Locked means somebody is at work in it this very moment.
      for no key update skip locked
    ), taken as (
      update tandem.connections c set lease_holder = ${holder}, lease_token = c.lease_token + 1,
        lease_until = ${inFuture(ttlMs)}
      from free
      where c.workspace_id = free.workspace_id and c.connection_id = free.connection_id
      returning c.workspace_id, c.connection_id, c.lease_token as token
    ), heard as (
      update tandem.wakes w set wake_at = null from taken
      where w.workspace_id = taken.workspace_id and w.connection_id = taken.connection_id
    )
    select token, ${instantText(sql`now()`)} as at from taken
  `.execute(db.kysely);
  const taken = rows[0];
  return taken === undefined ? null : { ...key, ...taken };
}

export async function renewLease(db: Database, lease: Lease, ttlMs: number): Promise<void> {
  const { rows } = await sql`
    update tandem.connections set lease_until = ${inFuture(ttlMs)}
    where ${isHeldAs(lease)}
    returning 1
  `.execute(db.kysely);
  if (rows.length === 0) throw new LeaseLost('The lease has passed to another worker.');
}

/**
 * Gives the lease back and makes the next appointment: the worker's own wish or what was asked for
 * meanwhile, whichever is earlier. Does nothing when the lease has passed on: it is not ours to give.
 */
export async function releaseLease(
  db: Database,
  lease: Lease,
  wakeAt: Instant | null,
): Promise<void> {
  await sql`
    with given as (
      update tandem.connections set lease_holder = null, lease_until = null
      where ${isHeldAs(lease)}
      returning workspace_id, connection_id
    ), appointed as (
      insert into tandem.wakes as w (workspace_id, connection_id, wake_at)
      select given.workspace_id, given.connection_id, ${wakeAt}::timestamptz from given
      on conflict (workspace_id, connection_id) do update
        set wake_at = least(w.wake_at, excluded.wake_at)
      returning w.workspace_id, w.connection_id, w.wake_at
    )
    select ${addJob} from appointed where appointed.wake_at is not null
  `.execute(db.kysely);
}

/**
 * The first statement of every engine transaction: locks the connection's row, so that from here to the
 * commit nobody can take the lease (I9).
 */
export async function holdLease(db: Executor, lease: Lease): Promise<void> {
  const { rows } = await sql`
    select from tandem.connections where ${isHeldAs(lease)} for no key update
  `.execute(db);
  if (rows.length === 0) throw new LeaseLost('The lease has passed to another worker.');
}

function isHeldAs(lease: Lease) {
  return sql<boolean>`workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId}
    and lease_token = ${lease.token} and lease_holder is not null`;
}

function inFuture(ms: number) {
  return sql<Instant>`now() + make_interval(secs => ${ms}::double precision / 1000)`;
}
