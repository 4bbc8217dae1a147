import type { Task } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { groupOf, type Line, linesOf } from './group-tasks.ts';

const today = '2026-11-24';
const task = (id: string, dueDate: string | null): Task => ({
  id,
  name: id,
  type: 'custom',
  status: 'open',
  priority: 'normal',
  dueDate,
  details: '',
  ownerId: 'u',
  person: null,
  related: null,
  campaign: null,
  callOutcome: null,
  callReason: null,
  sync: {
    state: 'in_step',
    reason: null,
    message: null,
    problem: null,
    salesforceId: null,
    salesforceUrl: null,
    salesforceStatus: null,
    salesforcePriority: null,
    lastSyncedAt: null,
  },
  createdAt: '2026-11-24T08:00:00.000Z',
  updatedAt: '2026-11-24T08:00:00.000Z',
  completedAt: null,
  trashedAt: null,
});
const folded = { open: false, count: 3, tasks: [] };
const show = (lines: Line[]) =>
  lines.map((line) => {
    switch (line.kind) {
      case 'task':
        return line.task.id;
      case 'day':
        return `# ${line.date}`;
      default:
        return `${line.kind} ${line.group}`;
    }
  });

describe('B9.1 the lines of the list', () => {
  it('keep overdue in sight above today and tomorrow, folded or not', () => {
    const tasks = [task('a', today), task('b', '2026-11-25')];
    expect(show(linesOf(tasks, 'today_and_tomorrow', 'dueDate', today, folded))).toEqual([
      'group overdue',
      'group today',
      'a',
      'group tomorrow',
      'b',
    ]);
    const open = { open: true, count: 1, tasks: [task('late', '2026-11-20')] };
    expect(show(linesOf(tasks, 'today_and_tomorrow', 'dueDate', today, open)).slice(0, 3)).toEqual([
      'group overdue',
      'late',
      'group today',
    ]);
  });

  it('say in its place that a day is empty', () => {
    expect(
      show(linesOf([task('b', '2026-11-25')], 'today_and_tomorrow', 'dueDate', today, folded)),
    ).toContain('empty today');
  });

  it('never lose a task that was just moved to another day', () => {
    const lines = linesOf(
      [task('far', '2027-01-01')],
      'today_and_tomorrow',
      'dueDate',
      today,
      folded,
    );
    expect(show(lines)).toContain('far');
  });

  it('group by due date only where the list is sorted by it', () => {
    const tasks = [task('a', '2026-11-20'), task('b', today), task('c', null)];
    expect(show(linesOf(tasks, 'all_open', 'dueDate', today, folded))).toEqual([
      'group overdue',
      'a',
      'group today',
      'b',
      'group no_date',
      'c',
    ]);
    expect(show(linesOf(tasks, 'all_open', 'name', today, folded))).toEqual(['a', 'b', 'c']);
    expect(show(linesOf(tasks.slice(0, 2), 'range', 'dueDate', today, folded))).toEqual([
      '# 2026-11-20',
      'a',
      '# 2026-11-24',
      'b',
    ]);
  });

  it('draw the borders of the groups at the right days', () => {
    expect(groupOf('2026-11-23', today)).toBe('overdue');
    expect(groupOf(today, today)).toBe('today');
    expect(groupOf('2026-11-25', today)).toBe('tomorrow');
    expect(groupOf('2026-11-30', today)).toBe('next_7_days');
    expect(groupOf('2026-12-01', today)).toBe('later');
    expect(groupOf(null, today)).toBe('no_date');
  });
});
