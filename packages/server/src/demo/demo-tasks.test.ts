import { newTask } from '@tandem/api';
import { describe, expect, test } from 'vitest';
import { demoTasks } from './demo-tasks.ts';
import { DEMO_PEOPLE } from './people.ts';

const TODAY = '2026-11-24';
const lists = DEMO_PEOPLE.map(({ email }) => ({ email, tasks: demoTasks(email, 'u', TODAY) }));

describe('the tasks of the demo people', () => {
  test.each(lists)('$email has a list with something in every view', ({ tasks }) => {
    expect(tasks).toHaveLength(15);
    const open = tasks.filter(({ status }) => status === 'open');
    const due = (test: (date: string) => boolean) =>
      open.some(({ dueDate }) => dueDate !== null && test(dueDate));
    expect(due((date) => date < TODAY)).toBe(true);
    expect(due((date) => date === TODAY)).toBe(true);
    expect(due((date) => date === '2026-11-25')).toBe(true);
    expect(due((date) => date > '2026-11-25')).toBe(true);
    expect(open.some(({ dueDate }) => dueDate === null)).toBe(true);
    expect(open).not.toHaveLength(tasks.length);
    const types = new Set(tasks.map(({ type }) => type));
    expect([...types].sort()).toEqual(['call', 'custom', 'email', 'inmail']);
    expect(tasks.some((task) => task.campaign !== null)).toBe(true);
    expect(tasks.some((task) => task.priority === 'high')).toBe(true);
    for (const task of tasks) expect(newTask.safeParse(task).error).toBeUndefined();
  });

  test('no name comes twice, neither in a list nor with two people', () => {
    const names = lists.flatMap(({ tasks }) => tasks.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test('a call’s outcome and reason belong to calls', () => {
    const talked = lists
      .flatMap(({ tasks }) => tasks)
      .filter(({ callOutcome, callReason }) => callOutcome !== null || callReason !== null);
    expect(new Set(talked.map(({ type }) => type))).toEqual(new Set(['call']));
  });
});
