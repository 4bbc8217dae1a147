import type { ClientBase } from 'pg';
import type { Comparison } from '../links/port.ts';
import { MARK } from './identity.ts';

const WANTED: Comparison = {
  state: 'wanted',
  why: 'restored',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

/**
 * This database holds an older state than Salesforce has seen. Every account that syncs is compared in full
 * first (R13), and the mark is lifted above what was `seen`, in one statement: whoever starts next finds the
 * restore dealt with. Returns how many accounts that are.
 */
export async function noteRestored(
  client: Pick<ClientBase, 'query'>,
  seen: number,
): Promise<number> {
  const { rows } = await client.query<{ accounts: number }>(
    `with compared as (
       update tandem.connections set comparison = $1::jsonb where status <> 'off' returning 1
     ), lifted as (
       update tandem.identity i set restored_at = now(),
         lift = i.lift + greatest(0, $2::bigint + 1 - (${MARK}))
     )
     select count(*)::int as accounts from compared`,
    [JSON.stringify(WANTED), seen],
  );
  return rows[0]?.accounts ?? 0;
}
