import { describe, expect, test } from 'vitest';
import { concerns, missedSince } from './hub.ts';

const event = { type: 'settings', workspaceId: 'w' } as const;
const remembered = [4, 5, 6].map((number) => ({ number, event }));
const numbers = (seen: string) =>
  missedSince(seen, 'p', 6, remembered)?.map(({ number }) => number) ?? null;

describe('a page that comes back', () => {
  test('gets what it missed, and nothing when it missed nothing', () => {
    expect(numbers('p-4')).toEqual([5, 6]);
    expect(numbers('p-6')).toEqual([]);
    expect(numbers('p-3')).toEqual([4, 5, 6]);
  });

  test('reads everything again when nobody knows what it missed', () => {
    expect(numbers('p-2')).toBeNull();
    expect(numbers('other-5')).toBeNull();
    expect(numbers('p-7')).toBeNull();
    expect(numbers('nonsense')).toBeNull();
    expect(missedSince('p-0', 'p', 1, [])).toBeNull();
  });
});

describe('B12.1 who hears of a change', () => {
  const actor = (workspaceId: string, userId: string, role: 'admin' | 'manager' | 'rep') => ({
    workspaceId,
    userId,
    role,
  });
  const tasks = { type: 'tasks', workspaceId: 'w', userIds: ['a'], taskIds: ['t'] } as const;

  test('its people, managers and admins, and never another workspace', () => {
    expect(concerns(tasks, actor('w', 'a', 'rep'))).toBe(true);
    expect(concerns(tasks, actor('w', 'b', 'rep'))).toBe(false);
    expect(concerns(tasks, actor('w', 'b', 'manager'))).toBe(true);
    expect(concerns(tasks, actor('x', 'a', 'admin'))).toBe(false);
    expect(concerns({ ...tasks, userIds: [] }, actor('w', 'b', 'rep'))).toBe(true);
    expect(concerns({ ...tasks, userIds: [] }, actor('x', 'b', 'rep'))).toBe(false);
  });
});
