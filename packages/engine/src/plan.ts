import { agrees, type MapContext, sameApp, sameSf, toApp } from './field-map.ts';
import { secondOf } from './instant.ts';
import type { JournalDraft } from './journal.ts';
import { unseenAtLast } from './landing-overwrites.ts';
import type { AppState, Base, Link, SfState } from './link.ts';
import { mergeField, pairOf, wholeBase } from './merge.ts';
import type { AppAction, Plan, PlanInput, SfAction } from './plan-types.ts';
import { idle, planUnborn } from './plan-unborn.ts';
import type { Policy } from './policy.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import { sfValuesOf } from './salesforce-task.ts';
import { isInLandingWindow, mayBeDeletedAgain, settleIntents } from './settle-intents.ts';
import { type AppValues, type Instant, SYNCED_FIELDS, type SyncedField } from './task.ts';

/**
 * The whole decision for one link: a pure function of what both sides look like, what they last agreed
 * on, and what may still be under way. It is never stored; running it again on the same state gives the
 * same answer. Read it top to bottom: each branch says what is known from there on.
 */
export function plan(input: PlanInput): Plan {
  const { link, app } = input;

  // A tombstone (R5). Nothing moves it but an undelete in Salesforce after we had followed the deletion.
  if (link.state === 'dead')
    return link.sf.kind === 'seen' ? planTombstone(input, link.sf.task) : idle(link);

  // No evidence of the record and none of its deletion: both sides are left alone (B7.2). A task in Trash
  // needs no news of it; should the record show itself again, the deletion is carried out then.
  if (link.sf.kind === 'missing') {
    const journal = app.kind === 'trashed' ? [] : goneOnce(link);
    return { ...idle(link), state: 'gone', journal };
  }

  // The record has not been seen yet: it is still to be created, or its creation is in doubt.
  if (link.sf.kind === 'unborn') return planUnborn(input);

  // From here on the record has been seen.
  const task = link.sf.task;
  if (task.IsDeleted) return planDeletedInSalesforce(input, link.sf);

  // The record is alive in Salesforce.
  if (app.kind === 'trashed') return planTrashedInApp(input, app, task);

  // Both are alive. A series row is Salesforce's to manage (B8.4).
  if (task.IsRecurrence) return idle(link);
  return planMerge(input, app.values, app.editedAt, task);
}

type Seen = Extract<SfState, { kind: 'seen' }>;

function planTombstone(input: PlanInput, task: SalesforceTask): Plan {
  const { link, app, policy } = input;
  // A task that was restored has a newer link; two records cannot both be the living one (I3).
  if (task.IsDeleted || app.kind !== 'trashed' || !input.soleLink) return idle(link);
  // Undeleted for somebody who is not connected: it is not on this list, and comes when it is given back (B8.3).
  if (isForeign(policy, task)) return idle(link);
  // It was undeleted before the task went into Trash, and we hear of it only now: Trash is the last word (I4).
  if (!app.bySync && secondOf(task.SystemModstamp) < secondOf(app.at))
    return planTrashedInApp(input, app, task);
  // The record is alive again although we know it was deleted: a person undeleted it (B8.2). The newest
  // act of a person wins over the older deletion, and the app's task comes back under the same link. What was
  // edited on either side until then meets as in any merge: nothing goes back to an older value (I1).
  const restored: JournalDraft = {
    kind: 'restored',
    field: null,
    side: 'sf',
    from: null,
    to: null,
    rule: 'B8.2',
  };
  // A series row is Salesforce's to manage (B8.4).
  if (task.IsRecurrence)
    return {
      ...idle(link),
      state: 'live',
      app: { kind: 'restore', values: {} },
      journal: [restored],
    };
  const merged = planMerge(input, app.values, app.editedAt, task);
  return {
    ...merged,
    app: { kind: 'restore', values: merged.app.kind === 'patch' ? merged.app.values : {} },
    journal: [restored, ...merged.journal],
  };
}

