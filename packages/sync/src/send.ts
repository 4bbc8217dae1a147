import {
  type AppState,
  brokenInvariant,
  type CreateRow,
  faultOf,
  type Instant,
  type Intent,
  type Link,
  land,
  type Reply,
  type RowResult,
  reborn,
  retryDelayMs,
  type SalesforceFault,
  type SalesforceId,
  type SyncedField,
  sameApp,
  shift,
  type UpdateRow,
} from '@tandem/engine';
import { broken } from './batch-size.ts';
import { hasWork, planLinked } from './plan-linked.ts';
import type { LinkChange, LinkedTask, SyncTx } from './ports.ts';
import { readRecords } from './read-records.ts';
import type { Run } from './run.ts';
import { RunStopped } from './run.ts';

/** One row of one request, with the intent that was committed for it. */
export type Send = {
  readonly linkId: string;
  readonly intent: Intent;
  /** B5.5. */
  readonly cutFrom: number | null;
} & (
  | { readonly kind: 'create'; readonly row: CreateRow }
  | { readonly kind: 'update'; readonly row: UpdateRow }
  | { readonly kind: 'delete'; readonly id: SalesforceId }
);

/**
 * Salesforce takes 25 subrequests in a composite call, of which one reads the records as they were (R9), and
 * 200 records in a collection.
 */
export const GUARDED_MAX = 24;
export const BULK_MAX = 200;

/** Sends what was planned, lane by lane, and stores what came of each request before the next one leaves. */
export async function send(run: Run, sends: readonly Send[]): Promise<void> {
  if (sends.length === 0) return;
  const creates = sends.filter((row) => row.kind === 'create');
  const updates = sends.filter((row) => row.kind === 'update');
  const deletes = sends.filter((row) => row.kind === 'delete');
  const guarded = updates.filter(({ row }) => row.ifUnmodifiedSince !== null);
  const bulk = updates.filter(({ row }) => row.ifUnmodifiedSince === null);
  const { salesforce } = run.ports;

  const create = (rows: readonly (Send & { kind: 'create' })[]): Call => ({
    rows,
    request: () => salesforce.createTasks(rows.map(({ row }) => row)),
    halves: () => halvesOf(rows).map(create),
  });
  const update = (rows: readonly (Send & { kind: 'update' })[]): Call => ({
    rows,
    request: () => salesforce.updateTasks(rows.map(({ row }) => row)),
    halves: () => halvesOf(rows).map(update),
  });
  const remove = (rows: readonly (Send & { kind: 'delete' })[]): Call => ({
    rows,
    request: () => salesforce.deleteTasks(rows.map(({ id }) => id)),
    halves: () => halvesOf(rows).map(remove),
  });
  const calls: Call[] = [
    ...chunk(creates, BULK_MAX).map(create),
    ...chunk(guarded, GUARDED_MAX).map(update),
    ...chunk(bulk, BULK_MAX).map(update),
    ...chunk(deletes, BULK_MAX).map(remove),
  ];
  // Ends: a call is done, or replaced by its two halves, which are smaller; a single row has none.
  for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
    const reply = await run.call(call.request);
    if (reply.kind === 'fault' && !speaksOfRows(reply.fault)) {
      // The whole request was refused: nothing of it, nor of what waits behind it, can land.
      await takeBack(
        run,
        [call, ...calls].flatMap(({ rows }) => rows),
      );
      throw new RunStopped(reply.fault);
    }
    if (reply.kind === 'fault' && call.rows.length > 1) {
      // One row among them is poison: find it, so that it blocks no other (I11, L3).
      calls.unshift(...call.halves());
      continue;
    }
    const at = reply.kind === 'ok' ? reply.serverTime : shift(run.now(), run.clockOffsetMs);
    const reread = await store(run, call.rows, (row) => resultOf(reply, row), at);
    if (reread.length > 0) await readOrTakeBack(run, reread, calls);
  }
}

/** Where Salesforce cannot be read now, what still waits does not leave either: it is in no doubt. */
async function readOrTakeBack(
  run: Run,
  ids: readonly SalesforceId[],
  waiting: readonly Call[],
): Promise<void> {
  try {
    await readRecords(run, ids);
  } catch (error) {
    const rows = waiting.flatMap((call) => call.rows);
    if (error instanceof RunStopped && rows.length > 0) await takeBack(run, rows);
    throw error;
  }
}

interface Call {
  readonly rows: readonly Send[];
  readonly request: () => Promise<Reply<readonly RowResult[]>>;
  readonly halves: () => readonly Call[];
}

/** A refusal of what was sent, as against a sign-in that ended or a server that is busy. */
function speaksOfRows(fault: SalesforceFault): boolean {
  const kind = faultOf(fault.code, fault.message).class;
  return kind === 'access' || kind === 'other';
}

function resultOf(reply: Reply<readonly RowResult[]>, index: number): RowResult {
  const silent: RowResult = {
    kind: 'unknown',
    message: reply.kind === 'unknown' ? reply.message : 'no result for this row',
  };
  if (reply.kind === 'fault') return { kind: 'refused', fault: reply.fault, duplicateOf: null };
  return reply.kind === 'ok' ? (reply.value[index] ?? silent) : silent;
}

