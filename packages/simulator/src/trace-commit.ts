import type { Link } from '@tandem/engine';
import type { State } from './oracle/oracle.ts';

/** What one transaction changed, for people who read a trace. */
export function describeCommit(before: State, after: State): readonly string[] {
  const lines: string[] = [];
  for (const { kind, rule, side, field, from, to, lost } of after.journal.slice(
    before.journal.length,
  ))
    lines.push(`  journal ${kind}/${rule}/${side} ${field ?? ''} ${text({ from, to, lost })}`);
  for (const [id, { link, dirty }] of after.links) {
    const old = before.links.get(id);
    if (old?.link === link && old.dirty === dirty) continue;
    lines.push(`  link ${id} of ${link.taskId} ${dirty ? 'dirty ' : ''}${linkText(link)}`);
  }
  for (const [id, row] of after.tasks) {
    if (before.tasks.get(id) === row) continue;
    lines.push(`  task ${id} ${row.trashed ?? 'alive'} ${text(row.values)}`);
  }
  return lines;
}

function linkText({ salesforceId, state, intents, parked, base, sf }: Link): string {
  const open = intents.map(({ kind, sentAt, expectedRevision, fields }) => {
    const values = Object.entries(fields).map(([field, sent]) => `${field}=${text(sent?.to)}`);
    return `${kind}@${sentAt.slice(11, 19)}${expectedRevision?.slice(10, 19) ?? ''}(${values.join(' ')})`;
  });
  const pairs = Object.entries(base ?? {}).map(
    ([field, pair]) => `${field}:${text(pair?.app)}|${text(pair?.sf)}`,
  );
  const seen =
    sf.kind === 'seen'
      ? `seen@${sf.seenAt.slice(11, 19)} ${sf.task.IsDeleted ? 'deleted ' : ''}${sf.task.Description} ${sf.task.ActivityDate} ${sf.task.Subject} ${sf.task.Status} ${sf.task.LastModifiedDate.slice(11, 19)}`
      : sf.kind;
  return `${salesforceId ?? '-'} ${state} ${parked === null ? '' : `parked:${parked.code} `}[${open.join(', ')}] {${pairs.join(' ')}} ${seen}`;
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
