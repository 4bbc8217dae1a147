import type { Link, SalesforceTask } from '@tandem/engine';
import type { Entity } from '../entities.ts';
import type { CommitView } from './judge-commit.ts';
import type { Oracle, State } from './oracle.ts';
import { isUnrecognised } from './unrecognised.ts';

/** I4: whether a person wanted the record made, or deleted, that the engine has just promised to itself to send for. */
export function judgeWish(oracle: Oracle, view: CommitView, link: Link, kind: string): void {
  const { after, records } = view;
  const row = after.tasks.get(link.taskId);
  const entity = oracle.entities.ofTask(link.taskId);
  if (row === undefined || entity === undefined) return;
  if (kind === 'delete') {
    // Put there because a person had deleted the record before this one, which was born late of a request of ours.
    const followed =
      row.trashed === 'by_sync' &&
      entity.records.some((id) => id !== link.salesforceId && wasDeleted(oracle, id));
    if (row.trashed !== 'by_person' && !followed)
      oracle.violate(
        'I4',
        `the engine deletes the record of ${link.taskId}, which nobody put into Trash`,
      );
    return;
  }
  if (kind !== 'create') return;
  if (row.trashed !== null)
    oracle.violate('I4', `the engine creates a record for ${link.taskId}, which is in Trash`);
  // R7, R8: the unique key refuses a second birth, deleted or not; nothing is created.
  for (const record of records.values()) if (record.CreationKey === link.creationKey) return;
  // A person deleted the record, and no person took the task out of Trash since (facts/engines.md I4).
  for (const id of entity.records) {
    const deletion = oracle.entities.life(id).deletions.at(-1);
    if (deletion === undefined || deletion.to !== Number.POSITIVE_INFINITY) continue;
    // The record of an older life: a person took the task out of Trash after that one had ended, and asked for
    // a new one (B1.2, `restoreTasks` of the store).
    if (oracle.personRestored.has(link.taskId) && isBuried(after, id, records.get(id))) continue;
    // Undeleted after a new life had begun, it came in as a task of its own, and is that one's (SPEC, Gaps, R5, R11).
    if (isOfAnother(after, id, link.taskId)) continue;
    // Born by a request whose reply was lost, deleted and emptied from the Recycle Bin before anybody here heard
    // of it: Salesforce has no trace of it to find (R8).
    if (oracle.entities.life(id).purged && !oracle.known.has(id)) {
      oracle.coverage.count('exempt:purged_unseen');
      continue;
    }
    // SPEC, Gaps, backups: of a later life that the backup does not know.
    if (oracle.isLifeForgotten(records.get(id))) {
      oracle.coverage.count('exempt:I4_life_forgotten');
      continue;
    }
    // Our own deletion was under way when the task was taken back: which of the two it was, nobody can tell.
    if (oracle.takenBack.has(id) || records.get(id)?.IsDeleted === false) continue;
    // SPEC, Gaps, R8: it may have been purged since, or have come in as a task of its own.
    if (oracle.unrecognised.has(id)) continue;
    if (isUnrecognised(oracle, { ...view, state: after }, link.taskId, records.get(id))) continue;
    if (lastWanted(oracle, link.taskId, entity) < deletion.from)
      oracle.violate(
        'I4',
        `the engine creates ${link.taskId} again, whose record a person deleted`,
      );
  }
}

/**
 * When a person last took the task out of Trash, or undeleted one of its records: also the one that was born late, and
 * had taken the place of the record in question.
 */
function lastWanted({ entities, personRestored }: Oracle, taskId: string, entity: Entity): number {
  const undeletions = entity.records.flatMap((id) => entities.life(id).undeletions);
  return Math.max(personRestored.get(taskId) ?? -1, ...undeletions);
}

/** By a person; or by us, which a backup that was put back does not know (SPEC, Gaps, backups). */
function wasDeleted(oracle: Oracle, id: string): boolean {
  if (oracle.entities.life(id).deletions.length > 0) return true;
  return oracle.restoredAt !== null && oracle.shownDeleted.has(id);
}

function isOfAnother({ links }: State, recordId: string, taskId: string): boolean {
  for (const { link } of links.values())
    if (link.salesforceId === recordId && link.taskId !== taskId) return true;
  return false;
}

/** Also one that was born late under the key of that life, and that no link ever named. */
function isBuried({ links }: State, id: string, record: SalesforceTask | undefined): boolean {
  const key = record?.CreationKey ?? null;
  for (const { link } of links.values())
    if (link.salesforceId === id || (key !== null && link.creationKey === key))
      return link.state === 'dead';
  return false;
}
