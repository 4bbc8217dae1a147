import { sameSf } from './field-map.ts';
import { instantMs } from './instant.ts';
import type { Base, Intent, Link, SfState } from './link.ts';
import { sfValuesOf } from './salesforce-task.ts';
import type { Instant, SalesforceId, SyncedField } from './task.ts';

/**
 * A request whose reply never came may have landed, may land later, or may be lost. The next observation
 * decides as far as it can (R10, R11).
 */
export interface SettledIntents {
  readonly base: Base | null;
  /** Intents that may still land. */
  readonly open: readonly Intent[];
  /** These, and those with a field that is lost. */
  readonly unsettled: readonly Intent[];
  /** Fields where Salesforce now holds neither what we expected nor what we sent. */
  readonly lost: readonly SyncedField[];
  /**
   * Fields that hold what we sent, in a record that somebody else touched last: ours, landed before their
   * change, or theirs, set to the same value.
   */
  readonly borrowed: readonly SyncedField[];
}

/**
 * Salesforce ends a request after at most 10 minutes (its documented long-running limit), so one that was
 * sent longer ago cannot land any more.
 */
export const LANDING_WINDOW_MS = 10 * 60_000;

/** As far as the time goes; `seenAt`: when we last looked, by the clock that stamped the intent. */
export function isInLandingWindow({ sentAt }: Intent, seenAt: Instant): boolean {
  return instantMs(seenAt) - instantMs(sentAt) < LANDING_WINDOW_MS;
}

/**
 * R11: a deletion of ours may land yet, should a person undelete the record before it arrives: it may have been
 * another one, or a person, that deleted it. `seenAt`: when the record was seen deleted.
 */
export function mayBeDeletedAgain({ intents }: Link, seenAt: Instant): boolean {
  return intents.some((intent) => intent.kind === 'delete' && isInLandingWindow(intent, seenAt));
}

/**
 * R10: an update from before the record was deleted or given away is decided when it comes back, however late: by then
 * the time alone would take what came of our value for an edit against it.
 */
export function waitsForReturn(link: Link, { kind }: Intent): boolean {
  return link.state === 'left' || (isBuried(link) && kind === 'update');
}

/** Its record was seen deleted, and the task followed it, or was kept without it (B11.5). */
function isBuried({ state, sf }: Link): boolean {
  return state === 'dead' || (state === 'gone' && sf.kind === 'seen');
}

/**
 * False for an intent that nobody waits for: the record was born of another request, is deleted, or somebody
 * else's, or shows what was sent. It stays on record while it can land (R11), so that it is known for ours should the
 * way be free for it once more: a purged record gives its key back, an undeleted one can be deleted again, another's
 * given back.
 */
function awaitsOutcome(link: Link, intent: Intent): boolean {
  if (link.state === 'left' || isBuried(link)) return false;
  return intent.kind === 'create' ? link.sf.kind === 'unborn' : !hasShown(intent);
}

/** Its values were there once: what it would change is nothing (`from` is `to`). */
function hasShown({ kind, fields }: Intent): boolean {
  const sent = Object.values(fields);
  return kind === 'update' && sent.length > 0 && sent.every(({ from, to }) => from === to);
}

/** Without a guard it may have been another request, or another hand, and this one can still come over what follows. */
function shown(intent: Intent): Intent {
  const fields = Object.entries(intent.fields).map(([field, sent]) => [
    field,
    { ...sent, from: sent.to },
  ]);
  return { ...intent, fields: Object.fromEntries(fields) };
}

/** Something is under way whose outcome decides how both sides go on. */
export function isInDoubt(link: Link): boolean {
  return link.intents.some((intent) => awaitsOutcome(link, intent));
}

export function settleIntents(
  intents: readonly Intent[],
  base: Base | null,
  seen: SfState,
  isOurs: (user: SalesforceId) => boolean,
): SettledIntents {
  if (intents.length === 0 || base === null || seen.kind !== 'seen')
    return { base, open: intents, unsettled: intents, lost: [], borrowed: [] };
  const sf = sfValuesOf(seen.task);
  const next: Record<string, unknown> = { ...base };
  const lost = new Set<SyncedField>();
  const borrowed = new Set<SyncedField>();
  // Evidence, not a filter: the last change by another hand does not say what that hand changed.
  const byAnother = !isOurs(seen.task.LastModifiedById);
  const open: Intent[] = [];

  for (const intent of intents) {
    // The record is here and has its base: it was born of another request, and the unique key refuses this one
    // for as long as the record is not purged (R8, R11).
    if (intent.kind === 'create') {
      if (isInLandingWindow(intent, seen.seenAt)) open.push(intent);
      continue;
    }
    // An observation older than the request says nothing about it.
    if (instantMs(seen.seenAt) < instantMs(intent.sentAt)) {
      open.push(intent);
      continue;
    }
    let mayStillLand = isInLandingWindow(intent, seen.seenAt);
    // A guarded request is refused as soon as the record's revision has moved on (R9, R11). What we expected
    // may be later than the record's own: the moment at which our last write was answered.
    const { expectedRevision } = intent;
    if (
      expectedRevision !== null &&
      instantMs(seen.task.LastModifiedDate) > instantMs(expectedRevision)
    )
      mayStillLand = false;

    for (const field of Object.keys(intent.fields) as SyncedField[]) {
      const sent = intent.fields[field];
      if (!sent) continue;
      if (sameSf(field, sf[field], sent.to)) {
        // It landed: both sides agreed on this pair (R6).
        next[field] = { app: sent.app, sf: sf[field] };
        lost.delete(field);
        // R12: once it is what both sides agreed on, that is no news.
        if (byAnother && !sameSf(field, base[field]?.sf, sent.to)) borrowed.add(field);
      } else if (!hasShown(intent) && !sameSf(field, sf[field], sent.from)) {
        lost.add(field);
      }
    }
    // A deletion names no fields. The record is alive, so it has not landed; until it cannot, it stays on record,
    // or its late landing would be taken for a person's.
    if (intent.kind === 'delete') {
      if (mayStillLand) open.push(intent);
      continue;
    }
    const landed = Object.keys(intent.fields).every((field) => {
      const sent = intent.fields[field as SyncedField];
      return sent !== undefined && sameSf(field as SyncedField, sf[field as SyncedField], sent.to);
    });
    if (mayStillLand && !landed) open.push(intent);
    else if (mayStillLand && expectedRevision === null) open.push(shown(intent));
  }
  const stillOpen = new Map(open.map((intent) => [intent.requestId, intent]));
  const isLost = ({ fields }: Intent) =>
    Object.keys(fields).some((field) => lost.has(field as SyncedField));
  const unsettled = intents.flatMap(
    (intent) => stillOpen.get(intent.requestId) ?? (isLost(intent) ? [intent] : []),
  );
  return {
    base: next as unknown as Base,
    open,
    unsettled,
    lost: [...lost],
    borrowed: [...borrowed],
  };
}