/** Stores one call's results and answers which records must be read before they are planned again. */
async function store(
  run: Run,
  rows: readonly Send[],
  resultAt: (index: number) => RowResult,
  at: Instant,
): Promise<readonly SalesforceId[]> {
  let tried = 0;
  const work = async (tx: SyncTx) => {
    tried += 1;
    const links = new Map(
      (await tx.linksById(rows.map((row) => row.linkId))).map((linked) => [linked.link.id, linked]),
    );
    const changes: LinkChange[] = [];
    const reread: SalesforceId[] = [];
    for (const [index, row] of rows.entries()) {
      const linked = links.get(row.linkId);
      if (linked === undefined) continue; // purged with its workspace meanwhile
      // Stored at the first try, of which nobody heard.
      if (tried > 1 && !isOpen(linked.link, row.intent)) continue;
      const result = resultAt(index);
      if (result.kind === 'unknown') run.unknownOutcomes += 1;
      const landing = land({
        link: linked.link,
        intent: row.intent,
        result,
        at,
        seenAt: run.now(),
        subjectCutFrom: row.cutFrom,
        policy: run.connection.policy,
        retryAt: (attempts) => shift(run.now(), retryDelayMs(attempts, run.ports.random.next())),
      });
      if (landing.reread && result.kind !== 'unknown' && landing.link.salesforceId !== null) {
        reread.push(landing.link.salesforceId);
      }
      if (landing.link.state === 'dead' && linked.app.kind === 'live') {
        changes.push(newLife(run, { ...linked, link: { ...landing.link, state: 'live' } }));
        continue;
      }
      changes.push({
        link: answered(linked, row, result, landing.link),
        dirty: staysDirty(run, linked, row, result, landing),
        task: { kind: 'none' },
        journal: landing.journal,
      });
    }
    await tx.saveLinks(changes);
    return reread;
  };
  // R9: what the record held just before our write is told by this reply alone.
  return run.ports.patience.whileAway(() => run.transact(work));
}

/** Taken out of Trash while the deletion was under way: a new life, as soon as no other one is (R11). */
function newLife(run: Run, linked: LinkedTask): LinkChange {
  const { link } = linked;
  const decided = planLinked(run, linked, true);
  const input = { ...linked, policy: run.connection.policy, deletedByUs: true };
  const invariant = brokenInvariant(input, decided);
  if (invariant !== null) return broken(run, link, invariant);
  const { rebirth, app: task, journal } = decided;
  return { link: rebirth ? reborn(link, run.ports.ids.uuid()) : link, dirty: true, task, journal };
}

function isOpen({ intents }: Link, { requestId }: Intent): boolean {
  return intents.some((open) => open.requestId === requestId);
}

/**
 * A person may have edited the task while the request was under way. After a success the plan itself says
 * whether anything is left; after a refusal only a newer edit is a reason to try again by itself. What was
 * lost on the way waits for resolve-unknown, which marks it dirty when it has looked.
 */
function staysDirty(
  run: Run,
  linked: LinkedTask,
  row: Send,
  result: RowResult,
  landing: { readonly link: LinkedTask['link']; readonly dirty: boolean },
): boolean {
  if (result.kind === 'unknown') return false;
  if (result.kind === 'refused' && !landing.dirty) return movedOn(linked.app, row.intent);
  return landing.dirty || hasWork(planLinked(run, { ...linked, link: landing.link }));
}

/**
 * R11: a deletion that found nothing to delete is over. It only stays on record where the task was taken out of
 * Trash meanwhile: then it says why the record is gone, and the task starts a new life.
 */
function answered({ app }: LinkedTask, { intent }: Send, result: RowResult, link: Link): Link {
  const isOver = result.kind === 'gone' && intent.kind === 'delete' && app.kind === 'trashed';
  if (!isOver) return link;
  return { ...link, intents: link.intents.filter((open) => open.requestId !== intent.requestId) };
}

function movedOn(app: AppState, intent: Intent): boolean {
  if (intent.kind === 'delete') return app.kind === 'live';
  if (app.kind !== 'live') return true;
  return (Object.keys(intent.fields) as SyncedField[]).some(
    (field) => !sameApp(field, intent.fields[field]?.app, app.values[field]),
  );
}

/** Closes the intents of requests that never happened, and leaves their links to be planned again. */
async function takeBack(run: Run, rows: readonly Send[]): Promise<void> {
  await run.transact(async (tx) => {
    const requests = new Set(rows.map((row) => row.intent.requestId));
    const links = await tx.linksById(rows.map((row) => row.linkId));
    await tx.saveLinks(
      links.map(({ link }) => ({
        link: {
          ...link,
          intents: link.intents.filter(({ requestId }) => !requests.has(requestId)),
        },
        dirty: true,
        task: { kind: 'none' },
        journal: [],
      })),
    );
  });
}

function chunk<T>(rows: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < rows.length; at += size) chunks.push(rows.slice(at, at + size));
  return chunks;
}

function halvesOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  return chunk(rows, Math.ceil(rows.length / 2));
}
