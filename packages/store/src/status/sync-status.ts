import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { type EventsView, eventsColumn, NO_EVENTS } from '../change-events/event-feed-view.ts';
import { awaitsConfirmation, type StoredOrg } from '../connections/maps.ts';
import type { Database } from '../database.ts';
import { awaitsOutcome } from '../links/awaits-outcome.ts';
import type { Brake, Comparison, ImportProgress } from '../links/port.ts';
import { apiBudgetOf, type CallFacts, restOf } from './api-budget.ts';
import { EVENTS_REST_MS, type Stall, stallOf, WORKER_LATE_MS } from './stall.ts';
import type {
  BrakeView,
  ComparisonView,
  ImportProgressView,
  SyncStatusView,
} from './status-types.ts';

/** What is known about the actor's own connection. */
export interface SyncFacts extends CallFacts {
  readonly status: 'on' | 'off' | 'needs_sign_in' | null;
  /** Since when it could be at work: switched on and signed in. */
  readonly switchedOnAt: Instant | null;
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly lastPollAt: Instant | null;
  readonly linked: number;
  readonly needsAttention: number;
  readonly import: ImportProgress | null;
  readonly comparison: Comparison | null;
  readonly brake: Brake | null;
  /** The next turn; null while one is under way. */
  readonly wakeAt: Instant | null;
  readonly leaseUntil: Instant | null;
  /** B3.4: the org's map is a proposal that nobody has confirmed. */
  readonly awaitsMap: boolean;
  readonly events: EventsView;
}

/** For the foot of the rail: progress, not absence of errors (B11.6). */
export async function syncStatus(
  db: Database,
  actor: Actor,
  now: Instant,
): Promise<SyncStatusView> {
  const status = statusOf(await factsOf(db, actor, now), now);
  if (actor.role !== 'admin') return status;
  const team = await unattended(db, actor, now);
  if (team === null) return status;
  // Whose move it is sees it, with an account of their own or without.
  return { ...status, stall: { kind: 'worker', whoseMove: 'admin', ...team } };
}

/** Accounts of the workspace on which nobody works though a turn is due; null: none. */
async function unattended(
  db: Database,
  { workspaceId }: Actor,
  now: Instant,
): Promise<{ since: Instant; accounts: number } | null> {
  const { rows } = await sql<{ accounts: number; since: Instant | null }>`
    select count(*)::int as accounts, min(coalesce(c.lease_until, w.wake_at)) as since
    from tandem.connections c
    left join tandem.wakes w using (workspace_id, connection_id)
    where c.workspace_id = ${workspaceId} and c.connected and c.status = 'on'
      and coalesce(c.lease_until, w.wake_at)
        < ${now}::timestamptz - make_interval(secs => ${WORKER_LATE_MS / 1_000})
  `.execute(db.kysely);
  const { accounts = 0, since = null } = rows[0] ?? {};
  return since === null ? null : { since, accounts };
}

/**
 * One statement. Unsent is what waits to be planned and what is under way; a change that was sent and
 * refused needs attention instead. The counts read links_by_connection, links_dirty, links_parked_list.
 */
export async function factsOf(db: Database, actor: Actor, now: Instant): Promise<SyncFacts> {
  const own = sql`l.workspace_id = c.workspace_id and l.connection_id = c.connection_id`;
  const { rows } = await sql<Row>`
    select c.status, greatest(c.switched_on_at, c.connected_at) as "switchedOnAt",
      -- A teammate's poll that reads every task of the org reads this account's too (E3).
      greatest(c.last_poll_at, (
        select max(x.feed_at) from tandem.connections x
        where c.last_poll_at is not null and x.workspace_id = c.workspace_id
          and x.org_id = c.org_id and x.connected and x.status = 'on')) as "lastPollAt",
      g.status_map, g.statuses, w.wake_at as "wakeAt", c.lease_until as "leaseUntil", c.import,
      c.comparison, c.usage, c.brake, ${eventsColumn} as events, g.api_share as "apiShare", calls.spent, calls.recent,
      (select count(*) from tandem.links l where ${own} and l.state = 'live') as linked,
      (select count(*) from tandem.links l where ${own} and l.parked is not null
        and l.whose_move <> 'nobody' and not l.ignored and l.state <> 'dead') as "needsAttention",
      unsent.count as unsent, unsent.oldest as "oldestUnsentAt"
    from tandem.connections c
    join tandem.orgs g on g.workspace_id = c.workspace_id and g.org_id = c.org_id
    left join tandem.wakes w on w.workspace_id = c.workspace_id
      and w.connection_id = c.connection_id
    cross join lateral (
      select coalesce(sum(a.calls), 0) as spent,
        coalesce(sum(a.calls) filter (
          where a.hour >= date_trunc('hour', ${now}::timestamptz, 'UTC') - interval '1 hour'), 0) as recent
      from tandem.api_calls a
      where a.workspace_id = c.workspace_id and a.org_id = c.org_id
        -- A row holds an hour: the one that ended within the last 24 hours counts whole.
        and a.hour > ${now}::timestamptz - interval '25 hours'
    ) calls
    cross join lateral (
      select count(*) as count, min(since) as oldest from (
        select l.link_id, min(since) as since
        from (
          select l.link_id, l.dirty_since as since from tandem.links l
          where ${own} and l.dirty_since is not null
          union all
          -- Under way, or about to try again by itself.
          select l.link_id, l.waiting_since from tandem.links l
          where ${own} and l.waiting_since is not null
          union all
          select l.link_id, i.sent_at from tandem.intents i
          join tandem.links l on l.workspace_id = i.workspace_id and l.link_id = i.link_id
          where ${own} and i.workspace_id = c.workspace_id and ${awaitsOutcome}
        ) l
        group by l.link_id
      ) each
    ) unsent
    where c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId} and c.connected
  `.execute(db.kysely);
  const [row] = rows;
  if (row === undefined) return NOT_CONNECTED;
  const { status_map, statuses, ...facts } = row;
  return {
    ...facts,
    events: facts.events ?? NO_EVENTS,
    awaitsMap: awaitsConfirmation({ status_map, statuses }),
  };
}

