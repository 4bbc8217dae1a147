import { canonicalText, sameSf } from './field-map.ts';
import { instantMs, shift } from './instant.ts';
import type { Intent } from './link.ts';
import { type SalesforceTask, sfValuesOf } from './salesforce-task.ts';
import { LANDING_WINDOW_MS } from './settle-intents.ts';
import type { Instant, SalesforceId, SyncedField } from './task.ts';

/**
 * R8 where the org has no key field: which record was born of which create whose reply was lost. Nothing but
 * the values and the time can tell, so only a record that holds every value we sent is taken for ours.
 */
export interface BirthMatches {
  /** One record for one link each, and it cannot matter which of equal ones. */
  readonly pairs: readonly { readonly linkId: string; readonly task: SalesforceTask }[];
  /** Links with more records than could be theirs, or only such as were changed since: a person decides. */
  readonly unclear: readonly string[];
  /** Links of which nothing is to be seen. */
  readonly absent: readonly string[];
}

export interface BirthInDoubt {
  readonly linkId: string;
  readonly creationKey: string;
  readonly births: readonly Intent[];
  /** The record of the life before: as like it as can be, and perhaps of the same second. */
  readonly former: SalesforceId | null;
}

/**
 * How far a record's CreatedDate may lie outside the time in which a request can land: the two clocks are
 * known to each other within seconds; the rest is room for one that was set between two measurements.
 */
export const BIRTH_MARGIN_MS = 5 * 60_000;

/** `offsetMs`: Salesforce's clock minus ours. Candidates are records without a link, deleted ones included. */
export function matchBirths(
  doubts: readonly BirthInDoubt[],
  candidates: readonly SalesforceTask[],
  offsetMs: number,
): BirthMatches {
  const unique = new Map(candidates.map((task) => [task.Id, task]));
  const ordered = [...unique.values()].sort(
    (a, b) => instantMs(a.CreatedDate) - instantMs(b.CreatedDate) || (a.Id < b.Id ? -1 : 1),
  );
  const rows = doubts
    .map((doubt) => {
      const likeness = ordered.map((task) => ({ task, how: likenessOf(task, doubt, offsetMs) }));
      const of = (wanted: Likeness) =>
        likeness.filter(({ how }) => how === wanted).map(({ task }) => task);
      return { doubt, equal: of('equal'), similar: of('similar') };
    })
    // Who has the least choice chooses first; among equals the order is fixed, so that a repeat agrees (R12).
    .sort((a, b) => a.equal.length - b.equal.length || (a.doubt.linkId < b.doubt.linkId ? -1 : 1));

  const taken = new Map<SalesforceId, string>();
  for (const { doubt, equal } of rows) {
    const free = equal.find((task) => !taken.has(task.Id));
    if (free !== undefined) taken.set(free.Id, doubt.linkId);
  }
  const pairs: { linkId: string; task: SalesforceTask }[] = [];
  const unclear: string[] = [];
  const absent: string[] = [];
  for (const { doubt, equal, similar } of rows) {
    const { linkId } = doubt;
    const own = equal.find((task) => taken.get(task.Id) === linkId);
    // A record too many: one of them is somebody else's, and nobody can tell which.
    const isCrowded = equal.some((task) => !taken.has(task.Id));
    if (own !== undefined && !isCrowded) pairs.push({ linkId, task: own });
    else if (isCrowded || (own === undefined && similar.some((task) => !taken.has(task.Id))))
      unclear.push(linkId);
    else absent.push(linkId);
  }
  return { pairs, unclear, absent };
}

/** The earliest CreatedDate its record can have; Salesforce's stamps have whole seconds. */
export function madeSince({ sentAt, expectedRevision }: Intent, offsetMs: number): Instant {
  if (expectedRevision === null) return shift(sentAt, offsetMs - BIRTH_MARGIN_MS);
  return shift(expectedRevision, -(instantMs(expectedRevision) % 1_000));
}

/** True when the record may have been born of it, changed since or not: it must not come in as a new task. */
export function mayBeBirth(task: SalesforceTask, doubt: BirthInDoubt, offsetMs: number): boolean {
  return likenessOf(task, doubt, offsetMs) !== 'none';
}

type Likeness = 'equal' | 'similar' | 'none';

/**
 * Fields we did not send hold Salesforce's defaults and say nothing. With other values it may be ours all the
 * same: a trigger rewrote it, or somebody was quick to edit it, Subject included.
 */
function likenessOf(task: SalesforceTask, doubt: BirthInDoubt, offsetMs: number): Likeness {
  if (task.IsRecurrence || task.Id === doubt.former) return 'none';
  if (task.CreationKey !== null && task.CreationKey !== doubt.creationKey) return 'none';
  const sf = sfValuesOf(task);
  let best: Likeness = 'none';
  for (const birth of doubt.births) {
    const madeAt = instantMs(task.CreatedDate);
    const until = instantMs(birth.sentAt) + offsetMs + LANDING_WINDOW_MS + BIRTH_MARGIN_MS;
    if (madeAt < instantMs(madeSince(birth, offsetMs)) || madeAt > until) continue;
    const fields = Object.keys(birth.fields) as SyncedField[];
    if (fields.length === 0) continue;
    const equal = fields.filter((field) => sameSf(field, sf[field], birth.fields[field]?.to));
    if (equal.length === fields.length) return 'equal';
    if (mayHaveChanged(task, birth, new Set(equal))) best = 'similar';
  }
  return best;
}

/**
 * A text we sent is hardly there by chance, but for a Subject that is the same for every task. On the list we sent
 * it to a date, a link or the task's name in common is enough, or for a record that was edited since it was made
 * that Subject, or that a single value is another. On another list one that was edited must have two in common.
 */
function mayHaveChanged(
  task: SalesforceTask,
  { fields }: Intent,
  equal: ReadonlySet<SyncedField>,
): boolean {
  const shares = (field: SyncedField) => equal.has(field) && Boolean(fields[field]?.to);
  if ((equal.has('name') && isOwn(fields.name)) || shares('details')) return true;
  const wasEdited = instantMs(task.LastModifiedDate) > instantMs(task.CreatedDate);
  const hints =
    (['dueDate', 'person', 'related'] as const).filter(shares).length +
    (names(task.Subject, fields.name) ? 1 : 0);
  if (fields.owner !== undefined && !equal.has('owner'))
    return wasEdited && hints + (equal.has('name') ? 1 : 0) > 1;
  const isOneOff = equal.size === Object.keys(fields).length - 1;
  return hints > 0 || (wasEdited && (equal.has('name') || isOneOff));
}

type SentName = Intent['fields']['name'];

/** The Subject we sent tells of the name, whole or shortened. */
function isOwn(name: SentName): boolean {
  const { app = '', to } = name ?? {};
  return to == null || canonicalText(to).includes(canonicalText(app).slice(0, NAME_START));
}

/** As many letters of a name as a shortened Subject keeps in any case (B5.5). */
const NAME_START = 16;

/** Also under another template than ours: as a word of its own. */
function names(subject: string | null, name: SentName): boolean {
  const app = canonicalText(name?.app ?? '');
  const text = canonicalText(subject ?? '');
  const at = app === '' ? -1 : text.indexOf(app);
  const beside = `${text[at - 1] ?? ''}${text[at + app.length] ?? ''}`;
  return at >= 0 && !/[\p{L}\p{N}]/u.test(beside);
}