function planDeletedInSalesforce(input: PlanInput, { task, seenAt }: Seen): Plan {
  const { link, app } = input;
  // R6: a value of ours that shows in the deleted record has landed; an undelete must not take it for theirs.
  const { base, unsettled } = settleIntents(link.intents, link.base, link.sf, () => true);
  const undecided = new Set(unsettled.map(({ requestId }) => requestId));
  // R11: what is still on its way finds nothing to change, unless the record is undeleted before it arrives. R10:
  // where a third value stands, an undelete decides, however late it comes.
  const open = link.intents.filter(
    (intent) => isInLandingWindow(intent, seenAt) || undecided.has(intent.requestId),
  );
  const buried = { ...idle(link), base, intents: open, state: 'dead' as const };
  const byUs = input.deletedByUs === true || link.intents.some(({ kind }) => kind === 'delete');
  // Deleted on both sides: only the tombstone remains, so that neither comes back (I4). What a deletion of ours took
  // along unseen is named (I2): a new life that was waited for would have, and is not wanted any more.
  if (app.kind === 'trashed')
    return byUs ? { ...buried, journal: unseenAtLast(link, task, input.policy) } : buried;
  // It was our own deletion, and the task was taken out of Trash while it was under way. A new life forgets what is
  // still under way to the old record, and so waits until that can land no more; an undelete meanwhile ends it.
  if (mayBeDeletedAgain(link, seenAt)) return { ...idle(link), state: 'live' };
  if (byUs) return planRebirth(input, task);
  // Kept without its record already, because a person said so (B11.5) or because Salesforce had shown nothing
  // of it (B7.2): what is not followed any more is not deleted either.
  if (link.state === 'gone') return { ...buried, state: 'gone' };
  // B10.3: the deletion wins; an edited version stays whole in Trash, and the history names it.
  const unsent = editedFields(base, app.values, task);
  return {
    ...buried,
    app: { kind: 'trash' },
    journal: [
      {
        kind: 'deleted',
        field: null,
        side: 'sf',
        from: null,
        to: null,
        rule: unsent.length > 0 ? 'B10.3' : 'B8.2',
        ...(unsent.length > 0
          ? { lost: Object.fromEntries(unsent.map((field) => [field, app.values[field]])) }
          : {}),
        data: { unsentFields: unsent },
      },
    ],
  };
}

/** The task starts a new life, and takes along what was changed in the old record before it went (I2). */
function planRebirth(input: PlanInput, task: SalesforceTask): Plan {
  const { link, app, policy } = input;
  const reborn = { ...idle(link), intents: [], rebirth: true };
  // What another had of it, or Salesforce alone manages, is not taken over, but named (B8.3, B8.4).
  if (app.kind === 'trashed' || isForeign(policy, task) || task.IsRecurrence)
    return { ...reborn, journal: unseenAtLast(link, task, policy) };
  const merged = planMerge(input, app.values, app.editedAt, task);
  return { ...reborn, app: merged.app, journal: merged.journal };
}

function planTrashedInApp(
  { link, policy, context }: PlanInput,
  app: Extract<AppState, { kind: 'trashed' }>,
  task: SalesforceTask,
): Plan {
  // Also where the engine put it into Trash, because its record was deleted: a living link then names a record that
  // was born after that, late, of a request of ours, and what a person deleted is not made again (I4, `adopt`).
  // Given to somebody who is not connected: it is theirs now, and not ours to delete (B8.3).
  if (isForeign(policy, task)) {
    // R10: what was sent while it was ours is decided when it is given back.
    const { base, unsettled } = settleIntents(link.intents, link.base, link.sf, () => true);
    return { ...idle(link), base, intents: unsettled, state: 'left' };
  }
  const sf = sfValuesOf(task);
  const map: MapContext = { policy, origin: link.origin, context };
  const base = wholeBase(link.base, app.values, task);
  const unseen = SYNCED_FIELDS.filter((field) =>
    link.base === null
      ? !agrees(field, app.values, task, map)
      : !sameSf(field, sf[field], base[field].sf),
  );
  // Said once: our own deletion under way, or refused and tried again, is no news; what Salesforce changed
  // since then is.
  const again = link.parked !== null || link.intents.some(({ kind }) => kind === 'delete');
  return {
    ...idle(link),
    state: 'live',
    sf: { kind: 'delete' },
    journal:
      again && unseen.length === 0
        ? []
        : [
            {
              kind: 'deleted',
              field: null,
              side: 'app',
              from: null,
              to: null,
              // B10.3: what Salesforce had changed meanwhile is named before it goes to the Recycle Bin.
              rule: unseen.length > 0 ? 'B10.3' : 'B8.1',
              ...(unseen.length > 0
                ? { lost: Object.fromEntries(unseen.map((field) => [field, sf[field]])) }
                : {}),
              data: { unseenFields: unseen },
            },
          ],
  };
}

