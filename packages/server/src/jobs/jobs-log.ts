import { Logger as JobsLogger } from 'graphile-worker';
import type { Logger } from 'pino';
import { isAway } from '../database/is-away.ts';
import { faultFacts } from '../fault-facts.ts';

/**
 * Of what graphile-worker says only errors are news, and of these not its sentence, which quotes the error's own (B12.2).
 * While the database is away it says one for every try; that it tries again by itself is no trouble, and not for the
 * screen of "npm start".
 */
export function jobsLog(log: Logger): JobsLogger {
  return new JobsLogger(() => (level, message, meta) => {
    if (level !== 'error') return;
    const error: unknown = meta?.error;
    const facts = { ...jobOf(meta?.job), ...faultFacts(error) };
    if (isAway(error) || isAway(new Error(message))) log.info(facts, 'jobs.database_away');
    else log.error(facts, 'jobs.error');
  });
}

function jobOf(job: unknown): { jobId?: string; task?: string; attempts?: number } {
  if (typeof job !== 'object' || job === null) return {};
  const { id, task_identifier: task, attempts } = job as Record<string, unknown>;
  return { jobId: String(id), task: String(task), attempts: Number(attempts) };
}
