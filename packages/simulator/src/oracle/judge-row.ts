import type { Policy, SalesforceTask } from '@tandem/engine';
import type { Flight } from './flights.ts';
import { appToken, nameToken, sfToken, TOKEN_FIELDS, type TokenField } from './lineage.ts';
import type { Oracle, State } from './oracle.ts';
import { isUnrecognised } from './unrecognised.ts';

export interface RowView {
  readonly flight: Flight;
  readonly before: SalesforceTask | undefined;
  readonly after: SalesforceTask;
  /** The store at this moment. */
  readonly state: State;
  readonly records: ReadonlyMap<string, SalesforceTask>;
  /** Every policy that was ever in force; a request may have been planned under an older one. */
  readonly policies: readonly Policy[];
}

/** Judges one row of the engine at the moment Salesforce carries it out. */
export function judgeRow(oracle: Oracle, view: RowView): void {
  const { flight, before, after } = view;
  oracle.engineWrites += 1;
  switch (flight.kind) {
    case 'create':
      oracle.coverage.branch('send:create');
      judgeBirth(oracle, view);
      return;
    case 'update':
      oracle.coverage.branch(flight.guard === null ? 'send:update:bulk' : 'send:update:guarded');
      if (before !== undefined) judgeUpdate(oracle, view, before, after);
      return;
    case 'delete':
      oracle.coverage.branch('send:delete');
      if (before !== undefined) judgeDelete(oracle, view, before);
      return;
  }
}

function judgeBirth(oracle: Oracle, view: RowView): void {
  const { flight, after } = view;
  const entity = oracle.entities.onceOfTask(flight.taskId);
  if (entity === undefined) return;
  for (const field of TOKEN_FIELDS)
    judgeValue(oracle, view, field, sfToken(field, after), entity.index);
  judgeWords(oracle, view, after);
  oracle.entities.bindRecord(entity, after.Id);
  if (after.CreationKey === null) oracle.bornUnder.set(after.Id, flight.creationKey);
  // SPEC, Gaps, R8: the next life of a task that came in beside the one its record was born of.
  if (formerRecords(view).some((id) => oracle.unrecognised.has(id)))
    oracle.unrecognised.add(after.Id);
  // SPEC, Gaps, R8: its task had been given up when the Recycle Bin was emptied, which set the key free. Backups: a
  // later life that the backup does not know came in as a task of its own.
  if (view.state.links.get(flight.linkId)?.link.state === 'dead') oracle.bornLate.add(after.Id);
  // I3: one living record for one task, unless a person undeleted an older one.
  const living = entity.records.filter((id) => {
    const record = view.records.get(id);
    return (
      record !== undefined &&
      !record.IsDeleted &&
      !oracle.bornLate.has(id) &&
      !oracle.isLifeForgotten(record) &&
      oracle.entities.life(id).undeletions.length === 0 &&
      (id === after.Id || !isUnrecognised(oracle, view, flight.taskId, record, flight.requestId))
    );
  });
  if (living.length > 1)
    oracle.violate('I3', `${flight.taskId} has two records: ${living.join(', ')}`);
}

/** Of the task's earlier lives, as far as its links name them. */
function formerRecords({ flight, state }: RowView): readonly string[] {
  return [...state.links.values()].flatMap(({ link: { taskId, salesforceId, sf } }) => {
    if (taskId !== flight.taskId) return [];
    return [salesforceId, sf.kind === 'unborn' ? sf.former : null].filter((id) => id != null);
  });
}

function judgeUpdate(
  oracle: Oracle,
  view: RowView,
  before: SalesforceTask,
  after: SalesforceTask,
): void {
  const { flight } = view;
  const entity = oracle.entities.ofRecord(after.Id);
  if (entity === undefined) {
    oracle.violate('I6', `${after.Id} is none of ours`);
    return;
  }
  const strayed = oracle.restoredAt !== null && flight.leftAt <= oracle.restoredAt;
  for (const field of TOKEN_FIELDS) {
    const replaced = sfToken(field, before);
    const value = sfToken(field, after);
    if (replaced === value) continue;
    if (strayed) oracle.strayed.add(value);
    if (!judgeValue(oracle, view, field, value, entity.index)) continue;
    if (oracle.lineage.isAncestor(replaced, value)) continue;
    // B5.4: an edit of Subject stands until the next edit of the name, which may replace it.
    if (field === 'name' && isLater(oracle, value, replaced)) {
      oracle.coverage.count('exempt:B5.4');
      continue;
    }
    if (oracle.isTold(replaced) && !oracle.lineage.isAncestor(value, replaced)) continue;
    judgeOverwrite(oracle, flight, field, replaced, value, before);
  }
  judgeWords(oracle, view, after);
}

