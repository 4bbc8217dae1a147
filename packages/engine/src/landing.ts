import { faultOf } from './faults.ts';
import { sameSf } from './field-map.ts';
import { instantMs } from './instant.ts';
import type { JournalDraft } from './journal.ts';
import { hasNews, lateOverwrites } from './landing-overwrites.ts';
import type { Base, Intent, Link, Parked } from './link.ts';
import type { RowResult, SalesforceFault } from './outcome.ts';
import type { Policy } from './policy.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import { SALESFORCE_FIELD, sfValuesOf } from './salesforce-task.ts';
import type { Instant, SalesforceId, SyncedField } from './task.ts';

/**
 * What the reply to one request means for its link. Pure; the caller stores the result in one
 * transaction with the journal.
 */
export interface Landing {
  readonly link: Link;
  readonly journal: readonly JournalDraft[];
  /** Plan again: something may still differ. */
  readonly dirty: boolean;
  /** Read the record before planning again. */
  readonly reread: boolean;
}

export interface LandingInput {
  readonly link: Link;
  readonly intent: Intent;
  readonly result: RowResult;
  /** Salesforce's clock when it answered; the best bound we have for the record's new stamp. */
  readonly at: Instant;
  /** Our clock when it answered. */
  readonly seenAt: Instant;
  /** When an intermittent fault may be tried again. */
  readonly retryAt: (attempts: number) => Instant;
  /** B5.5: the subject's full length, when it was shortened. */
  readonly subjectCutFrom: number | null;
  /** Says what a lost value of Salesforce's is called in the app. */
  readonly policy: Policy;
}

export function land(input: LandingInput): Landing {
  const { link, intent, result } = input;
  switch (result.kind) {
    case 'done':
      return landed(input, result.id, result.before);
    case 'gone':
      // "Not there" may also mean "not shown to you": only a record seen as deleted is deleted (B7.2). A
      // deletion stays on record until the record was looked at, so that taking it back starts a new life.
      return {
        link: intent.kind === 'delete' ? link : without(link, intent),
        journal: [],
        dirty: true,
        reread: true,
      };
    case 'stale':
      // 412: it cannot land any more (R9). Somebody was quicker; look again and merge.
      return { link: without(link, intent), journal: [], dirty: true, reread: true };
    case 'unknown':
      // The intent stays: it may have landed or may still land (R11).
      return { link, journal: [], dirty: true, reread: true };
    case 'refused':
      return result.duplicateOf !== null && intent.kind === 'create'
        ? {
            // This request did not give birth; an earlier one of ours did.
            link: { ...without(link, intent), salesforceId: result.duplicateOf },
            journal: [],
            dirty: true,
            reread: true,
          }
        : refused(input, result.fault);
  }
}

function landed(input: LandingInput, id: string, before: SalesforceTask | null): Landing {
  const { link, intent, at, seenAt, policy } = input;
  const overwritten = before === null ? [] : lateOverwrites(link, intent, before, policy);
  const known = before ?? (link.sf.kind === 'seen' ? link.sf.task : newborn(id, intent, at));
  if (intent.kind === 'delete') {
    const sf = { kind: 'seen', task: { ...known, IsDeleted: true }, seenAt } as const;
    return {
      link: { ...without(link, intent), sf, parked: null, state: 'dead' },
      journal: overwritten,
      dirty: false,
      reread: false,
    };
  }
  const sent = Object.entries(intent.fields) as [
    SyncedField,
    { from: unknown; to: unknown; app: unknown },
  ][];
  const base: Record<string, unknown> = { ...link.base };
  for (const [field, value] of sent) base[field] = { app: value.app, sf: value.to };
  const next: Link = {
    ...without(link, intent),
    salesforceId: id,
    base: base as unknown as Base,
    parked: null,
    sf: { kind: 'seen', task: written(known, sent, at), seenAt },
  };
  return {
    link: next,
    // What lay under our value is on record before the value that covers it (R4).
    journal: [...overwritten, ...landingJournal(input, sent)],
    dirty: before !== null && hasNews(link, intent, before),
    reread: false,
  };
}

function landingJournal({ intent, subjectCutFrom }: LandingInput, sent: SentFields) {
  const journal: JournalDraft[] =
    intent.kind === 'create'
      ? [{ kind: 'sent', field: null, side: 'app', from: null, to: null, rule: 'B8.1' }]
      : sent.map(([field, value]) => ({
          kind: 'pushed',
          field,
          side: 'app',
          from: value.from,
          to: value.to,
          rule: field === 'name' ? 'B5.4' : 'B2',
          data: { salesforceField: SALESFORCE_FIELD[field] },
        }));
  if (subjectCutFrom !== null) {
    const subject = sent.find(([field]) => field === 'name')?.[1].to ?? null;
    journal.push({
      kind: 'shortened',
      field: 'name',
      side: 'app',
      from: subjectCutFrom,
      to: subject,
      rule: 'B5.5',
    });
  }
  return journal;
}

