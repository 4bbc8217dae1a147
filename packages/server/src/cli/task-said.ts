import type { Task } from '@tandem/api';
import type { Said } from './remote.ts';

/** How a task reads on a terminal. */

export function rowOf({ id, status, dueDate, priority, name }: Task): string {
  const mark = status === 'complete' ? 'x' : ' ';
  return `[${mark}] ${dueDate ?? '          '}  ${priority === 'high' ? '!' : ' '} ${name}  ${id}`;
}

/** All of one task; what is not set takes no line. */
export function taskSaid(task: Task): Said {
  const { sync, person, related, campaign, callOutcome, callReason, details } = task;
  const there = [sync.state, sync.reason, sync.message, sync.salesforceUrl];
  const facts: [string, string | null | undefined][] = [
    ['Salesforce', there.filter((part) => part !== null && part !== '').join(', ')],
    ['Type', task.type],
    ['Person', person && `${person.name} (${person.type})`],
    ['Related to', related && `${related.name} (${related.type})`],
    ['Campaign', campaign && campaignText(campaign)],
    ['Call outcome', callOutcome],
    ['Call reason', callReason],
    ['In Trash since', task.trashedAt],
  ];
  return {
    json: task,
    lines: [
      rowOf(task),
      ...facts.flatMap(([name, value]) => (value ? [`    ${name}: ${value}`] : [])),
      ...(details === '' ? [] : [details.replaceAll(/^/gm, '    ')]),
    ],
  };
}

function campaignText({ name, day, step }: NonNullable<Task['campaign']>): string {
  return [name, day && `day ${day}`, step && `step ${step}`].filter(Boolean).join(', ');
}
