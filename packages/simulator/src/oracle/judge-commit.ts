import { type Link, type Policy, type SalesforceTask, sfValuesOf } from '@tandem/engine';
import type { Flight } from './flights.ts';
import { judgeWish } from './judge-wish.ts';
import { appToken, ROOT, sfToken, TOKEN_FIELDS, type TokenField, tokenIn } from './lineage.ts';
import { isTokenField, type JournalRow, type Oracle, type State } from './oracle.ts';
import { isUnrecognised } from './unrecognised.ts';

export interface CommitView {
  readonly before: State;
  readonly after: State;
  /** Every policy so far: a turn goes by the one it began with. */
  readonly policies: readonly Policy[];
  /** The records as they are in Salesforce at this moment. */
  readonly records: ReadonlyMap<string, SalesforceTask>;
  /** Of the lease it is committed under. */
  readonly token: number;
  readonly hasCreationKey: boolean;
}

/** Judges one transaction of the engine by what it changed. */
export function judgeCommit(oracle: Oracle, view: CommitView): void {
  const { before, after } = view;
  // The journal first: a loss that is told in the same transaction is told in time (R4).
  for (let at = before.journal.length; at < after.journal.length; at += 1) {
    const entry = after.journal[at];
    if (entry !== undefined) judgeEntry(oracle, view, entry);
  }
  // Then the tasks: what they hold now may be what a base says (I7).
  if (after.tasks !== before.tasks)
    for (const [taskId, row] of after.tasks) {
      const old = before.tasks.get(taskId);
      if (old === row) continue;
      if (old === undefined) judgeImport(oracle, view, taskId);
      else judgeTask(oracle, view, taskId);
    }
  // A table nobody wrote to is the same one.
  if (after.links === before.links) return;
  for (const [id, row] of after.links) {
    const old = before.links.get(id);
    if (old?.link !== row.link) judgeLink(oracle, view, old?.link ?? null, row.link);
  }
}

function judgeEntry(oracle: Oracle, { after, policies }: CommitView, entry: JournalRow): void {
  oracle.recordLoss(entry);
  const link = after.links.get(entry.linkId)?.link;
  const row = after.tasks.get(link?.taskId ?? '');
  if (entry.kind === 'unmapped' && entry.field === 'name' && row !== undefined)
    oracle.namedApart.add(appToken('name', row.values));
  oracle.coverage.branch(`${entry.kind}/${entry.rule}/${entry.side}`);
  if (entry.kind !== 'conflict') return;
  oracle.conflicts += 1;
  // B10.2: the admin's choice decides. (R10 overrules it: engine.md R10.)
  const always = (rule: string) => policies.every(({ conflict }) => conflict === rule);
  if (entry.rule === 'B10.2' && always('salesforce') && entry.side !== 'sf')
    oracle.violate('B10.2', 'Salesforce was to win, and did not');
  if (entry.rule === 'B10.2' && always('app') && entry.side !== 'app')
    oracle.violate('B10.2', 'the app was to win, and did not');
  judgeDecision(oracle, entry, link?.salesforceId);
  // I5; an R10 entry may name a value of which it is uncertain whether it was there in between (facts/engines.md R10).
  // After a restored backup the app's own past is gone, and what it holds is taken as an edit of its own.
  if (!isTokenField(entry.field) || entry.rule === 'R10' || oracle.restoredAt !== null) return;
  const lost = tokenIn(entry.field, entry.lost);
  const won = tokenIn(entry.field, entry.to);
  if (lost === ROOT || won === ROOT) return;
  if (oracle.lineage.isAncestor(lost, won) || oracle.lineage.isAncestor(won, lost))
    oracle.violate(
      'I5',
      `${entry.field}: ${lost} and ${won} were no conflict: one came from the other`,
    );
}

/** R12: between two values of one record is decided once. Only a restored backup may have forgotten it. */
function judgeDecision(
  oracle: Oracle,
  { linkId, field, lost, to }: JournalRow,
  recordId: string | null | undefined,
): void {
  if (!isTokenField(field)) return;
  const [loser, winner] = [tokenIn(field, lost), tokenIn(field, to)];
  const decision = [linkId, recordId, ...[loser, winner].sort()].join(' ');
  if (oracle.decided.has(decision))
    oracle.violate('R12', `${field}: between ${loser} and ${winner} was decided once more`);
  oracle.decided.add(decision);
}

