import { faultOf, type Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { type ProblemRow, problemRows } from './problem-rows.ts';
import type { ProblemCausesView, SyncProblemPage, SyncProblemView } from './status-types.ts';

/** A screenful, with what a person scrolls at once. */
const PROBLEMS_PAGE = 100;
const LIST = 'problems';

export interface ProblemFilter {
  readonly kind?: 'parked' | 'skipped' | undefined;
  readonly cause?: string | undefined;
  /** Those that somebody said "Ignore" to, instead of the others. */
  readonly ignored?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Every parked and every skipped task by name (B11.3), in the order of ids. */
export async function listProblems(
  db: Database,
  actor: Actor,
  filter: ProblemFilter = {},
): Promise<SyncProblemPage> {
  const { kind, cause, ignored = false, limit = PROBLEMS_PAGE } = filter;
  const after = decodeCursor(LIST, filter.cursor, 1);
  const { rows } = await withCursor(after, () =>
    sql<ProblemRow>`
      select id, kind, "taskId", "salesforceId", "instanceUrl", name, "ownerId", code, cause,
        message, since, "retryAt", "isTrying"
      from ${problemRows(actor, ignored)} problem
      where ${after === null ? sql`true` : sql`id collate "C" > ${after[0]}`}
        and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
        and ${cause === undefined ? sql`true` : sql`cause = ${cause}`}
      order by id collate "C"
      limit ${limit + 1}
    `.execute(db.kysely),
  );
  const problems = rows.slice(0, limit).map(viewOf);
  const last = problems.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { problems, nextCursor: more ? encodeCursor(LIST, [last.id]) : null };
}

function viewOf(row: ProblemRow): SyncProblemView {
  return { ...row, ...natureOf(row.kind, row.cause) };
}

function natureOf(
  kind: ProblemRow['kind'],
  cause: string,
): Pick<SyncProblemView, 'class' | 'whoseMove'> {
  if (kind === 'skipped') return { class: 'skipped', whoseMove: 'nobody' };
  const { class: faultClass, whoseMove } = faultOf(cause, '');
  return { class: faultClass, whoseMove };
}

interface CauseRow {
  readonly kind: ProblemRow['kind'];
  readonly cause: string;
  readonly count: number;
  readonly own: number;
  readonly since: Instant;
}

/** Everything counted by cause: first what a person must do, then what waits, then what was left out. */
export async function problemCauses(db: Database, actor: Actor): Promise<ProblemCausesView> {
  const { rows } = await sql<CauseRow>`
    select kind, cause, count(*) as count,
      count(*) filter (where "ownerId" = ${actor.userId}) as own, min(since) as since
    from ${problemRows(actor, false)} problem
    group by kind, cause
  `.execute(db.kysely);
  const ignored = await sql<{ count: number }>`
    select count(*) as count from ${problemRows(actor, true)} problem
  `.execute(db.kysely);
  const causes = rows
    .map((row) => ({
      ...row,
      ...natureOf(row.kind, row.cause),
      count: Number(row.count),
      own: Number(row.own),
    }))
    .sort((a, b) => weightOf(a) - weightOf(b) || b.count - a.count || (a.cause < b.cause ? -1 : 1));
  return {
    causes,
    toAct: causes.reduce((sum, cause) => sum + waitingFor(actor, cause), 0),
    ignored: Number(ignored.rows[0]?.count ?? 0),
  };
}

type Cause = ProblemCausesView['causes'][number];

const MOVES = { user: 0, admin: 1, nobody: 2 } as const;

function weightOf({ kind, whoseMove }: Cause): number {
  return kind === 'skipped' ? 3 : MOVES[whoseMove];
}

/** A colleague's task is the colleague's to mend, what only an admin can mend is any admin's. */
function waitingFor({ role }: Actor, { whoseMove, count, own }: Cause): number {
  if (whoseMove === 'user') return own;
  return whoseMove === 'admin' && role === 'admin' ? count : 0;
}