/** A value of a person gave way, and nobody has been told yet. */
function judgeOverwrite(
  oracle: Oracle,
  flight: Flight,
  field: TokenField,
  replaced: string,
  value: string,
  before: SalesforceTask,
): void {
  const backward = oracle.lineage.isAncestor(value, replaced);
  const what = backward
    ? `${field} went back from ${replaced} to its ancestor ${value}`
    : `${field} ${replaced} was replaced by ${value} without a trace`;
  const message = `${flight.recordId} in Salesforce: ${what}`;
  const knew = flight.known !== null && sfToken(field, flight.known) === replaced;
  // engine.md "Write lanes": a guard compares whole seconds. Where the unseen value has the very stamp the
  // guard names, Salesforce cannot refuse, and the before-image tells afterwards.
  const tie = flight.guard !== null && before.LastModifiedDate === flight.guard;
  const excusable = !knew && (flight.guard === null || tie);
  if (!excusable) {
    oracle.violate(backward ? 'I1' : 'I2', message);
    return;
  }
  oracle.pending.push({
    token: replaced,
    message,
    why: flight.guard === null ? 'bulk_lane' : 'same_second',
    takenOver: () => false,
    replyStored: () => flight.stored,
  });
}

/** Only for a task in Trash (judged with its intent); what the app never saw must be named. */
function judgeDelete(oracle: Oracle, { flight, state }: RowView, before: SalesforceTask): void {
  const row = state.tasks.get(flight.taskId);
  if (row === undefined) return;
  // What the app had seen when it left, and what its journal named, a restored backup may have forgotten.
  if (oracle.restoredAt !== null && flight.leftAt <= oracle.restoredAt) {
    oracle.coverage.count('exempt:I2_left_before_restore');
    return;
  }
  for (const field of TOKEN_FIELDS) {
    const value = sfToken(field, before);
    if (oracle.lineage.isAncestor(value, appToken(field, row.values)) || oracle.lost.has(value))
      continue;
    // A value of the app's own that landed late: there it was replaced, and judged, when that happened.
    if (oracle.lineage.wasHeld(value, flight.taskId)) continue;
    // B5.4: the app never takes over a Subject; it stays in the Recycle Bin with its record.
    if (field === 'name') continue;
    const message = `${flight.recordId} was deleted with ${field} ${value}, which the app never saw`;
    const knew = flight.known !== null && sfToken(field, flight.known) === value;
    if (knew) oracle.violate('I2', `${message}, and the journal does not name it`);
    else
      oracle.pending.push({
        token: value,
        message,
        why: 'deleted_unseen',
        takenOver: () => oracle.lineage.wasHeld(value, flight.taskId),
        replyStored: () => flight.stored,
      });
  }
}

/** I6 for one token that now shows in Salesforce. */
function judgeValue(
  oracle: Oracle,
  { after, policies, flight, state }: RowView,
  field: TokenField,
  value: string,
  entity: number,
): boolean {
  const where = `${after.Id} in Salesforce`;
  if (!oracle.isGenuine(field, value, entity, where)) return false;
  oracle.lineage.hold(value, after.Id);
  if (field !== 'name') return true;
  const subject = after.Subject ?? '';
  // B5: the Subject is the name, decorated by a template that was in force, or for a birth the template alone. The name
  // of a task that came in from a Subject of ours, which a restored backup had forgotten, is decorated itself.
  const names = [value, state.tasks.get(flight.taskId)?.values.name];
  const rendered = policies.some(({ subjectTemplate }) => {
    const named = subjectTemplate.includes(NAME_FIELD);
    if (!named) return flight.kind === 'create' && subject === subjectTemplate;
    return names.some(
      (name) => name !== undefined && subjectTemplate.replace(NAME_FIELD, name) === subject,
    );
  });
  if (rendered || nameToken(subject) === subject) return true;
  oracle.violate(
    'I6',
    `${where}: Subject became "${subject}", which no template makes of ${value}`,
  );
  return false;
}

/** I6: picklists and owners only as the policy says. */
function judgeWords(oracle: Oracle, { policies, before }: RowView, after: SalesforceTask): void {
  const wrote = (key: 'Status' | 'Priority' | 'OwnerId') =>
    before === undefined || before[key] !== after[key];
  const may = (allowed: (policy: Policy) => readonly (string | undefined)[], value: string) =>
    policies.some((policy) => allowed(policy).includes(value));
  // B3.3: reopening may bring back the open value there was before.
  const former =
    policies.some(({ reopenToFormerStatus }) => reopenToFormerStatus) && !after.IsClosed;
  const mayStatus = former || may(({ status }) => Object.values(status.toSf), after.Status);
  if (wrote('Status') && !mayStatus)
    oracle.violate('I6', `Status became ${after.Status}, which is not mapped`);
  if (wrote('Priority') && !may(({ priority }) => Object.values(priority.toSf), after.Priority))
    oracle.violate('I6', `Priority became ${after.Priority}, which is not mapped`);
  if (wrote('OwnerId') && !may(({ owners }) => Object.values(owners.toSf), after.OwnerId))
    oracle.violate('I6', `OwnerId became ${after.OwnerId}, who is not connected`);
}

function isLater(oracle: Oracle, value: string, than: string): boolean {
  const [later, earlier] = [oracle.lineage.get(value), oracle.lineage.get(than)];
  return later !== undefined && earlier !== undefined && later.at > earlier.at;
}

const NAME_FIELD = '{{activity_subject}}';
