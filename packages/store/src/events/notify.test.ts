import { describe, expect, it } from 'vitest';
import { payloadOf } from './notify.ts';

const ids = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );

describe('what fits into a notification', () => {
  it('a few ids are named', () => {
    const event = { type: 'tasks', workspaceId: 'w', userIds: ['u'], taskIds: ids(100) } as const;
    expect(JSON.parse(payloadOf(event))).toEqual(event);
  });

  it('too many tasks become "too many to name", too many people likewise', () => {
    const tasks = { type: 'tasks', workspaceId: 'w', userIds: ['u'], taskIds: ids(500) } as const;
    expect(JSON.parse(payloadOf(tasks))).toEqual({ ...tasks, taskIds: [] });
    const people = { ...tasks, userIds: ids(500) };
    expect(JSON.parse(payloadOf(people))).toEqual({ ...tasks, taskIds: [], userIds: [] });
    const sync = { type: 'sync', workspaceId: 'w', userIds: ids(500) } as const;
    expect(JSON.parse(payloadOf(sync))).toEqual({ ...sync, userIds: [] });
  });
});
