import { sql } from 'kysely';

/**
 * Of an intent `i` and its link `l`: somebody waits for what becomes of it. As `isInDoubt` of the engine; the
 * others stay on record only until they can land no more (R11).
 */
export const awaitsOutcome = sql<boolean>`
  (l.state not in ('dead', 'left') and (i.kind <> 'create' or l.sf ->> 'kind' = 'unborn'))`;
