import { sameSf, toApp } from './field-map.ts';
import type { JournalDraft } from './journal.ts';
import type { Intent, Link } from './link.ts';
import type { Policy } from './policy.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import { SALESFORCE_FIELD, sfValuesOf } from './salesforce-task.ts';
import { SYNCED_FIELDS, type SyncedField } from './task.ts';

/**
 * What the record was just before our request, held against what we knew when we planned it. A value that
 * we had not seen and that our request took away is somebody's change under ours: it goes on record, in the
 * app's words where it has one, so that one click brings it back (I2, H2).
 */
export function lateOverwrites(
  link: Link,
  intent: Intent,
  before: SalesforceTask,
  policy: Policy,
): readonly JournalDraft[] {
  const known = knownValues(link, intent);
  const held = sfValuesOf(before);
  return SYNCED_FIELDS.flatMap((field): JournalDraft[] => {
    const expected = known[field];
    if (expected === undefined || expected.some((value) => sameSf(field, held[field], value)))
      return [];
    const rule = intent.kind === 'delete' ? 'B10.3' : 'R9';
    return [overwritten(field, before, intent.fields[field]?.to ?? null, rule, policy)];
  });
}

/** What a deleted record held at the last, neither known here nor sent from here, and what goes with it (I2). */
export function unseenAtLast(
  { base, intents }: Link,
  task: SalesforceTask,
  policy: Policy,
): readonly JournalDraft[] {
  if (base === null) return [];
  const held = sfValuesOf(task);
  return SYNCED_FIELDS.flatMap((field): JournalDraft[] => {
    const known = [base[field]?.sf, ...intents.map(({ fields }) => fields[field]?.to)];
    const isKnown = known.some((value) => sameSf(field, held[field], value));
    return isKnown ? [] : [overwritten(field, task, null, 'B10.3', policy)];
  });
}

function overwritten(
  field: SyncedField,
  before: SalesforceTask,
  to: unknown,
  rule: 'B10.3' | 'R9',
  policy: Policy,
): JournalDraft {
  const from = sfValuesOf(before)[field];
  const asApp = toApp(field, before, policy);
  const lost = asApp === 'none' ? from : asApp.value;
  const data = { salesforceField: SALESFORCE_FIELD[field] };
  return { kind: 'late_overwrite', field, side: 'sf', from, to, lost, rule, data };
}

/** True when the record held something in the fields we did not write that we had not seen yet. */
export function hasNews(link: Link, intent: Intent, before: SalesforceTask): boolean {
  if (link.sf.kind !== 'seen') return true;
  const known = sfValuesOf(link.sf.task);
  const held = sfValuesOf(before);
  return SYNCED_FIELDS.some(
    (field) => intent.fields[field] === undefined && !sameSf(field, held[field], known[field]),
  );
}

/**
 * Per field that the request takes away: the values whose going is no loss. What we had seen there, what we
 * send now, and what an earlier request of ours with an unknown outcome may have put there meanwhile.
 */
function knownValues(
  link: Link,
  intent: Intent,
): { readonly [F in SyncedField]?: readonly unknown[] } {
  const seen = link.sf.kind === 'seen' ? sfValuesOf(link.sf.task) : null;
  const known: { [F in SyncedField]?: readonly unknown[] } = {};
  for (const field of SYNCED_FIELDS) {
    const sent = intent.fields[field];
    const earlier = link.intents.flatMap((open) => {
      const other = open.requestId === intent.requestId ? undefined : open.fields[field];
      return other === undefined ? [] : [other.to];
    });
    if (sent !== undefined) known[field] = [sent.from, sent.to, ...earlier];
    else if (intent.kind === 'delete' && seen !== null) known[field] = [seen[field], ...earlier];
  }
  return known;
}
