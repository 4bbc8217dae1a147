import type { Member, Task } from '@tandem/api';
import { longDate } from '../dates/format-date.ts';
import { addDays, type PlainDate, weekdayOf } from '../dates/plain-date.ts';
import type { T } from '../i18n/use-t.ts';
import { keyFor } from '../tasks/keys.ts';
import { TYPES } from '../tasks/list-search.ts';
import { clearSelection, setListState } from '../tasks/list-state.ts';
import {
  assignTasks,
  restoreTasks,
  setDueDate,
  setType,
  toggleComplete,
  togglePriority,
  trashTasks,
} from '../tasks/task-actions.ts';
import { copyTaskLink, openInSalesforce } from '../tasks/task-links.ts';
import type { Command } from './command.ts';
import { openPalette } from './palette-state.ts';

/** What can be done to the selected tasks, or to the one the keyboard is on. */
export function taskCommands(
  t: T,
  tasks: readonly Task[],
  open: (id: string) => void,
  today: PlainDate,
  may: { readonly change: boolean; readonly assign: boolean },
): Command[] {
  const [first] = tasks;
  if (!first) return [];
  if (!may.change) return tasks.length === 1 ? oneTask(t, first, open, false) : [];
  if (first.trashedAt !== null) {
    return [task('restore', t('tasks.action.restore'), ['restore'], () => restoreTasks(tasks))];
  }
  const anyOpen = tasks.some(({ status }) => status === 'open');
  const single = tasks.length === 1;
  return [
    task(
      'complete',
      t(anyOpen ? 'tasks.action.completeShort' : 'tasks.action.reopenShort'),
      ['complete', 'done', 'reopen'],
      () => toggleComplete(tasks),
      keyFor('complete'),
    ),
    ...dueCommands(t, tasks, today),
    task(
      'due',
      t('palette.dueOther'),
      ['due date', 'pick a date'],
      () => openPalette('due'),
      keyFor('date'),
    ),
    task(
      'priority',
      t(
        tasks.some(({ priority }) => priority !== 'high')
          ? 'palette.priorityHigh'
          : 'palette.priorityNormal',
      ),
      ['priority', 'high', 'normal'],
      () => togglePriority(tasks),
      keyFor('priority'),
    ),
    ...(may.assign
      ? [
          task(
            'assign',
            t('center.assign.palette'),
            ['assign', 'owner', 'give to'],
            () => openPalette('assign'),
            keyFor('assign'),
          ),
        ]
      : []),
    ...(single ? oneTask(t, first, open, true) : []),
    ...TYPES.filter((type) => tasks.some((one) => one.type !== type)).map((type) =>
      task(
        `type-${type}`,
        t('palette.type', { type: t(`tasks.type.${type}`) }),
        ['type', type],
        () => setType(tasks, type),
      ),
    ),
    task(
      'delete',
      t('tasks.action.delete'),
      ['delete', 'trash'],
      () => trashTasks(tasks),
      keyFor('delete'),
    ),
  ];
}

/** The usual days; `due` mode shows only these. */
export function dueCommands(t: T, tasks: readonly Task[], today: PlainDate): Command[] {
  const monday = addDays(today, (8 - weekdayOf(today)) % 7 || 7);
  const days = [
    ['today', t('common.today'), today, keyFor('today')],
    ['tomorrow', t('common.tomorrow'), addDays(today, 1), keyFor('tomorrow')],
    ['next week', t('tasks.date.nextWeek'), monday, keyFor('nextWeek')],
    ['no date', t('tasks.date.noDate'), null, keyFor('noDate')],
  ] as const;
  return days.map(([also, day, date, keys]) =>
    task(
      `due-${also}`,
      t('palette.due', { day }),
      [`due ${also}`, also],
      () => setDueDate(tasks, date),
      keys,
    ),
  );
}

/** To whom; oneself first. Those who have left take no tasks. */
export function assignCommands(
  t: T,
  tasks: readonly Task[],
  members: readonly Member[],
  myId: string | undefined,
): Command[] {
  const here = members.filter(({ removedAt }) => removedAt === null);
  const order = [...here].sort((a, b) => Number(b.userId === myId) - Number(a.userId === myId));
  return order.map(({ userId, name, email }) => ({
    ...task(`to-${userId}`, name, [email], () => assignTasks(tasks, userId, name)),
    group: 'choice' as const,
    hint: userId === myId ? t('center.assign.me') : email,
    checked: tasks.every(({ ownerId }) => ownerId === userId),
  }));
}

export function dueOn(t: T, tasks: readonly Task[], date: PlainDate, language: string): Command {
  const label = t('palette.due', { day: longDate(date, language) });
  return task('due-typed', label, [], () => setDueDate(tasks, date));
}

function oneTask(t: T, one: Task, open: (id: string) => void, change: boolean): Command[] {
  const { salesforceUrl } = one.sync;
  return [
    task('open', t('palette.open'), ['open', 'details'], () => open(one.id), keyFor('open')),
    ...(change
      ? [
          task(
            'rename',
            t('tasks.action.editName'),
            ['edit', 'rename'],
            () => setListState({ editing: { id: one.id } }),
            keyFor('edit'),
          ),
        ]
      : []),
    ...(salesforceUrl
      ? [
          task(
            'salesforce',
            t('tasks.panel.openInSalesforce'),
            ['open in salesforce'],
            () => openInSalesforce(one),
            keyFor('salesforce'),
          ),
        ]
      : []),
    task('link', t('palette.copyLink'), ['copy link'], () => copyTaskLink(one), keyFor('copyLink')),
  ];
}

function task(
  id: string,
  label: string,
  also: readonly string[],
  act: () => unknown,
  keys?: string,
): Command {
  return {
    id: `task-${id}`,
    group: 'task',
    label,
    also,
    ...(keys ? { keys } : {}),
    run: () => {
      void act();
      if (id !== 'due' && id !== 'assign') clearSelection();
    },
  };
}