function judgeLink(oracle: Oracle, view: CommitView, old: Link | null, link: Link): void {
  const { after } = view;
  if (old === null) oracle.coverage.branch(`link:new>${link.state}`);
  else if (old.state !== link.state) oracle.coverage.branch(`link:${old.state}>${link.state}`);
  if (link.parked !== null && link.parked.code !== old?.parked?.code)
    judgeParked(oracle, link.id, link.parked.code);
  if (link.sf.kind === 'missing' && old?.sf.kind !== 'missing')
    oracle.coverage.branch('sf:missing');

  if (link.salesforceId !== null) oracle.known.add(link.salesforceId);
  // A new life in Salesforce (plan: rebirth).
  const former = old?.salesforceId ?? null;
  if (former !== null && link.salesforceId === null && wasGone(oracle, view, old?.sf, former)) {
    oracle.givenUp.add(former);
    // SPEC, Gaps, R11: undeleted and deleted once more while a deletion of ours was in doubt.
    if (old?.intents.some((intent) => oracle.isDeletionInDoubt(intent, former))) {
      oracle.coverage.count('exempt:R11_two_deletions');
      oracle.takenBack.add(former);
    }
  }
  if (link.salesforceId !== null && link.salesforceId !== old?.salesforceId)
    for (const other of after.links.values())
      if (other.link.id !== link.id && other.link.salesforceId === link.salesforceId)
        oracle.violate('I3', `two links name the record ${link.salesforceId}`);

  if (link.base !== null && link.base !== old?.base) judgeBase(oracle, old, link);
  judgeIntents(oracle, view, old, link);
}

/** Deleted, or undeleted since the engine looked. */
function wasGone(oracle: Oracle, { records }: CommitView, sf: Link['sf'] | undefined, id: string) {
  if (records.get(id)?.IsDeleted !== false) return true;
  const lookedAt = sf?.kind === 'seen' ? Date.parse(sf.seenAt) : oracle.now;
  return oracle.entities.life(id).undeletions.some((at) => at >= lookedAt);
}

/** H1: the engine sets a link aside rather than break a promise; that it had to is its own mistake. */
function judgeParked(oracle: Oracle, linkId: string, code: string): void {
  oracle.coverage.branch(`parked:${code}`);
  if (code === 'BROKEN_INVARIANT')
    oracle.violate('H1', `${linkId} was set aside: the engine would have broken a rule of its own`);
}

/** I7: each half of a base pair was once the value on its side. */
function judgeBase(oracle: Oracle, old: Link | null, link: Link): void {
  const entity = oracle.entities.ofTask(link.taskId);
  if (link.base === null || entity === undefined) return;
  for (const field of TOKEN_FIELDS) {
    const pair = link.base[field];
    if (pair === undefined) continue;
    const app = tokenIn(field, pair.app);
    const sf = tokenIn(field, pair.sf);
    // Or it is a recorded loser (engine.md I7).
    if (!oracle.lineage.wasHeld(app, link.taskId) && !oracle.lost.has(app))
      oracle.violate('I7', `${field}: base says the app held ${app}, which it never did`);
    if (entity.records.some((id) => oracle.lineage.wasHeld(sf, id))) continue;
    // R10: sent in one of two births of which nobody heard; which of them it was, the record does not show.
    const said = `${link.id} ${field} ${sf}`;
    if (isUntold(old, link, field, sf)) {
      oracle.untold.add(said);
      oracle.coverage.count('exempt:I7_two_births');
    } else if (oracle.untold.has(said)) continue;
    else oracle.violate('I7', `${field}: base says Salesforce held ${sf}, which it never did`);
  }
}

/** One birth in doubt would have sent it, and the record shows what none of them sent. */
function isUntold(old: Link | null, { sf }: Link, field: TokenField, said: string): boolean {
  const births = (old?.intents ?? []).filter(({ kind }) => kind === 'create');
  const sent = births.map(({ fields }) => fields[field]?.to);
  // Compared as they stand: of two fixed texts neither is a person's value, and yet they differ.
  const shown = sf.kind === 'seen' ? sfValuesOf(sf.task)[field] : null;
  return sent.some((value) => tokenIn(field, value) === said) && !sent.includes(shown);
}

function judgeIntents(oracle: Oracle, view: CommitView, old: Link | null, link: Link): void {
  const was = old?.intents ?? [];
  if (was === link.intents) return;
  for (const intent of link.intents) {
    if (was.some(({ requestId }) => requestId === intent.requestId)) continue;
    oracle.coverage.branch(`intent:${intent.kind}`);
    judgeWish(oracle, view, link, intent.kind);
  }
  for (const intent of was) {
    if (link.intents.some(({ requestId }) => requestId === intent.requestId)) continue;
    const flight = oracle.flights.get(intent.requestId);
    if (flight === undefined) continue;
    if (flight.told && flight.token === view.token) flight.stored = true;
    // R11: forgotten only when it cannot land any more.
    if (flight.state !== 'travelling' || flight.told || !mayLand(view, flight)) continue;
    // Somebody else set the very values; a guard lets it land only while they stand, where it changes nothing.
    if (flight.guard !== null && isShown(view, flight)) oracle.coverage.count('exempt:no_change');
    else
      oracle.violate(
        'R11',
        `a ${flight.kind} of ${link.taskId} was forgotten while it can still land`,
      );
  }
}

