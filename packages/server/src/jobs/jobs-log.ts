import { Logger as JobsLogger } from 'graphile-worker';
import type { Logger } from 'pino';
import { isAway } from '../database/is-away.ts';

/**
 * Of what graphile-worker says only errors are news. While the database is away it says one for every try;
 * that it tries again by itself is no trouble, and not for the screen of "npm start".
 */
export function jobsLog(log: Logger): JobsLogger {
  return new JobsLogger(() => (level, message, meta) => {
    if (level !== 'error') return;
    const isPassing = isAway(meta?.error) || isAway(new Error(message));
    if (isPassing) log.info({ message }, 'jobs.database_away');
    else log.error({ message }, 'jobs.error');
  });
}
