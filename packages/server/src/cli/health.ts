import type { SyncHealth, SyncStatus } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';

/** Whether your sync moves; exit code 1 where it stands still, so that a watchdog needs nothing else. */
export function addHealth(program: Command, cli: Cli): void {
  addRemote(program, cli, {
    name: 'health',
    about: 'Whether your sync moves: what agrees, what waits, how quick it is, what it costs.',
    examples: ['tandem health', 'tandem health --json | jq .lag', 'tandem health || mail …'],
    run: async ({ client }) => {
      const health = await client.syncHealth();
      if (health.status.stall !== null) cli.exitCode = 1;
      return { json: health, lines: [...linesOf(health)] };
    },
  });
}

const STALLS = {
  worker: 'Nobody works on it: is a worker running ("tandem serve" or "tandem worker")?',
  poll: 'Salesforce is not heard from.',
  unsent: 'A change does not leave.',
} as const;

export function* linesOf({
  status,
  lag,
  checkedAt,
  nextTurnAt,
  watching,
  lastEventAt,
}: SyncHealth): Generator<string> {
  const { stall, comparison, unsent, oldestUnsentAt, needsAttention, apiBudget } = status;
  yield stall === null
    ? `Moves: ${status.state}.`
    : `STANDS STILL since ${stall.since} (${stall.accounts} accounts). ${STALLS[stall.kind]}`;
  const next = nextTurnAt === null ? '' : `, next ${nextTurnAt}`;
  yield `Last looked at Salesforce: ${status.lastPollAt ?? 'never'}, by ${WATCHING[watching]}${next}.`;
  yield eventsLine(status.events, lastEventAt);
  yield comparison?.finishedAt
    ? `${comparison.agreed} of ${comparison.compared} agree, checked ${comparison.finishedAt}.`
    : 'Not compared task by task yet.';
  yield oldestUnsentAt === null
    ? 'Nothing waits to be sent.'
    : `${unsent} to send, the oldest for ${secondsText(Date.parse(checkedAt) - Date.parse(oldestUnsentAt))}.`;
  if (needsAttention > 0)
    yield `${needsAttention} need a person: "tandem sync problems" names them and what to do.`;
  for (const [word, { count, p50Ms, p99Ms }] of [
    ['To Salesforce', lag.out],
    ['From Salesforce', lag.in],
  ] as const) {
    yield p50Ms === null || p99Ms === null
      ? `${word}: no changes in 24 hours.`
      : `${word}: p50 ${secondsText(p50Ms)}, p99 ${secondsText(p99Ms)} (${count} changes in 24 hours).`;
  }
  if (apiBudget !== null) {
    const { spent, allowance, forecast } = apiBudget;
    yield `API calls: ${spent} of ${allowance} in 24 hours, ${forecast} a day at this pace.`;
  }
}

const WATCHING = { polls: 'polling', events: 'change events and polling' } as const;

type Events = SyncStatus['events'];

const EVENTS: Readonly<Record<Events['state'], string>> = {
  off: 'not followed',
  opening: 'about to be followed',
  listening: 'followed',
  lost: 'LOST',
  refused: 'REFUSED',
};

/** B8.2: whether they are followed, since when, why not, and the last one whichever it is. */
function eventsLine({ state, since, code, message }: Events, lastEventAt: string | null): string {
  const when = since === null ? '' : ` since ${since}`;
  const why = [code, message].filter(Boolean).join(': ');
  const instead = state === 'lost' || state === 'refused' ? ', polling instead' : '';
  const last =
    state === 'off' && lastEventAt === null ? '' : `; last event ${lastEventAt ?? 'never'}`;
  return `Change events: ${EVENTS[state]}${when}${instead}${why === '' ? '' : ` (${why})`}${last}.`;
}

function secondsText(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
