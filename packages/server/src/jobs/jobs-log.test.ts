import { type Level, pino } from 'pino';
import { expect, test } from 'vitest';
import { jobsLog } from './jobs-log.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
  code: 'ECONNREFUSED',
});

function lines(level: Level): { lines: string[]; log: ReturnType<typeof jobsLog> } {
  const written: string[] = [];
  const log = pino({ level }, { write: (line: string) => written.push(line) });
  return { lines: written, log: jobsLog(log) };
}

test.each([
  ['a refused connection', refused],
  ['a stopping server', Object.assign(new Error('terminating connection'), { code: '57P01' })],
  ['a starting server', Object.assign(new Error('is starting up'), { code: '57P03' })],
  ['a connection that broke', new Error('Connection terminated unexpectedly')],
  ['what lies below', new Error('could not fetch a job', { cause: refused })],
])('while the database restarts the screen of npm start stays quiet: %s', (_, error) => {
  const screen = lines('warn');
  screen.log.error(`Error with notify listener: ${error.message}`, { error });
  expect(screen.lines).toEqual([]);
  const all = lines('info');
  all.log.error('Failed', { error });
  expect(all.lines.join()).toContain('jobs.database_away');
});

test('B12.2 any other error of the jobs is said, without its own words', () => {
  const { log, lines: said } = lines('warn');
  const job = { id: '7', task_identifier: 'sync', attempts: 2 };
  const error = Object.assign(new Error('no: Ring Osterly\n    at Osterly'), { code: '23514' });
  log.error("Failed task 7 with error 'no: Ring Osterly'", { error, job });
  log.info('Worker connected');
  expect(said).toHaveLength(1);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({
    msg: 'jobs.error',
    jobId: '7',
    task: 'sync',
    attempts: 2,
    fault: 'Error',
    code: '23514',
    at: expect.arrayContaining([expect.stringContaining('jobs-log.test.ts')]),
  });
  expect(said[0]).not.toContain('Osterly');
});
