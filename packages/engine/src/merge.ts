import { agrees, type MapContext, sameApp, sameSf, toApp, toSf } from './field-map.ts';
import { secondOf } from './instant.ts';
import type { JournalDraft } from './journal.ts';
import type { Base } from './link.ts';
import type { SalesforceTask, SfValues } from './salesforce-task.ts';
import { SALESFORCE_FIELD, sfValuesOf } from './salesforce-task.ts';
import type { AppValues, Instant, SyncedField } from './task.ts';

/** What one field asks for. `settled`: no side is written; `base` is the new agreement, if it moved. */
export type FieldDecision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'settled'; readonly journal: JournalDraft | null }
  | { readonly kind: 'pull'; readonly value: unknown; readonly journal: JournalDraft }
  | {
      readonly kind: 'push';
      readonly value: unknown;
      readonly cutFrom: number | null;
      readonly journal: JournalDraft | null;
    };

export interface MergeInput {
  readonly field: SyncedField;
  readonly base: Base;
  readonly app: AppValues;
  readonly editedAt: Instant | null;
  readonly task: SalesforceTask;
  readonly map: MapContext;
  /** Adopted with no birth on record (an older backup): nobody knows what the sides last agreed on. */
  readonly baseUnknown: boolean;
  /**
   * The app's value was written after a backup was restored, which knew less of Salesforce than people did; or
   * after the request left of which the record was born late, and of which nothing is known any more.
   */
  readonly isLastWord: boolean;
  /** R10: a write of ours has an unknown outcome and Salesforce now shows a third value. */
  readonly outcomeLost: boolean;
  /** R10: Salesforce shows what a write of ours with an unknown outcome sent, and it may be another's. */
  readonly outcomeBorrowed: boolean;
  readonly formerOpenStatus: string | null;
}

/**
 * Three-way merge of one field (R1, B10.1). Read it top to bottom; each comment says what is known
 * from there on.
 */
export function mergeField(input: MergeInput): FieldDecision {
  const { field, base, app, task, map } = input;
  const sf = sfValuesOf(task)[field];
  const appChanged = !sameApp(field, app[field], base[field].app);
  const sfChanged = !sameSf(field, sf, base[field].sf);

  // R10: then Salesforce's value stands, and the app's is on record. Taking both as agreed would leave them apart.
  if (input.baseUnknown && !agrees(field, app, task, map)) {
    const isLastWord = input.isLastWord && toApp(field, task, map.policy) !== 'none';
    return resolveConflict({ ...input, outcomeLost: !isLastWord, isLastWord });
  }

  if (!appChanged && !sfChanged) return { kind: 'keep' };

  // At least one side left the base. If both now say the same, there is nothing to decide (B10.4).
  if (agrees(field, app, task, map)) return { kind: 'settled', journal: null };

  // The sides differ.
  if (!appChanged) return pull(input);
  if (!sfChanged) return push(input, input.outcomeBorrowed ? underOurs(input) : null);

  // Both left the base, to different values: the only place where a conflict exists (I5).
  return resolveConflict(input);
}

/** Only Salesforce changed. */
function pull({ field, app, base, task, map }: MergeInput): FieldDecision {
  const from = sfValuesOf(task)[field];
  if (field === 'name') {
    // B5.4: Salesforce's Subject is its own; the name here stays and does not undo it.
    return { kind: 'settled', journal: note('unmapped', field, 'sf', base.name.sf, from, 'B5.4') };
  }
  const read = toApp(field, task, map.policy);
  if (read === 'none') {
    // B3.2, B4.1: the app has no word for this value and keeps its own.
    const rule = field === 'priority' ? 'B4.1' : 'B3.2';
    return { kind: 'settled', journal: note('unmapped', field, 'sf', base[field].sf, from, rule) };
  }
  return {
    kind: 'pull',
    value: read.value,
    journal: note('pulled', field, 'sf', app[field], read.value, 'B2'),
  };
}

/** The app's value goes out, if it has a form Salesforce takes. */
function push(input: MergeInput, journal: JournalDraft | null): FieldDecision {
  const { field, app, map } = input;
  const write = toSf(field, app, map, false);
  // Nothing to send (B5.4 without `{{activity_subject}}`, or an owner who is not connected): both keep theirs.
  if (write === 'none') return { kind: 'settled', journal: null };
  const value = field === 'status' ? statusToWrite(input, write.value as string) : write.value;
  return { kind: 'push', value, cutFrom: write.cutFrom ?? null, journal };
}

