import { sql } from 'kysely';

/**
 * Of an intent `i` and its link `l`: somebody waits for what becomes of it. As `isInDoubt` of the engine; the
 * others stay on record only until they can land no more (R11).
 */
export const awaitsOutcome = sql<boolean>`
  (l.state not in ('dead', 'left') and case i.kind
    when 'create' then l.sf ->> 'kind' = 'unborn'
    when 'update' then i.fields = '{}' or exists (select from jsonb_each(i.fields) sent
      where sent.value -> 'from' is distinct from sent.value -> 'to')
    else true end)`;
