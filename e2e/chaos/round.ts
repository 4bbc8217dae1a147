import { setTimeout as pause } from 'node:timers/promises';
import { disagreement } from './agreement.ts';
import type { Arsenal } from './arsenal.ts';
import { versionsOf } from './database.ts';
import { type Actor, born, deed, type Subject } from './deeds.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { inApp, inSalesforce, isDead, type Row, textOf } from './history.ts';
import { judge, type Violation } from './oracle.ts';
import { type Random, randomStream } from './random.ts';
import type { Rep, Stack } from './stack.ts';
import { NotInTime, until } from './waiting.ts';

/** A killed worker's lease, a call in doubt that is looked up, trouble that is waited out, all in a row, twice. */
const SETTLED_MS_MAX = 150_000;
const SETTLED_LOOK_MS = 1_000;
/** People do not type without end, nor all at once; the engine's own pace is about a second. */
const THINKS_MS_MAX = 1_500;
const DEEDS_MIN = 5;
const DEEDS_MORE = 5;
const FAULTS_MAX = 3;
/** So many things pass the place of a fault before it strikes. */
const SKIP_MAX = 3;

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly notes: readonly string[];
}

/** Some runs side by side on one stack: they share the faults, as tasks of one company do. */
export async function round(
  stack: Stack,
  arsenal: Arsenal,
  seeds: readonly number[],
  faultsOf: (seed: number, deeds: number) => readonly PlannedFault[] = drawnFaults,
): Promise<RunResult[]> {
  const runs = seeds.map((seed) => newRun(stack, seed));
  await Promise.all(runs.map((run) => act(stack, arsenal, run, faultsOf)));
  await arsenal.calm();
  const waiting = await settle(stack, runs);
  return Promise.all(
    runs.map(async (run) => ({
      seed: run.seed,
      violations: [
        ...(waiting.get(run.seed) ?? []),
        ...(await Promise.all(run.subjects.map((subject) => judged(stack, run, subject)))).flat(),
      ],
      notes: run.notes,
    })),
  );
}

interface Run {
  readonly seed: number;
  readonly rep: Rep;
  readonly random: Random;
  readonly subjects: readonly Subject[];
  readonly notes: string[];
}

function newRun(stack: Stack, seed: number): Run {
  const random = randomStream(seed, 'people');
  const rep = stack.reps[seed % stack.reps.length];
  if (rep === undefined) throw new Error('There are no reps.');
  const subject = (number: number): Subject => ({
    tag: `c${seed}-${number}`,
    bornIn: random.pick(['app', 'sf']),
    restoredIn: random.pick(['app', 'sf']),
    written: 0,
    promised: [],
  });
  return { seed, rep, random, subjects: [subject(1), subject(2)], notes: [] };
}

export interface PlannedFault {
  readonly kind: FaultKind;
  readonly skip: number;
  /** Armed before this deed; 0: before the tasks are born. */
  readonly step: number;
}

async function act(
  stack: Stack,
  arsenal: Arsenal,
  run: Run,
  faultsOf: (seed: number, deeds: number) => readonly PlannedFault[],
): Promise<void> {
  const { seed, rep, random, subjects } = run;
  const begun = performance.now();
  const note = (text: string) =>
    run.notes.push(`${((performance.now() - begun) / 1000).toFixed(2).padStart(6)} ${text}`);
  const actors = subjects.map((subject): Actor => ({ stack, rep, subject, random, note }));
  const deeds = DEEDS_MIN + random.below(DEEDS_MORE);
  const faults = faultsOf(seed, deeds);
  const arm = async (step: number) => {
    for (const { kind, skip } of faults.filter((fault) => fault.step === step)) {
      await arsenal.arm(kind, skip, (name) => note(`FAULT ${name}`));
    }
  };
  await arm(0);
  await Promise.all(actors.map(born));
  for (let step = 1; step <= deeds; step += 1) {
    await pause(random.below(THINKS_MS_MAX));
    await arm(step);
    // A person whose page does not load waits; edits that never were say nothing.
    await stack.server.child.ready();
    await deed(random)(random.pick(actors));
  }
}

function drawnFaults(seed: number, deeds: number): PlannedFault[] {
  const random = randomStream(seed, 'faults');
  return Array.from({ length: 1 + random.below(FAULTS_MAX) }, () => ({
    kind: random.pick(FAULT_KINDS),
    skip: random.below(SKIP_MAX),
    // Early enough that there is still something to strike at.
    step: 1 + random.below(Math.ceil(deeds / 2)),
  }));
}