function planMerge(
  { link, context, policy, restoredAt = null, recovering = false }: PlanInput,
  app: AppValues,
  editedAt: Partial<Record<SyncedField, Instant>>,
  task: SalesforceTask,
): Plan {
  const map: MapContext = { policy, origin: link.origin, context };
  const settled = settleIntents(
    link.intents,
    link.base,
    link.sf,
    // A record we have just created and not read yet names nobody.
    (user) => user === '' || policy.owners.toApp[user] !== undefined,
  );
  if (isForeign(policy, task)) {
    // B8.3: given to somebody who is not connected. The task leaves the list and may come back.
    const journal: JournalDraft[] =
      link.state === 'left'
        ? []
        : [
            {
              kind: 'reassigned',
              field: 'owner',
              side: 'sf',
              from: app.owner,
              to: task.OwnerId,
              rule: 'B8.3',
            },
          ];
    // R10: what was sent while it was ours, and is neither there nor ruled out, is decided when it is given back.
    const { base, unsettled } = settled;
    return { ...idle(link), base, intents: unsettled, state: 'left', journal };
  }

  const journal: JournalDraft[] = [];
  const base: Record<string, unknown> = { ...wholeBase(settled.base, app, task) };
  const appPatch: Record<string, unknown> = {};
  const sfPatch: Record<string, unknown> = {};
  const sfPatchApp: Record<string, unknown> = {};
  const sf = sfValuesOf(task);
  let cutFrom: number | null = null;
  const formerOpenStatus = task.IsClosed ? link.formerOpenStatus : task.Status;

  // A value that lost, or that nothing was agreed about, is what the app leaves behind: also for a person who takes
  // the edit back before it went out.
  const agreedInApp = <F extends SyncedField>(field: F, known: Base): AppValues[F] => {
    const isLoser = link.base === null || !sameSf(field, sf[field], known[field].sf);
    const read = isLoser ? toApp(field, task, policy) : 'none';
    return read === 'none' ? known[field].app : read.value;
  };

  for (const field of SYNCED_FIELDS) {
    const decision = mergeField({
      field,
      base: base as unknown as Base,
      app,
      editedAt: editedAt[field] ?? null,
      task,
      map,
      baseUnknown: link.base === null,
      isLastWord:
        restoredAt === null
          ? link.base === null
          : isNewerThan(editedAt[field], restoredAt) &&
            (recovering || link.base === null || !isNewerThan(task.LastModifiedDate, restoredAt)),
      outcomeLost: settled.lost.includes(field) || isOlderThan(editedAt[field], restoredAt),
      outcomeBorrowed: settled.borrowed.includes(field),
      formerOpenStatus: link.formerOpenStatus,
    });
    switch (decision.kind) {
      case 'keep':
        break;
      case 'settled':
        base[field] = pairOf(app[field], sf[field]);
        break;
      case 'pull':
        appPatch[field] = decision.value;
        base[field] = pairOf(decision.value as AppValues[typeof field], sf[field]);
        break;
      case 'push':
        sfPatch[field] = decision.value;
        sfPatchApp[field] = app[field];
        if (field === 'name') cutFrom = decision.cutFrom;
        // R12: a decided conflict is not decided again; the loser becomes what Salesforce was agreed to hold.
        base[field] = pairOf(agreedInApp(field, base as unknown as Base), sf[field]);
        break;
    }
    if (decision.kind !== 'keep' && decision.journal) journal.push(decision.journal);
  }

  const action: AppAction = isEmpty(appPatch)
    ? { kind: 'none' }
    : { kind: 'patch', values: appPatch };
  const send: SfAction = isEmpty(sfPatch)
    ? { kind: 'none' }
    : { kind: 'update', values: sfPatch, app: sfPatchApp, subject: { cutFrom } };
  return {
    app: action,
    rebirth: false,
    sf: send,
    base: base as unknown as Base,
    intents: settled.open,
    state: 'live',
    formerOpenStatus,
    journal,
  };
}

/**
 * R10 after a restored backup: an edit that had not been sent by then may have been sent since, and what stands in
 * Salesforce may have come of it.
 */
function isOlderThan(editedAt: Instant | undefined, restoredAt: Instant | null): boolean {
  return restoredAt !== null && (editedAt === undefined || editedAt <= restoredAt);
}

function isNewerThan(at: Instant | undefined, restoredAt: Instant | null): boolean {
  return restoredAt !== null && at !== undefined && at > restoredAt;
}

/** An owner who is not a connected user. A record we have just created and not read yet is ours. */
function isForeign(policy: Policy, task: SalesforceTask): boolean {
  return task.OwnerId !== '' && policy.owners.toApp[task.OwnerId] === undefined;
}

function editedFields(
  known: Base | null,
  app: AppValues,
  task: SalesforceTask,
): readonly SyncedField[] {
  if (known === null) return SYNCED_FIELDS;
  const base = wholeBase(known, app, task);
  return SYNCED_FIELDS.filter((field) => !sameApp(field, app[field], base[field].app));
}

function goneOnce(link: Link): readonly JournalDraft[] {
  return link.state === 'gone'
    ? []
    : [{ kind: 'gone', field: null, side: 'sf', from: null, to: null, rule: 'B7.2' }];
}

function isEmpty(record: Record<string, unknown>): boolean {
  return Object.keys(record).length === 0;
}