type Row = Omit<SyncFacts, 'awaitsMap' | 'events'> & { readonly events: EventsView | null } & Pick<
    StoredOrg,
    'status_map' | 'statuses'
  >;

const NOT_CONNECTED: SyncFacts = {
  status: null,
  switchedOnAt: null,
  unsent: 0,
  oldestUnsentAt: null,
  lastPollAt: null,
  linked: 0,
  needsAttention: 0,
  import: null,
  comparison: null,
  usage: null,
  apiShare: null,
  spent: 0,
  recent: 0,
  brake: null,
  wakeAt: null,
  leaseUntil: null,
  awaitsMap: false,
  events: NO_EVENTS,
};

export function statusOf(facts: SyncFacts, now: Instant): SyncStatusView {
  return {
    state: stateOf(facts, now),
    unsent: facts.unsent,
    oldestUnsentAt: facts.oldestUnsentAt,
    lastPollAt: facts.lastPollAt,
    events: facts.events,
    linked: facts.linked,
    needsAttention: facts.needsAttention,
    import: facts.import === null ? null : importOf(facts.import),
    comparison: facts.comparison === null ? null : comparisonOf(facts.comparison),
    apiUsage: facts.usage === null ? null : { used: facts.usage.used, max: facts.usage.max },
    apiBudget: apiBudgetOf(facts, now),
    brake: facts.brake === null ? null : brakeOf(facts.brake),
    stall: stallIn(facts, now),
  };
}

function stateOf(facts: SyncFacts, now: Instant): SyncStatusView['state'] {
  if (facts.status === null || facts.status === 'off') return 'off';
  if (facts.status === 'needs_sign_in') return 'needs_sign_in';
  if (facts.awaitsMap) return 'needs_map';
  const stall = stallIn(facts, now);
  if (stall?.kind === 'worker') return 'stalled';
  if (facts.import?.state === 'running') return 'importing';
  if (facts.brake !== null && brakeOf(facts.brake) !== null) return 'needs_answer';
  if (stall !== null) return 'stalled';
  return facts.unsent > 0 ? 'catching_up' : 'in_step';
}

/** Only what should be at work can stand still. */
export function stallIn(facts: SyncFacts, now: Instant): Stall | null {
  if (facts.status !== 'on' || facts.awaitsMap) return null;
  const asks = facts.brake !== null && brakeOf(facts.brake) !== null;
  const signs = {
    ...facts,
    // What waits for a person's answer does not stand still.
    oldestUnsentAt: asks ? null : facts.oldestUnsentAt,
    isImporting: facts.import?.state === 'running',
    restMs: restOf(facts),
    eventsRestMs: facts.events.state === 'listening' ? EVENTS_REST_MS : 0,
  };
  return stallOf(signs, now);
}

/** An answered brake asks nothing more; the next turn acts on it. */
function brakeOf(brake: Brake): BrakeView | null {
  if (brake.allowed !== null || brake.kept === true) return null;
  const { kind, since, toTrash, toDelete, missing, links } = brake;
  return { kind, since, toTrash, toDelete, missing, links };
}

function comparisonOf(comparison: Comparison): ComparisonView {
  const { state, compared, agreed, missing, startedAt, finishedAt } = comparison;
  return { state, compared, agreed, missing, startedAt, finishedAt };
}

function importOf(progress: ImportProgress): ImportProgressView {
  const { state, found, imported, linked, skipped } = progress;
  // More may turn up while we read than was announced; less than nothing never remains.
  const remaining = found === null ? null : Math.max(0, found - imported - linked - skipped);
  return { state, found, imported, linked, skipped, remaining };
}