function isShown({ records }: CommitView, { recordId, body }: Flight): boolean {
  const record = records.get(recordId ?? '');
  return (
    record !== undefined &&
    Object.entries(body).every(([name, value]) => record[name as keyof SalesforceTask] === value)
  );
}

function mayLand({ records, hasCreationKey }: CommitView, flight: Flight): boolean {
  if (flight.kind === 'create') {
    // R7, R8: the unique key refuses a second birth.
    if (!hasCreationKey) return true;
    for (const record of records.values())
      if (record.CreationKey === flight.creationKey) return false;
    return true;
  }
  const record = records.get(flight.recordId ?? '');
  if (record === undefined || record.IsDeleted) return false;
  return flight.guard === null || record.LastModifiedDate <= flight.guard;
}

/** I4 and the deletion rule: may the engine want this at all? */
/** A record that became an app task. */
function judgeImport(oracle: Oracle, view: CommitView, taskId: string): void {
  const { after } = view;
  oracle.engineWrites += 1;
  oracle.coverage.branch('app:import');
  const link = [...after.links.values()].find((row) => row.link.taskId === taskId)?.link;
  const recordId = link?.salesforceId ?? null;
  const entity = recordId === null ? undefined : oracle.entities.ofRecord(recordId);
  const row = after.tasks.get(taskId);
  if (entity === undefined || row === undefined) {
    oracle.violate('I6', `the task ${taskId} came from nowhere`);
    return;
  }
  // SPEC, Gaps, R5: restored in the app under a new record, and the old one undeleted in Salesforce as well.
  // SPEC, Gaps, backups: the task had begun a new life in Salesforce, and the backup is from before that.
  const record = view.records.get(recordId ?? '');
  const bothRestored =
    oracle.entities.life(recordId ?? '').undeletions.length > 0 &&
    (oracle.personRestored.has(entity.taskId ?? '') || oracle.givenUp.has(recordId ?? ''));
  if (bothRestored) oracle.coverage.count('exempt:R5_both_restored');
  else if (entity.taskId !== null && oracle.isLifeForgotten(record))
    oracle.coverage.count('exempt:I3_life_forgotten');
  else if (
    entity.taskId !== null &&
    !isUnrecognised(oracle, { ...view, state: after }, entity.taskId, record)
  )
    oracle.violate('I3', `the record ${recordId} came in a second time, beside ${entity.taskId}`);
  oracle.entities.bindTask(entity, taskId);
  for (const field of TOKEN_FIELDS) {
    const value = appToken(field, row.values);
    if (oracle.isGenuine(field, value, entity.index, `import of ${recordId}`))
      oracle.lineage.hold(value, taskId);
  }
}

/** A task that the engine changed. */
function judgeTask(oracle: Oracle, view: CommitView, taskId: string): void {
  const { before, after } = view;
  const old = before.tasks.get(taskId);
  const row = after.tasks.get(taskId);
  const entity = oracle.entities.ofTask(taskId);
  if (old === undefined || row === undefined || entity === undefined) return;
  oracle.engineWrites += 1;
  if (old.trashed === null && row.trashed !== null) judgeTrash(oracle, view, taskId);
  if (old.trashed !== null && row.trashed === null) judgeRestore(oracle, view, taskId, old.trashed);
  if (old.values === row.values) return;
  oracle.coverage.branch('app:patch');
  for (const field of TOKEN_FIELDS) {
    const replaced = appToken(field, old.values);
    const value = appToken(field, row.values);
    if (replaced === value) continue;
    const where = `${taskId} in the app`;
    if (!oracle.isGenuine(field, value, entity.index, where)) continue;
    oracle.lineage.hold(value, taskId);
    if (field === 'name') oracle.violate('I6', `${where}: the name changed (B5.4)`);
    if (oracle.lineage.isAncestor(replaced, value)) continue;
    // SPEC, Gaps, I4: what was sent after the backup was written looks foreign; what loses to it is told.
    if (oracle.restoredAt !== null && oracle.isTold(replaced))
      oracle.coverage.count('exempt:I1_backup_forgot');
    // SPEC, Gaps, I4: it had covered that in Salesforce, sent before the backup was put back, which forgot it.
    else if (oracle.strayed.has(value) && oracle.isFromBeforeRestore(replaced))
      oracle.coverage.count('exempt:I1_left_before_restore');
    else if (oracle.lineage.isAncestor(value, replaced))
      oracle.violate(
        'I1',
        `${where}: ${field} went back from ${replaced} to its ancestor ${value}`,
      );
    else if (oracle.strayed.has(value)) oracle.coverage.count('exempt:I2_left_before_restore');
    // SPEC, Gaps, R9: our own write covered it there, and the reply that would have told is lost.
    else if (oracle.isCoveredUnseen(replaced)) oracle.coverage.count('exempt:R9_reply_lost');
    else if (!oracle.isTold(replaced))
      oracle.violate(
        'I2',
        `${where}: ${field} ${replaced} was replaced by ${value} without a trace`,
      );
  }
}

