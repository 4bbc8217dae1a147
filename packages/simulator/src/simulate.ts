import { act, createApp, createSf, freshValues } from './act.ts';
import { sendInBulk } from './bulk-lane.ts';
import { CounterSums } from './counter-sums.ts';
import { scheduleDisturbances } from './disturbances.ts';
import { scheduleHints } from './hints.ts';
import { judgeLiveness } from './liveness.ts';
import { appToken, sfToken, TOKEN_FIELDS } from './oracle/lineage.ts';
import { Org } from './org.ts';
import { firstEntities, planActions } from './people.ts';
import { U1_SF } from './policy.ts';
import { Rng } from './random.ts';
import type { RunReport, SimOptions } from './types.ts';
import { Worker } from './worker.ts';
import { World } from './world.ts';

/** After the last action faults go on for a while, as work is still under way. */
const AFTERMATH_MS = 40_000;
/** Far more picks than any world needs in which turns end. */
const PICKS_MAX = 20_000;
/** The app tells its workers of an edit within this. */
const NOTICE_MS = 300;

/**
 * One world from one seed: its people, its faults, its judge, until it rests. Who runs many gives the sums that its
 * counters are to go to; else the report has them.
 */
export async function simulate(
  seed: number,
  options: SimOptions = {},
  sums?: CounterSums,
): Promise<RunReport> {
  const world = new World(seed, options);
  sendInBulk(world.bulkLane);
  const { scheduler, oracle, faults, coverage } = world;
  const org = new Org(world);
  const refuse = org.refuse.bind(org);
  const [one, two] = [new Worker(world, 'A', refuse), new Worker(world, 'B', refuse)];
  one.other = two;
  two.other = one;
  world.workers = [one, two];
  world.onEdit = () => {
    const rng = world.latency;
    (rng.chance(0.5) ? one : two).wake(world.delay(NOTICE_MS));
    // Now and then both are told.
    if (rng.chance(0.1)) (rng.chance(0.5) ? one : two).wake(world.delay(NOTICE_MS));
  };

  setScene(world);
  scheduleHints(world, [one, two]);
  const actions = planActions(seed, world.hurried);
  const dropped = new Set(options.dropActions ?? []);
  scheduler.plan(
    actions
      .filter(({ index }) => !dropped.has(index))
      .map((action) => ({ delayMs: action.at, label: 'person', run: () => act(world, action) })),
  );
  const span = actions.at(-1)?.at ?? 0;
  scheduleDisturbances({ world, org, workers: [one, two], span });
  if (options.canary) scheduleCanary(world, span);
  one.wake(0);
  two.wake(world.delay(30_000));
  world.appoint(20_000);

  const busyUntil = scheduler.now + span + AFTERMATH_MS;
  for (let pick = 0; pick < PICKS_MAX && oracle.violations.length === 0; pick += 1) {
    const next = scheduler.nextAt();
    // A gap of days is over when somebody has worked after it.
    const end = Math.max(busyUntil, world.gapUntil === 0 ? 0 : world.gapUntil + AFTERMATH_MS);
    if (next === null || next > end) break;
    const released = scheduler.step(next);
    if (released !== undefined) await released;
  }
  if (oracle.violations.length === 0) await judgeLiveness(world, org, [one, two]);
  scheduler.close();
  const counters = sums ?? new CounterSums();
  coverage.addTo(counters);
  return {
    seed,
    violations: oracle.violations,
    traceHash: scheduler.hash,
    steps: scheduler.steps,
    actions: actions.length,
    faultsOn: [...faults.on],
    counters: sums === undefined ? counters.result() : {},
    trace: scheduler.trace,
    engineWrites: oracle.engineWrites,
    conflicts: oracle.conflicts,
  };
}

/** One to four things: made in the app, in Salesforce, or in step on both sides already. */
function setScene(world: World): void {
  const rng = new Rng(world.seed, 'scene of things');
  const count = firstEntities(world.seed);
  for (let index = 0; index < count; index += 1) {
    const roll = rng.next();
    if (roll < 0.3) createApp(world, index);
    else if (roll < 0.5) createSf(world, index, rng.next());
    else createLinked(world, index);
  }
}

/** A task that was sent long ago. */
function createLinked(world: World, index: number): void {
  const entity = world.entities.add(index, 'linked');
  const values = freshValues(index);
  const key = world.id('key');
  const template = world.policy.subjectTemplate;
  const record = world.salesforce.create({
    Subject: template.replace('{{activity_subject}}', values.name),
    ActivityDate: values.dueDate,
    Description: values.details,
    OwnerId: U1_SF,
    CreationKey: world.hasCreationKey ? key : null,
    CreatedDate: LONG_AGO,
    LastModifiedDate: LONG_AGO,
    SystemModstamp: LONG_AGO,
  });
  const taskId = world.id('task');
  world.entities.bindTask(entity, taskId);
  world.entities.bindRecord(entity, record.Id);
  const base = {
    name: { app: values.name, sf: record.Subject },
    status: { app: values.status, sf: record.Status },
    priority: { app: values.priority, sf: record.Priority },
    dueDate: { app: values.dueDate, sf: record.ActivityDate },
    details: { app: values.details, sf: record.Description },
    owner: { app: values.owner, sf: record.OwnerId },
    person: { app: null, sf: null },
    related: { app: null, sf: null },
  };
  const link = {
    ...world.newLink(taskId),
    creationKey: key,
    salesforceId: record.Id,
    base,
    sf: { kind: 'seen', task: record, seenAt: LONG_AGO } as const,
  };
  world.store.createTask(taskId, link, values);
  world.store.state.links.set(link.id, { link, dirty: false });
  for (const field of TOKEN_FIELDS) {
    const where = { entity: index, field, side: 'app', holder: taskId } as const;
    world.oracle.mint(appToken(field, values), '', where);
    world.oracle.lineage.hold(sfToken(field, record), record.Id);
  }
}

const LONG_AGO = '2026-09-01T08:00:00.000Z';

/** A write the engine would never make, as if it had: the judge must report it, or it judges nothing. */
function scheduleCanary(world: World, span: number): void {
  const { store, scheduler } = world;
  const strike = () => {
    for (const entity of world.entities.all.values()) {
      const row = world.task(entity);
      if (row === undefined || entity.taskId === null) continue;
      const before = store.state;
      const details = `d${1_000 + entity.index}`;
      const stale = row.values.details === details ? 'nobody wrote this' : details;
      const tasks = new Map(before.tasks);
      tasks.set(entity.taskId, { ...row, values: { ...row.values, details: stale } });
      store.state = { ...before, tasks };
      world.judge(before, world.newestToken);
      return;
    }
    scheduler.schedule(1_000, null, 'canary', strike);
  };
  scheduler.schedule(Math.floor(span / 2), null, 'canary', strike);
}
