import type { Task } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { addPending, withPending } from './pending.ts';

const task = { id: 't1', name: 'Before', priority: 'normal' } as Task;

describe('edits the server has not answered yet', () => {
  it('lie over whatever the server last said, and go without a trace', () => {
    const takeAway = addPending('t1', { name: 'After' });
    expect(withPending(task)).toMatchObject({ name: 'After', priority: 'normal' });
    expect(withPending({ ...task, priority: 'high' })).toMatchObject({
      name: 'After',
      priority: 'high',
    });
    takeAway();
    expect(withPending(task)).toBe(task);
  });

  it('are taken back one by one: a refusal never takes a neighbour along', () => {
    const first = addPending('t1', { name: 'First' });
    const second = addPending('t1', { priority: 'high' });
    first();
    expect(withPending(task)).toMatchObject({ name: 'Before', priority: 'high' });
    second();
  });

  it('hide a task that is being deleted', () => {
    const takeAway = addPending('t1', {}, true);
    expect(withPending(task)).toBeNull();
    takeAway();
    expect(withPending(task)).toBe(task);
  });
});