/**
 * R10: our write landed and the app moved on since; or it was lost, and somebody else set the same value.
 * Taking it over would in the first case put an older value over its own successor (I1), so ours goes out;
 * in the second case it lies over another's change, which is therefore on record and can be brought back (I2).
 */
function underOurs({ field, app, task, map }: MergeInput): JournalDraft {
  const held = sfValuesOf(task)[field];
  const asApp = toApp(field, task, map.policy);
  return {
    ...note('late_overwrite', field, 'sf', held, app[field], 'R10'),
    lost: asApp === 'none' ? held : asApp.value,
  };
}

/** B3.3: reopening may bring back the open value Salesforce had before. */
function statusToWrite({ app, map, formerOpenStatus }: MergeInput, mappedValue: string): string {
  const former = map.policy.reopenToFormerStatus && app.status === 'open' ? formerOpenStatus : null;
  return former ?? mappedValue;
}

/** B10.2, with the loser in the journal before anything is overwritten (R4, I2). */
function resolveConflict(input: MergeInput): FieldDecision {
  const { field, app, task, map } = input;
  const sfValue = sfValuesOf(task)[field];
  const asApp = toApp(field, task, map.policy);
  const sfWins = winner(input) === 'sf';
  if (!sfWins) {
    const write = toSf(field, app, map, false);
    if (write === 'none') return { kind: 'settled', journal: null };
    // In the app's words where it has one, so that one click can bring it back.
    const loser = asApp === 'none' ? sfValue : asApp.value;
    const won = input.isLastWord ? 'R10' : 'B10.2';
    const lost = { ...note('conflict', field, 'app', sfValue, app[field], won), lost: loser };
    return push(input, lost);
  }
  if (field === 'name') {
    // Salesforce keeps its Subject and the app keeps its name: nothing is lost on either side.
    const from = input.base.name.sf;
    return { kind: 'settled', journal: note('unmapped', field, 'sf', from, sfValue, 'B5.4') };
  }
  const rule = input.outcomeLost ? 'R10' : 'B10.2';
  const to = asApp === 'none' ? sfValue : asApp.value;
  const lost = { ...note('conflict', field, 'sf', app[field], to, rule), lost: app[field] };
  // Where the app has no word for what stands there it keeps its own value (B3.2, B4.1), as it would had the
  // two come one after the other. That the app's edit does not reach Salesforce is on record all the same.
  if (asApp === 'none') return { kind: 'settled', journal: lost };
  return { kind: 'pull', value: asApp.value, journal: lost };
}

function winner({ map, editedAt, task, outcomeLost, isLastWord }: MergeInput): 'app' | 'sf' {
  // R10: we cannot know whether our write was there in between; the destination's value stands.
  if (outcomeLost) return 'sf';
  if (isLastWord) return 'app';
  switch (map.policy.conflict) {
    case 'salesforce':
      return 'sf';
    case 'app':
      return 'app';
    case 'latest':
      // A value the app holds without a person's edit time has no claim. On a tie Salesforce wins.
      return editedAt !== null && secondOf(editedAt) > secondOf(task.LastModifiedDate)
        ? 'app'
        : 'sf';
  }
}

function note(
  kind: JournalDraft['kind'],
  field: SyncedField,
  side: JournalDraft['side'],
  from: unknown,
  to: unknown,
  rule: string,
): JournalDraft {
  return { kind, field, side, from, to, rule, data: { salesforceField: SALESFORCE_FIELD[field] } };
}

/** The pair both sides are taken to agree on after a decision that writes nothing further. */
export function pairOf<F extends SyncedField>(app: AppValues[F], sf: SfValues[F]): Base[F] {
  return { app, sf } as Base[F];
}

/**
 * Where a link has no base for a field (an adopted record of unknown birth, or a value that did not travel
 * at creation: an owner who is not connected), what both sides hold now is taken as agreed, so that nothing is
 * overwritten.
 */
export function wholeBase(base: Base | null, app: AppValues, task: SalesforceTask): Base {
  return { ...assumedBase(app, task), ...base };
}

function assumedBase(app: AppValues, task: SalesforceTask): Base {
  const sf = sfValuesOf(task);
  return {
    name: { app: app.name, sf: sf.name },
    status: { app: app.status, sf: sf.status },
    priority: { app: app.priority, sf: sf.priority },
    dueDate: { app: app.dueDate, sf: sf.dueDate },
    details: { app: app.details, sf: sf.details },
    owner: { app: app.owner, sf: sf.owner },
    person: { app: app.person, sf: sf.person },
    related: { app: app.related, sf: sf.related },
  };
}
