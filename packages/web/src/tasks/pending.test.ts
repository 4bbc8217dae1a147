import type { Task } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { addPending, addPendingMany, withPending } from './pending.ts';

const task = { id: 't1', name: 'Before', priority: 'normal', sync: { state: 'in_step' } } as Task;

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

  it('B9.3 are not in step before the answer', () => {
    const takeAway = addPending('t1', { name: 'After' });
    expect(withPending(task)?.sync.state).toBe('sending');
    takeAway();
  });

  it('lie over many at once, and go from all of them', () => {
    const takeAway = addPendingMany(['t1', 't2'], { priority: 'high' });
    for (const id of ['t1', 't2']) expect(withPending({ ...task, id })?.priority).toBe('high');
    takeAway();
    for (const id of ['t1', 't2']) expect(withPending({ ...task, id })?.priority).toBe('normal');
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
