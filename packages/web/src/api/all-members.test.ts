import type { Member } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { allMembers, type MemberPageQuery } from './all-members.ts';

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ userId: `user${from + index}` }) as Member);

describe('the people a task can be given to', () => {
  it('B12.1 are all of the workspace, page after page', async () => {
    const asked: MemberPageQuery[] = [];
    const { members } = await allMembers(async (query) => {
      asked.push(query);
      return query.cursor === undefined
        ? { members: people(0, 200), nextCursor: 'after 199' }
        : { members: people(200, 37), nextCursor: null };
    });
    expect(members.map(({ userId }) => userId)).toEqual(people(0, 237).map(({ userId }) => userId));
    expect(asked).toEqual([
      { limit: 200, cursor: undefined },
      { limit: 200, cursor: 'after 199' },
    ]);
  });

  it('end somewhere, even where the answers do not', async () => {
    let asked = 0;
    await allMembers(async () => {
      asked += 1;
      return { members: people(asked, 1), nextCursor: 'again' };
    });
    expect(asked).toBe(100);
  });
});