/** The observation as it must look now that our values are known to be there. */
function written(task: SalesforceTask, sent: SentFields, at: Instant): SalesforceTask {
  const status = sent.find(([field]) => field === 'status');
  const IsClosed = status === undefined ? task.IsClosed : status[1].app === 'complete';
  // Our write moved the stamp to a moment not later than the reply; the next read corrects it. Only a living
  // record takes an update.
  const after = { ...task, IsClosed, IsDeleted: false, LastModifiedDate: at };
  const values: Record<string, unknown> = after;
  for (const [field, value] of sent) values[SALESFORCE_FIELD[field]] = value.to;
  return after;
}

type SentFields = readonly [SyncedField, { from: unknown; to: unknown; app: unknown }][];

/**
 * The record as we know it from having created it. Its stamp is not known yet: any read is newer. What we
 * did not send holds Salesforce's default, which the next poll tells.
 */
function newborn(id: string, intent: Intent, at: Instant): SalesforceTask {
  const { status, person, related } = intent.fields;
  return {
    Id: id,
    Subject: null,
    Status: '',
    IsClosed: status?.app === 'complete',
    Priority: '',
    ActivityDate: null,
    Description: null,
    OwnerId: '',
    WhoId: null,
    WhatId: null,
    WhoName: person?.app?.name ?? null,
    WhoType: person?.app?.type ?? null,
    WhatName: related?.app?.name ?? null,
    WhatType: related?.app?.type ?? null,
    IsDeleted: false,
    IsArchived: false,
    IsRecurrence: false,
    CreatedDate: at,
    LastModifiedDate: at,
    LastModifiedById: '',
    SystemModstamp: UNKNOWN_STAMP,
    CreationKey: null,
  };
}

/** Of a record of ours that was not read since it was written: older than any stamp of Salesforce's. */
export const UNKNOWN_STAMP: Instant = '1970-01-01T00:00:00.000Z';

function refused(input: LandingInput, fault: SalesforceFault): Landing {
  const { link, intent, seenAt, retryAt } = input;
  const attempts = (link.parked?.attempts ?? 0) + 1;
  const intermittent = faultOf(fault.code, fault.message).class === 'intermittent';
  const parked: Parked = {
    code: fault.code,
    message: fault.message,
    fields: fault.fields,
    since: link.parked?.code === fault.code ? link.parked.since : seenAt,
    retryAt: intermittent ? retryAt(attempts) : null,
    attempts,
  };
  // The history says it once per cause, not once per try.
  const news = link.parked?.code !== fault.code || link.parked.message !== fault.message;
  const journal: JournalDraft[] = news
    ? [
        {
          kind: 'refused',
          field: (Object.keys(intent.fields)[0] as SyncedField | undefined) ?? null,
          side: 'sf',
          from: null,
          to: null,
          rule: 'B11.1',
          data: {
            code: fault.code,
            message: fault.message,
            fields: fault.fields,
            request: intent.kind,
          },
        },
      ]
    : [];
  return { link: { ...without(link, intent), parked }, journal, dirty: false, reread: false };
}

function without(link: Link, intent: Intent): Link {
  return { ...link, intents: link.intents.filter((open) => open.requestId !== intent.requestId) };
}

/**
 * A newer observation replaces an older one; an older one says nothing. Older is also a page that was asked
 * for before our last write was answered: it may show the values from before it, under the same stamp.
 */
export function observe(
  link: Link,
  task: SalesforceTask,
  seenAt: Instant,
): { link: Link; changed: boolean } {
  if (link.sf.kind === 'seen') {
    const isOlder =
      instantMs(task.SystemModstamp) < instantMs(link.sf.task.SystemModstamp) ||
      instantMs(seenAt) < instantMs(link.sf.seenAt);
    if (isOlder) return { link, changed: false };
  }
  const before = link.sf.kind === 'seen' ? link.sf.task : null;
  const isNews = before === null || !sameObservation(before, task) || link.intents.length > 0;
  if (!isNews) return { link, changed: false };
  const sf = { kind: 'seen', task, seenAt } as const;
  return { link: { ...link, salesforceId: task.Id, sf }, changed: true };
}

/** Stamps count: the next guarded write must name the latest one, whatever field moved it. */
function sameObservation(a: SalesforceTask, b: SalesforceTask): boolean {
  return a === b || (Object.keys(b) as (keyof SalesforceTask)[]).every((key) => a[key] === b[key]);
}

/**
 * R8: a record that carries our creation key is ours, born by a request whose reply we never saw. The link may
 * name an older record, which was purged and has thereby given the key back. A tombstone agrees to nothing with
 * what was born after it.
 */
