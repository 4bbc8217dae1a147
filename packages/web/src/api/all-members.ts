import type { Member } from '@tandem/api';

/** As many as the API gives at a time, and people enough for any workspace. */
const PAGE_SIZE = 200;
const PAGES_MAX = 100;

export interface MemberPage {
  readonly members: readonly Member[];
  readonly nextCursor: string | null;
}

export interface MemberPageQuery extends Readonly<Record<string, string | number | undefined>> {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Everybody of the workspace, former members too: who is missing can be neither assigned to nor named. */
export async function allMembers(
  ask: (query: MemberPageQuery) => Promise<MemberPage>,
): Promise<{ members: readonly Member[] }> {
  const members: Member[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const reply = await ask({ limit: PAGE_SIZE, cursor });
    members.push(...reply.members);
    if (reply.nextCursor === null) break;
    cursor = reply.nextCursor;
  }
  return { members };
}
