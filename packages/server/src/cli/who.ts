import type { TandemClient } from '@tandem/client';
import { itemsOf } from '@tandem/client';

/** A workspace of more people is looked through no further; ids always work. */
const MEMBERS_MAX = 20_000;

/** A person of the workspace as people write them: an e-mail address, `me`, or the id itself. */
export async function userIdOf(client: TandemClient, who: string): Promise<string> {
  if (who === 'me') return (await client.getMe()).userId;
  if (!who.includes('@')) return who;
  let looked = 0;
  for await (const { email, userId } of itemsOf((next) => client.listMembers({ query: next }))) {
    if (email.toLowerCase() === who.toLowerCase()) return userId;
    looked += 1;
    if (looked >= MEMBERS_MAX) break;
  }
  throw new Error(
    `Nobody of your workspace has the e-mail ${who}; "tandem team members" lists them.`,
  );
}

/** Whose tasks, for a list: `me` and `all` are words of the API. */
export async function ownerOf(client: TandemClient, who: string): Promise<string> {
  return who === 'me' || who === 'all' ? who : userIdOf(client, who);
}
