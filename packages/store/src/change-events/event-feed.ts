import type { Instant, SalesforceFault } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { LeaseLost } from '../errors.ts';
import { linkedRecordIds } from '../links/linked-record-ids.ts';
import { type FeedLease, isHeldAs } from './claim-feeds.ts';

export interface FeedChange {
  readonly state?: 'listening' | 'lost' | 'refused';
  readonly fault?: SalesforceFault | null;
  readonly place?: Uint8Array | null;
  readonly lastEventAt?: Instant;
}

const MESSAGE_MAX = 500;

/** `EventFeed` of `@tandem/sync`, under a lease. */
export function createEventFeed(db: Database, lease: FeedLease) {
  return {
    async place(): Promise<Uint8Array | null> {
      const { rows } = await sql<{ place: Buffer | null }>`
        select f.place from tandem.event_feeds f where ${isHeldAs(lease)}
      `.execute(db.kysely);
      const [row] = rows;
      if (row === undefined) throw new LeaseLost('Somebody else follows this org.');
      return row.place;
    },
    async save({ state, fault, place, lastEventAt }: FeedChange): Promise<void> {
      const { rows } = await sql`
        update tandem.event_feeds f set lease_token = f.lease_token
          ${state === undefined ? sql`` : sql`, state = ${state}, state_since = now()`}
          ${fault === undefined ? sql`` : sql`, code = ${fault?.code ?? null}, message = ${fault?.message.slice(0, MESSAGE_MAX) ?? null}`}
          ${place === undefined ? sql`` : sql`, place = ${place === null ? null : Buffer.from(place)}`}
          ${lastEventAt === undefined ? sql`` : sql`, last_event_at = ${lastEventAt}::timestamptz, doubted_at = null`}
        where ${isHeldAs(lease)}
        returning 1
      `.execute(db.kysely);
      if (rows.length === 0) throw new LeaseLost('Somebody else follows this org.');
    },
    linked: (ids: readonly string[]) => linkedRecordIds(db, lease, ids),
    async owners(): Promise<ReadonlySet<string>> {
      const { rows } = await sql<{ id: string }>`
        select c.salesforce_user_id as id from tandem.connections c
        where c.workspace_id = ${lease.workspaceId} and c.org_id = ${lease.orgId}
          and c.connected and c.status = 'on'
      `.execute(db.kysely);
      return new Set(rows.map(({ id }) => id));
    },
  };
}
