import { type Instant, instantMs } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import type { Comparison, ImportProgress } from '../links/port.ts';
import type { ComparisonView, ImportProgressView, SyncStatusView } from './status-types.ts';

/** B11.6: a stall shows within two minutes. */
const STALLED_AFTER_MS = 120_000;

/** What is known about the actor's own connection. */
export interface SyncFacts {
  readonly status: 'on' | 'off' | 'needs_sign_in' | null;
  readonly switchedOnAt: Instant | null;
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly lastPollAt: Instant | null;
  readonly linked: number;
  readonly needsAttention: number;
  readonly import: ImportProgress | null;
  readonly comparison: Comparison | null;
  readonly usage: { readonly used: number; readonly max: number } | null;
}

/** For the foot of the rail: progress, not absence of errors (B11.6). */
export async function syncStatus(
  db: Database,
  actor: Actor,
  now: Instant,
): Promise<SyncStatusView> {
  return statusOf(await factsOf(db, actor), now);
}

/**
 * One statement. Unsent is what waits to be planned and what is under way; a change that was sent and
 * refused needs attention instead. The counts read links_by_connection, links_dirty, links_parked_list.
 */
async function factsOf(db: Database, actor: Actor): Promise<SyncFacts> {
  const own = sql`l.workspace_id = c.workspace_id and l.connection_id = c.connection_id`;
  const { rows } = await sql<SyncFacts>`
    select c.status, c.switched_on_at as "switchedOnAt", c.last_poll_at as "lastPollAt", c.import,
      c.comparison, c.usage,
      (select count(*) from tandem.links l where ${own} and l.state = 'live') as linked,
      (select count(*) from tandem.links l where ${own} and l.parked is not null
        and l.whose_move <> 'nobody' and not l.ignored and l.state <> 'dead') as "needsAttention",
      unsent.count as unsent, unsent.oldest as "oldestUnsentAt"
    from tandem.connections c
    cross join lateral (
      select count(*) as count, min(since) as oldest from (
        select l.link_id, min(since) as since
        from (
          select l.link_id, l.dirty_since as since from tandem.links l
          where ${own} and l.dirty_since is not null
          union all
          select l.link_id, i.sent_at from tandem.intents i
          join tandem.links l on l.workspace_id = i.workspace_id and l.link_id = i.link_id
          where ${own} and i.workspace_id = c.workspace_id
        ) l
        group by l.link_id
      ) each
    ) unsent
    where c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId} and c.connected
  `.execute(db.kysely);
  return rows[0] ?? NOT_CONNECTED;
}

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
};

export function statusOf(facts: SyncFacts, now: Instant): SyncStatusView {
  return {
    state: stateOf(facts, now),
    unsent: facts.unsent,
    oldestUnsentAt: facts.oldestUnsentAt,
    lastPollAt: facts.lastPollAt,
    linked: facts.linked,
    needsAttention: facts.needsAttention,
    import: facts.import === null ? null : importOf(facts.import),
    comparison: facts.comparison === null ? null : comparisonOf(facts.comparison),
    apiUsage: facts.usage,
  };
}

function stateOf(facts: SyncFacts, now: Instant): SyncStatusView['state'] {
  if (facts.status === null || facts.status === 'off') return 'off';
  if (facts.status === 'needs_sign_in') return 'needs_sign_in';
  if (facts.import?.state === 'running') return 'importing';
  const heardAt = facts.lastPollAt ?? facts.switchedOnAt;
  if (isLongAgo(heardAt, now) || isLongAgo(facts.oldestUnsentAt, now)) return 'stalled';
  return facts.unsent > 0 ? 'catching_up' : 'in_step';
}

function isLongAgo(at: Instant | null, now: Instant): boolean {
  return at !== null && instantMs(now) - instantMs(at) > STALLED_AFTER_MS;
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