export function adopt(
  link: Link,
  task: SalesforceTask,
  seenAt: Instant,
): { link: Link; journal: JournalDraft[] } {
  const births = link.intents.filter((intent) => intent.kind === 'create');
  // What a restored backup has forgotten cannot be agreed to; and a record that does not show what another birth sent
  // may have come of such a one (R10).
  const told = births.filter(({ fields }) => Object.keys(fields).length > 0);
  const birth = mostLikely(told, task);
  const isKnown = birth !== undefined && (told.length === births.length || isShownIn(task, birth));
  const base = isKnown ? bornWith(told, birth, task) : null;
  return {
    // A tombstone stays open until the record itself is gone: the plan deletes what was born after all.
    link: {
      ...link,
      salesforceId: task.Id,
      sf: { kind: 'seen', task, seenAt },
      base,
      // R11: the only one has landed. Of several none is ruled out: once its record is purged, another may be born.
      intents: births.length === 1 && birth !== undefined ? [] : births,
      parked: null,
      state: 'live',
    },
    journal: [
      { kind: 'adopted', field: null, side: 'sf', from: null, to: task.Id, rule: 'R8' },
      // Where nothing is agreed, the plan says what loses.
      ...(isKnown ? untold(told, task) : []),
    ],
  };
}

/**
 * Per field what the birth sent; what another one would have sent there, where the record shows that. Where it shows what
 * none of them sent, it may have come of each: then the last one's counts, so that what stands there is not taken for an
 * edit against a value of ours from which it came (R10).
 */
function bornWith(births: readonly Intent[], birth: Intent, task: SalesforceTask): Base {
  const sf = sfValuesOf(task);
  const pairs = (Object.keys(birth.fields) as SyncedField[]).map((field) => {
    const shown = [birth, ...births].find(({ fields }) =>
      sameSf(field, fields[field]?.to, sf[field]),
    );
    const sent = (shown ?? births.at(-1) ?? birth).fields[field];
    return [field, { app: sent?.app, sf: sent?.to }];
  });
  return Object.fromEntries(pairs) as unknown as Base;
}

/**
 * R10: fields in which the births differ and the record shows none of what they sent. Whether the value taken
 * for agreed was ever there, nobody can tell; before what stands there is taken over, it is on record.
 */
function untold(births: readonly Intent[], task: SalesforceTask): JournalDraft[] {
  const sf = sfValuesOf(task);
  const last = births.at(-1);
  return (Object.keys(last?.fields ?? {}) as SyncedField[]).flatMap((field): JournalDraft[] => {
    const sent = births.map(({ fields }) => fields[field]?.to);
    const differ = sent.some((value) => !sameSf(field, value, last?.fields[field]?.to));
    if (!differ || sent.some((value) => sameSf(field, value, sf[field]))) return [];
    const lost = last?.fields[field]?.app;
    return [{ kind: 'conflict', field, side: 'sf', from: lost, to: sf[field], lost, rule: 'R10' }];
  });
}

function isShownIn(task: SalesforceTask, { fields }: Intent): boolean {
  const sf = sfValuesOf(task);
  const names = Object.keys(fields) as SyncedField[];
  return names.every((field) => sameSf(field, sf[field], fields[field]?.to));
}

/**
 * Several births may have been under way; the record shows which one it came from, or what is left of it. Where
 * it does not tell them apart, the last: it was sent because the others had not been found.
 */
function mostLikely(births: readonly Intent[], task: SalesforceTask): Intent | undefined {
  const sf = sfValuesOf(task);
  const shown = ({ fields }: Intent) =>
    (Object.keys(fields) as SyncedField[]).filter((field) =>
      sameSf(field, sf[field], fields[field]?.to),
    ).length;
  return births.reduce<Intent | undefined>(
    (best, birth) => (best === undefined || shown(birth) >= shown(best) ? birth : best),
    undefined,
  );
}

/**
 * A person took a deletion back while it was under way, and it went through: the task starts a new life in
 * Salesforce under a key of its own. The old record stays deleted there (I4).
 */
export function reborn(link: Link, creationKey: string): Link {
  return {
    ...link,
    salesforceId: null,
    creationKey,
    origin: 'app',
    base: null,
    sf: { kind: 'unborn', ...laterThan(link.sf) },
    intents: [],
    parked: null,
    formerOpenStatus: null,
    state: 'live',
  };
}

/** Where no key tells, the old record is not to be taken for the birth of the new one (R8). */
function laterThan(sf: Link['sf']): { since?: Instant; former?: SalesforceId } {
  return sf.kind === 'seen' ? { since: sf.task.CreatedDate, former: sf.task.Id } : {};
}