/** Only for a record that a person deleted; what was edited and never sent is named. */
function judgeTrash(
  oracle: Oracle,
  { before, after, records, policies }: CommitView,
  taskId: string,
): void {
  oracle.coverage.branch('app:trash');
  const link = changedLink(before, after, taskId);
  const recordId = link?.salesforceId ?? '';
  const floor = oracle.restoredByEngine.get(taskId) ?? Number.NEGATIVE_INFINITY;
  const life = oracle.entities.life(recordId);
  // SPEC, Gaps, R5: restored on both sides; a deletion of the former life, ours, may land until then.
  const deleted = life.deletions.some(({ to }) => to > floor) || oracle.givenUp.has(recordId);
  // A restored backup forgets which of our own deletions followed a person's wish (operations, B10.3).
  if (!deleted && oracle.restoredAt === null)
    oracle.violate('I4', `the engine put ${taskId} into Trash, and no person deleted ${recordId}`);
  if (!oracle.shownDeleted.has(recordId))
    oracle.violate(
      'B7.2',
      `${taskId} went to Trash for ${recordId}, which was never shown deleted`,
    );
  const row = after.tasks.get(taskId);
  const task = records.get(recordId) ?? (link?.sf.kind === 'seen' ? link.sf.task : undefined);
  if (row === undefined || task === undefined) return;
  for (const field of TOKEN_FIELDS) {
    const value = appToken(field, row.values);
    // B5.4: a template without the name never carries it: it was not to be sent, and Trash keeps it.
    if (field === 'name' && !policies.every(carriesName)) continue;
    // B5.4: a Subject of Salesforce's own and the name stay apart by rule; Trash keeps the name.
    if (field === 'name' && oracle.lineage.get(sfToken(field, task))?.side === 'sf') continue;
    // R10: after a restored backup also one that came from the app and may be older. The journal has said so.
    if (field === 'name' && oracle.namedApart.has(value)) continue;
    if (oracle.lineage.isAncestor(value, sfToken(field, task)) || oracle.lost.has(value)) continue;
    // It was sent, and arrived: what replaced it there was judged when that happened.
    if (oracle.lineage.wasHeld(value, recordId)) continue;
    oracle.violate(
      'I2',
      `${taskId}: ${field} ${value} was never sent, went to Trash and is not named`,
    );
  }
}

function carriesName({ subjectTemplate }: Policy): boolean {
  return subjectTemplate.includes('{{activity_subject}}');
}

const CLOCKS_MS = 3_000;

/** I4: only because a person undeleted the record. */
function judgeRestore(
  oracle: Oracle,
  { before, after }: CommitView,
  taskId: string,
  trashed: 'by_person' | 'by_sync',
): void {
  oracle.coverage.branch('app:restore');
  const recordId = changedLink(before, after, taskId)?.salesforceId ?? '';
  const life = oracle.entities.life(recordId);
  // Which of two acts on two sides came first is known to the second, and to what the clocks differ unnoticed.
  const floor = Math.max(
    oracle.restoredByEngine.get(taskId) ?? Number.NEGATIVE_INFINITY,
    trashed === 'by_person'
      ? (oracle.personTrashed.get(taskId) ?? Number.NEGATIVE_INFINITY) - CLOCKS_MS
      : Number.NEGATIVE_INFINITY,
  );
  const wasUndeleted = life.undeletions.length > 0;
  if (!life.undeletions.some((at) => at > floor)) {
    // SPEC, Gaps, R5: a task restored in the app and undeleted in Salesforce as well has two records; which act of
    // a person came last cannot be told apart then.
    if (wasUndeleted && oracle.personRestored.has(taskId))
      oracle.coverage.count('exempt:R5_both_restored');
    // The record shows when it was touched last, and not whether that undeleted it, edited it or gave it away.
    else if (wasUndeleted && (oracle.touched.get(recordId) ?? 0) > floor)
      oracle.coverage.count('exempt:I4_touched_since');
    else
      oracle.violate(
        'I4',
        `the engine took ${taskId} out of Trash, and no person undeleted its record`,
      );
  }
  oracle.restoredByEngine.set(taskId, oracle.now);
}

/** Of several links of one task, the one that came to life or died. */
function changedLink(before: State, after: State, taskId: string): Link | undefined {
  const changed = [...after.links.values()].filter(
    ({ link }) => link.taskId === taskId && before.links.get(link.id)?.link !== link,
  );
  const moved = changed.find(({ link }) => before.links.get(link.id)?.link.state !== link.state);
  return (moved ?? changed[0])?.link;
}
