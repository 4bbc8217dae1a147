import {
  type AppValues,
  BIRTH_MARGIN_MS,
  BrokenInvariant,
  brokenInvariant,
  type Instant,
  type Intent,
  instantMs,
  type Link,
  type Parked,
  type Plan,
  reborn,
  type SfValues,
  type SyncedField,
  sfValuesOf,
  shift,
  toSalesforcePatch,
} from '@tandem/engine';
import { lookedAtLater } from './match-birth.ts';
import { OVERLAP_MS } from './poll.ts';
import type { LinkChange, LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import { GUARDED_MAX, type Send, send } from './send.ts';

/**
 * So few updates fit two guarded calls: then every one is guarded, also of quiet records, because a person's
 * edit may have come after the last poll (R9). Larger batches guard only what is lively.
 */
const GUARD_ALL_MAX = 2 * GUARDED_MAX;

export interface Planned {
  readonly linked: LinkedTask;
  readonly decided: Plan;
}

/** Saves what was decided and answers what is to be sent, each under an intent that commits with it (I8). */
export async function commitPlans(
  run: Run,
  tx: SyncTx,
  asked: readonly Planned[],
): Promise<readonly Send[]> {
  const plans = oneLinkPerTask(asked);
  const updates = plans.filter(({ decided }) => decided.sf.kind === 'update').length;
  const guardAll = updates <= GUARD_ALL_MAX;
  const changes: LinkChange[] = [];
  const sends: Send[] = [];
  for (const { linked, decided } of plans) {
    holdToPromises(run, linked, decided);
    const send = sendOf(run, linked, decided, guardAll);
    if (send !== null) sends.push(send);
    changes.push(changeOf(run, linked, decided, send));
  }
  if (changes.length > 0) await tx.saveLinks(changes);
  return sends;
}

/**
 * A task that was restored has links of older lives. Where one of them changes the task, the others were planned on
 * what is true no longer: they stay dirty, and are planned again.
 */
function oneLinkPerTask(plans: readonly Planned[]): readonly Planned[] {
  const changing = new Map<string, Planned>();
  for (const one of plans)
    if (one.decided.app.kind !== 'none' && !changing.has(one.linked.link.taskId))
      changing.set(one.linked.link.taskId, one);
  if (changing.size === 0) return plans;
  return plans.filter((one) => (changing.get(one.linked.link.taskId) ?? one) === one);
}

/** H1: a decision that would break an invariant is not carried out; its link is parked and says so. */
function holdToPromises(run: Run, { link, app }: LinkedTask, decided: Plan): void {
  const broken = brokenInvariant({ link, app, policy: run.connection.policy }, decided);
  if (broken !== null) throw new BrokenInvariant(broken, link.id);
}

export async function sendAll(run: Run, sends: readonly Send[]): Promise<void> {
  run.activity += sends.length;
  run.countSends(sends.length);
  await send(run, sends);
}

function changeOf(run: Run, { link }: LinkedTask, decided: Plan, asked: Send | null): LinkChange {
  const task = decided.app;
  const journal = decided.journal;
  if (decided.rebirth) {
    return { link: reborn(link, run.ports.ids.uuid()), dirty: true, task, journal };
  }
  const next: Link = {
    id: link.id,
    taskId: link.taskId,
    salesforceId: link.salesforceId,
    creationKey: link.creationKey,
    origin: link.origin,
    base: decided.base,
    sf: link.sf,
    intents: asked === null ? decided.intents : [...decided.intents, asked.intent],
    parked: parkedAfter(run, link, asked),
    formerOpenStatus: decided.formerOpenStatus,
    state: decided.state,
  };
  return { link: next, dirty: false, task, journal };
}

/**
 * Sent again: the next retry is set by the outcome. Nothing left to send: what was refused is no longer
 * wanted. Only a create in doubt stays parked until a person decides (R8).
 */
function parkedAfter(run: Run, { parked }: LinkedTask['link'], asked: Send | null): Parked | null {
  if (parked === null) return null;
  if (parked.code === 'OUTCOME_UNKNOWN') return lookedAtLater(run, parked);
  if (asked === null) return null;
  const { code, message, fields, since, attempts } = parked;
  return { code, message, fields, since, retryAt: null, attempts };
}

function sendOf(
  run: Run,
  { link }: LinkedTask,
  { sf: action }: Plan,
  guardAll: boolean,
): Send | null {
  if (action.kind === 'none') return null;
  const requestId = run.ports.ids.uuid();
  const sentAt = run.now();
  if (action.kind === 'create') {
    const fields = intentFields(action.values, action.app, null);
    return {
      kind: 'create',
      linkId: link.id,
      row: { creationKey: link.creationKey, body: toSalesforcePatch(action.values) },
      cutFrom: action.subject.cutFrom,
      intent: {
        requestId,
        kind: 'create',
        sentAt,
        expectedRevision: bornAfter(run, link),
        fields,
      },
    };
  }
  // Updates and deletions are only planned for a record that has been seen.
  if (link.sf.kind !== 'seen') return null;
  const task = link.sf.task;
  if (action.kind === 'delete') {
    return {
      kind: 'delete',
      linkId: link.id,
      id: task.Id,
      cutFrom: null,
      intent: { requestId, kind: 'delete', sentAt, expectedRevision: null, fields: {} },
    };
  }
  const guard = guardAll || isLively(run, task.LastModifiedDate) ? task.LastModifiedDate : null;
  const fields = intentFields(action.values, action.app, sfValuesOf(task));
  return {
    kind: 'update',
    linkId: link.id,
    row: { id: task.Id, body: toSalesforcePatch(action.values), ifUnmodifiedSince: guard },
    cutFrom: action.subject.cutFrom,
    intent: { requestId, kind: 'update', sentAt, expectedRevision: guard, fields },
  };
}

/** R8: the record of the life before, where the time alone would not tell it from the new one. */
function bornAfter(run: Run, { sf }: Link): Instant | null {
  if (sf.kind !== 'unborn' || sf.since === undefined) return null;
  const earliest = shift(run.now(), run.clockOffsetMs - BIRTH_MARGIN_MS);
  return instantMs(sf.since) > instantMs(earliest) ? sf.since : null;
}

function intentFields(
  values: Partial<SfValues>,
  app: Partial<AppValues>,
  before: SfValues | null,
): Intent['fields'] {
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(values) as SyncedField[])
    fields[field] = { from: before?.[field] ?? null, to: values[field], app: app[field] };
  return fields;
}

/**
 * The guarded lane is for records that changed lately, where another change may be on its way; quiet
 * records go by the hundred.
 */
function isLively(run: Run, lastModified: Instant): boolean {
  const salesforceNow = instantMs(run.now()) + run.clockOffsetMs;
  return salesforceNow - instantMs(lastModified) < OVERLAP_MS;
}
