import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../api/client.ts';
import { AddKeys } from './add-keys.ts';

const plan = { name: 'Send the plan', dueDate: '2026-11-24' };
const lost = new ApiProblem('unreachable', 0);

describe('B9.2 the key of a task that is added', () => {
  it('is another one for each, also of the same name', () => {
    const keys = new AddKeys();
    expect(keys.take(plan)).not.toBe(keys.take(plan));
  });

  it('stays the same where the answer was lost, and for one try', () => {
    const keys = new AddKeys();
    const first = keys.take(plan);
    keys.failed(plan, first, lost);
    expect(keys.take({ ...plan })).toBe(first);
    expect(keys.take(plan)).not.toBe(first);
    keys.failed(plan, first, new TypeError('cut off within the answer'));
    expect(keys.take(plan)).toBe(first);
  });

  it('is another one once anything of the task was corrected, or the server said no', () => {
    const keys = new AddKeys();
    const first = keys.take(plan);
    keys.failed(plan, first, lost);
    expect(keys.take({ ...plan, name: 'Send the plans' })).not.toBe(first);
    const second = keys.take({ ...plan, dueDate: null });
    keys.failed({ ...plan, dueDate: null }, second, new ApiProblem('conflict', 409));
    expect(keys.take({ ...plan, dueDate: null })).not.toBe(second);
  });
});
