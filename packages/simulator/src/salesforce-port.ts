import type { Reply, RowResult, SalesforceFault, TaskPage } from '@tandem/engine';
import type { SalesforcePort } from '@tandem/sync';
import { applyRows, type Refuse } from './apply-rows.ts';
import { labelsOf } from './labels.ts';
import { judgeRequest, type Leaving } from './oracle/judge-request.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

const THERE_MS = 300;
const BACK_MS = 200;
/** Now and then a request takes long, but less than the client waits. */
const SLOW_MS = 20_000;
const SLOW_CHANCE = 0.03;
/** After this the client gives up and knows nothing. */
const TIMEOUT_MS = 30_000;
/** A request that outlived its client lands within Salesforce's own limit (LANDING_WINDOW_MS is ten minutes). */
const LATE_MAX_MS = 9.5 * 60_000;
const LIMIT_MAX_MS = 20 * 60_000;
const SIGN_IN_MAX_MS = 3 * 60_000;

type Writes = { readonly flights: ReturnType<typeof judgeRequest>; readonly leaving: Leaving };

/**
 * Salesforce as one process reaches it. What left belongs to the network, not to the process: it lands
 * whether or not anybody is left to hear the answer.
 */
export function salesforcePort(
  world: World,
  process: Process,
  crash: () => void,
  refuse: Refuse,
): SalesforcePort {
  const { scheduler, salesforce, faults, oracle } = world;
  const labels = labelsOf(process.worker);

  function ask<T>(
    method: string,
    effect: (reached: 'all' | 'half') => Promise<Reply<T>>,
    writes: Writes | null,
  ): Promise<Reply<T>> {
    scheduler.running = false;
    const label = labels(method);
    return new Promise((resolve) => {
      const answer = (reply: Reply<T>, delay: number) =>
        scheduler.schedule(delay, process, label[reply.kind], () => {
          if (faults.fire('crash')) return crash();
          for (const flight of writes?.flights ?? []) {
            if (flight === null) continue;
            flight.answered = true;
            flight.told ||= reply.kind !== 'unknown';
          }
          scheduler.running = true;
          resolve(reply);
        });
      const lose = () => {
        for (const flight of writes?.flights ?? [])
          if (flight?.state === 'travelling') flight.state = 'lost';
      };
      const there = world.latency.chance(SLOW_CHANCE)
        ? world.delay(SLOW_MS)
        : world.delay(THERE_MS);

      if (faults.fire('request_lost')) {
        lose();
        answer({ kind: 'unknown', message: 'request lost' }, TIMEOUT_MS);
        return;
      }
      const late = writes !== null && faults.fire('lands_late');
      if (late) answer({ kind: 'unknown', message: 'timeout' }, TIMEOUT_MS);
      const delay = late ? lateBy(world) : there;
      scheduler.schedule(delay, null, label.arrives, async () => {
        const fault = wholeFault(world, writes !== null);
        if (fault === 'unknown') {
          // A 5xx to a write says nothing about its effect.
          if (faults.dice('server_error').chance(0.5)) await land('all');
          else lose();
          if (!late) answer({ kind: 'unknown', message: 'HTTP 503' }, world.delay(BACK_MS));
          return;
        }
        if (fault !== null) {
          lose();
          if (!late) answer({ kind: 'fault', fault }, world.delay(BACK_MS));
          return;
        }
        const half = (writes?.flights.length ?? 0) > 1 && faults.fire('half_applied');
        const reply = await land(half ? 'half' : 'all');
        if (late) return;
        const lost = half || faults.fire('reply_lost');
        if (lost) answer({ kind: 'unknown', message: 'reply lost' }, TIMEOUT_MS);
        else answer(reply, world.delay(BACK_MS));
      });

      const land = (reached: 'all' | 'half') => effect(reached);
    });
  }

  const write = (leaving: Leaving): Promise<Reply<readonly RowResult[]>> => {
    const holds = process.token === world.newestToken && scheduler.now < world.leaseUntil;
    const flights = judgeRequest(oracle, world.store.state, leaving, process, holds);
    return ask(
      `${leaving.kind}s`,
      (reached) => applyRows(world, leaving, flights, reached, refuse),
      { flights, leaving },
    );
  };

  const read = <T extends TaskPage>(method: string, effect: () => Promise<Reply<T>>) =>
    ask(
      method,
      async () => {
        const reply = await effect();
        if (reply.kind === 'ok')
          for (const { Id, IsDeleted } of reply.value.tasks)
            if (IsDeleted) oracle.shownDeleted.add(Id);
        return reply;
      },
      null,
    );

  return {
    changedSince: (since, cursor) =>
      read('changedSince', () => salesforce.changedSince(since, cursor)),
    importPage: (owner, start, cursor) =>
      read('importPage', () => salesforce.importPage(owner, start, cursor)),
    readTasks: (ids) => read('readTasks', () => salesforce.readTasks(ids)),
    findByCreationKey: (keys) =>
      read('findByCreationKey', () => salesforce.findByCreationKey(keys)),
    findBySubject: (subjects, since) =>
      read('findBySubject', () => salesforce.findBySubject(subjects, since)),
    stampsAfter: (owner, after) =>
      ask('stampsAfter', () => salesforce.stampsAfter(owner, after), null),
    createTasks: (rows) => write({ kind: 'create', rows }),
    updateTasks: (rows) => write({ kind: 'update', rows }),
    deleteTasks: (ids) => write({ kind: 'delete', rows: ids.map((id) => ({ id })) }),
  };
}

/** Mostly soon after the client gave up, at times near the end of Salesforce's own limit. */
function lateBy(world: World): number {
  const dice = world.faults.dice('lands_late');
  return TIMEOUT_MS + dice.int(dice.chance(0.3) ? LATE_MAX_MS - TIMEOUT_MS : 60_000);
}

/** What Salesforce answers instead of working: to the whole request. */
function wholeFault(world: World, isWrite: boolean): SalesforceFault | 'unknown' | null {
  const { faults, scheduler } = world;
  if (!world.signedOut && faults.fire('token_revoked')) {
    world.signedOut = true;
    scheduler.schedule(faults.dice('token_revoked').int(SIGN_IN_MAX_MS), null, 'sign in', () =>
      world.signIn(),
    );
  }
  if (world.signedOut) return faultOf('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  if (scheduler.now >= world.limitedUntil && faults.fire('daily_limit'))
    world.limitedUntil = scheduler.now + faults.dice('daily_limit').int(LIMIT_MAX_MS);
  if (scheduler.now < world.limitedUntil)
    return faultOf('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403);
  if (faults.fire('rate_limited'))
    return faultOf('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.', 403);
  if (faults.fire('server_error'))
    return isWrite ? 'unknown' : faultOf('SERVER_UNAVAILABLE', 'Service Unavailable', 503);
  return null;
}

function faultOf(code: string, message: string, httpStatus: number): SalesforceFault {
  return { code, message, fields: [], httpStatus };
}