/** Waits until both sides of everything agree; what did not in time is told by seed. */
async function settle(stack: Stack, runs: readonly Run[]): Promise<Map<number, Violation[]>> {
  const late = async () => {
    const waiting = new Map<number, Violation[]>();
    const asked = runs.flatMap((run) => run.subjects.map((subject) => ({ run, subject })));
    await Promise.all(
      asked.map(async ({ run, subject }) => {
        const why = await unsettled(stack, run, subject);
        if (why === null) return;
        const violation = { offence: 'not converged', says: `${subject.tag}: ${why}` } as const;
        waiting.set(run.seed, [...(waiting.get(run.seed) ?? []), violation]);
      }),
    );
    return waiting;
  };
  try {
    await until(
      'both sides agree',
      async () => {
        const waiting = await late();
        if (waiting.size === 0) return true;
        // Impatient people: otherwise most of the time here would be the interval between two polls.
        const reps = new Set(runs.filter(({ seed }) => waiting.has(seed)).map(({ rep }) => rep));
        await Promise.all([...reps].map(({ app }) => app.send('POST', 'sync/now')));
        return null;
      },
      SETTLED_MS_MAX,
      SETTLED_LOOK_MS,
    );
    return new Map();
  } catch (error) {
    if (error instanceof NotInTime) return late();
    throw error;
  }
}

async function unsettled(stack: Stack, { rep }: Run, { tag }: Subject): Promise<string | null> {
  const { tasks, records } = await sides(stack, tag);
  const differs = disagreement(tasks, records);
  const task = tasks.find((row) => !isDead('app', row));
  if (task === undefined) return differs;
  const told = await rep.app.get<{ sync: { state: string; reason: string | null } }>(
    `tasks/${textOf(task.task_id)}`,
  );
  if (told === null) return 'the server does not answer';
  const { state, reason } = told.sync;
  // L1: in step, or the row says why not and whose move it is.
  if (state === 'needs_you' || state === 'needs_admin') return null;
  if (differs !== null) return `${differs}; the row says “${state}” ${reason ?? ''}`;
  return state === 'in_step' ? null : `equal, and the row says “${state}” ${reason ?? ''}`;
}

async function sides(stack: Stack, tag: string) {
  const versions = await versionsOf(stack.database, [tag]);
  const latest = new Map<string, Row>();
  for (const { after } of versions) if (after !== null) latest.set(textOf(after.task_id), after);
  const records = [...stack.org.rows.values()].filter((row) =>
    textOf(row.Subject).startsWith(`${tag} `),
  );
  return { versions, tasks: [...latest.values()], records };
}

async function judged(stack: Stack, run: Run, subject: Subject): Promise<Violation[]> {
  const { versions, tasks, records } = await sides(stack, subject.tag);
  const ids = new Set(records.map(({ Id }) => Id));
  const witnessed = [
    ...versions.flatMap(inApp),
    ...stack.org.changes.filter(({ after }) => ids.has(after?.Id)).flatMap(inSalesforce),
  ].sort((one, other) => one.atMs - other.atMs);
  const lost = await Promise.all(tasks.map((task) => keptAsLost(run.rep, textOf(task.task_id))));
  const violations = judge({
    witnessed,
    tasks,
    records,
    keptAsLost: lost.join(' '),
    promised: subject.promised,
  });
  if (violations.length > 0) {
    run.notes.push(`--- ${subject.tag}, as witnessed`);
    run.notes.push(...witnessed.map((one) => JSON.stringify(one)));
  }
  return violations.map(({ offence, says }) => ({ offence, says: `${subject.tag}: ${says}` }));
}

interface HistoryPage {
  readonly entries: readonly { readonly hasLost: boolean; readonly lost: unknown }[];
  readonly nextCursor: string | null;
}

/** More pages than a run can fill. */
const PAGES_MAX = 20;
const HISTORY_MS_MAX = 60_000;

async function keptAsLost({ app }: Rep, taskId: string): Promise<string> {
  let text = '';
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const path = `tasks/${taskId}/history${cursor}`;
    const read = () => app.get<HistoryPage>(path);
    const { entries, nextCursor } = await until('a history', read, HISTORY_MS_MAX);
    for (const { hasLost, lost } of entries) if (hasLost) text += JSON.stringify(lost);
    if (nextCursor === null) return text;
    cursor = `?cursor=${encodeURIComponent(nextCursor)}`;
  }
  return text;
}
