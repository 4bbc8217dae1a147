import type { Task } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { daysOfLines, type Fold, groupOf, type Line, linesOf } from './group-tasks.ts';

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
const folded: Fold = { open: false, count: 3, tasks: [], rest: null };
const whole = { hasMore: false, today: null, tomorrow: null };
const show = (lines: Line[]) =>
  lines.map((line) => {
    switch (line.kind) {
      case 'task':
        return line.task.id;
      case 'day':
        return `# ${line.date}`;
      case 'rest':
        return `${line.state} after ${line.shown} of ${line.count}`;
      case 'group':
        return `group ${line.group} ${line.count ?? '?'}`;
      default:
        return `${line.kind} ${line.group}`;
    }
  });

describe('B9.1 the lines of the list', () => {
  it('keep overdue in sight above today and tomorrow, folded or not', () => {
    const tasks = [task('a', today), task('b', '2026-11-25')];
    expect(show(linesOf(tasks, 'today_and_tomorrow', 'dueDate', today, folded, whole))).toEqual([
      'group overdue 3',
      'group today 1',
      'a',
      'group tomorrow 1',
      'b',
    ]);
    const open: Fold = { open: true, count: 1, tasks: [task('late', '2026-11-20')], rest: null };
    expect(
      show(linesOf(tasks, 'today_and_tomorrow', 'dueDate', today, open, whole)).slice(0, 3),
    ).toEqual(['group overdue 1', 'late', 'group today 1']);
  });

  it('say in its place that a day is empty', () => {
    expect(
      show(
        linesOf([task('b', '2026-11-25')], 'today_and_tomorrow', 'dueDate', today, folded, whole),
      ),
    ).toContain('empty today');
  });

  it('count what is not read yet, and call no day empty before all is read', () => {
    const listed = (tasks: Task[], counts: { today: number | null; tomorrow: number | null }) =>
      show(
        linesOf(tasks, 'today_and_tomorrow', 'dueDate', today, folded, {
          hasMore: true,
          ...counts,
        }),
      );
    const read = [task('a', today)];
    expect(listed(read, { today: 250, tomorrow: 3 })).toEqual([
      'group overdue 3',
      'group today 250',
      'a',
      'group tomorrow 3',
    ]);
    expect(listed(read, { today: null, tomorrow: null })).toContain('group tomorrow ?');
    expect(listed(read, { today: 250, tomorrow: 0 })).toContain('empty tomorrow');
    // Just moved there, and not counted yet.
    const moved = [task('a', today), task('b', '2026-11-25')];
    expect(listed(moved, { today: 250, tomorrow: 0 })).toContain('group tomorrow 1');
    expect(listed(moved, { today: 250, tomorrow: 0 })).not.toContain('empty tomorrow');
  });

  it('go by the tasks themselves once all are read', () => {
    const counted = { hasMore: false, today: 2, tomorrow: 0 };
    expect(
      show(
        linesOf([task('a', '2026-11-25')], 'today_and_tomorrow', 'dueDate', today, folded, counted),
      ),
    ).toEqual(['group overdue 3', 'group today 0', 'empty today', 'group tomorrow 1', 'a']);
  });

  it('say below what is overdue that more of it is to come', () => {
    const part: Fold = {
      open: true,
      count: 250,
      tasks: [task('late', '2026-11-20')],
      rest: 'more',
    };
    const lines = linesOf([], 'today_and_tomorrow', 'dueDate', today, part, whole);
    expect(show(lines).slice(0, 4)).toEqual([
      'group overdue 250',
      'late',
      'more after 1 of 250',
      'group today 0',
    ]);
    // Nothing is dropped there: it is no day.
    expect(daysOfLines(lines, today, true).slice(0, 4)).toEqual([null, null, null, today]);
    const closed = linesOf(
      [],
      'today_and_tomorrow',
      'dueDate',
      today,
      { ...part, open: false },
      whole,
    );
    expect(show(closed)).not.toContain('more after 1 of 250');
  });

  it('never lose a task that was just moved to another day', () => {
    const lines = linesOf(
      [task('far', '2027-01-01')],
      'today_and_tomorrow',
      'dueDate',
      today,
      folded,
      whole,
    );
    expect(show(lines)).toContain('far');
  });

  it('group by due date only where the list is sorted by it', () => {
    const tasks = [task('a', '2026-11-20'), task('b', today), task('c', null)];
    expect(show(linesOf(tasks, 'all_open', 'dueDate', today, folded, whole))).toEqual([
      'group overdue ?',
      'a',
      'group today ?',
      'b',
      'group no_date ?',
      'c',
    ]);
    expect(show(linesOf(tasks, 'all_open', 'name', today, folded, whole))).toEqual(['a', 'b', 'c']);
    expect(show(linesOf(tasks.slice(0, 2), 'range', 'dueDate', today, folded, whole))).toEqual([
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
