import { quoteTable, readTables } from '../backup/tables.ts';
import { withClient } from '../backup/with-client.ts';

/**
 * Changes of these are not changes of anything people have: sessions are prolonged by being used, who asks
 * has been seen, and a database notes when a backup came in.
 */
const BESIDES = new Set(['auth.session', 'tandem.last_seen', 'tandem.identity']);

/** What the clock moves in rows that people have: when their reminders are looked at next, and how far they are. */
const BY_THE_CLOCK = ['decided_until', 'next_at', 'due_day', 'due_day_ends'];

/** An account without a worker stands still after 100 s, which is told whoever asks what. */
const STALL = `where r.kind <> 'stall'`;

/** One hash per table over its rows, to prove that a request changed nothing. */
export function fingerprint(databaseUrl: string): Promise<Readonly<Record<string, string>>> {
  return withClient(databaseUrl, async (client) => {
    const prints: Record<string, string> = {};
    for (const { name } of await readTables(client)) {
      if (BESIDES.has(name)) continue;
      const which = name === 'tandem.notices' ? STALL : '';
      const { rows } = await client.query<{ print: string }>(
        `select coalesce(md5(string_agg(line, '' order by line)), 'empty') as print
         from (select (to_jsonb(r) - $1::text[])::text as line from ${quoteTable(name)} r ${which}) lines`,
        [name === 'tandem.reminders' ? BY_THE_CLOCK : []],
      );
      prints[name] = rows[0]?.print ?? '';
    }
    return prints;
  });
}
