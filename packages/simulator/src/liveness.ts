import { type Link, type SalesforceTask, waitsForReturn } from '@tandem/engine';
import { changed, comparisonRow, connectionRow, NO_COMPARISON } from '@tandem/sync/testing';
import { isBornUnseen, retry } from './act.ts';
import type { Entity } from './entities.ts';
import { nameToken } from './oracle/lineage.ts';
import { disagreements } from './oracle/mapping.ts';
import type { Org } from './org.ts';
import { U1_SF } from './policy.ts';
import type { Worker } from './worker.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
/** Salesforce's limit of a request, and how far two clocks may be apart. */
const BIRTH_MS = 20 * 60 * SECOND;
/** A turn without trouble takes far fewer picks. */
const PICKS_MAX = 2_000;

/** Once faults and edits stop: both sides agree or say why not (L1), and rest (L2). */
export async function judgeLiveness(
  world: World,
  org: Org,
  workers: readonly Worker[],
): Promise<void> {
  const { coverage, faults, store, oracle } = world;
  faults.enabled = false;
  coverage.phase = 'liveness';
  org.heal();
  world.limitedUntil = 0;
  world.signIn();
  world.stop();
  await drain(world);
  // Whoever met the old sign-in a moment before the new one asks for it once more.
  world.signIn();
  await drain(world);
  askForComparison(store);
  let turns = 0;
  for (const stage of STAGES) {
    if (turns > 0 && !stage.wanted(world)) continue;
    // People press "Retry" on what was refused for a reason that is gone.
    if (stage.retry) {
      for (const entity of world.entities.all.values()) retry(world, entity);
      // SPEC, Gaps, R8: what was held back for a birth in doubt comes with the next comparison.
      askForComparison(store);
    }
    world.scheduler.now += stage.pause * SECOND;
    await turn(world, workers[turns % workers.length] as Worker);
    turns += 1;
    if (oracle.violations.length > 0) return;
  }
  oracle.judgePending();
  for (const entity of world.entities.all.values()) judgeEntity(world, org, entity);
  if (oracle.violations.length > 0) return;

  const writes = oracle.engineWrites;
  const entries = store.state.journal.length;
  world.scheduler.now += 61 * SECOND;
  await turn(world, workers[turns % workers.length] as Worker);
  if (oracle.engineWrites > writes || store.state.journal.length > entries)
    oracle.violate('L2', 'one more turn wrote something');
}

/** One that is asked for already keeps its reason. */
function askForComparison({ state }: World['store']): void {
  const { connection } = state;
  const { comparison } = connection;
  const why = comparison === null || comparison.state === 'done' ? 'asked' : comparison.why;
  const wanted = changed(comparisonRow(comparison ?? NO_COMPARISON), {
    state: 'wanted',
    why,
    cursor: null,
  });
  state.connection = changed(connectionRow(connection), { comparison: wanted });
}

const linksOf = (world: World) => [...world.store.state.links.values()];
const inDoubt = (world: World) =>
  linksOf(world).some(({ link }) => link.intents.some((intent) => !waitsForReturn(link, intent)));
const parked = (world: World) => linksOf(world).some(({ link }) => link.parked !== null);
const always = () => true;

/**
 * Turns that a world whose troubles ended may take to come to rest, each after a pause in seconds: what is
 * under way is looked up, what is in doubt is ruled out (ten minutes, by clocks that may be ten minutes apart),
 * what was refused is tried again, and once more for whatever that started.
 */
const STAGES: readonly {
  readonly pause: number;
  readonly retry?: boolean;
  readonly wanted: (world: World) => boolean;
}[] = [
  { pause: 15, wanted: always },
  { pause: 700, wanted: inDoubt },
  { pause: 700, wanted: inDoubt },
  { pause: 15, wanted: always },
  { pause: 20, wanted: parked, retry: true },
  { pause: 901, wanted: parked },
  { pause: 61, wanted: (world) => parked(world) || inDoubt(world) },
  // A record that was given back brings what was in doubt with it.
  { pause: 700, wanted: inDoubt },
  { pause: 15, wanted: inDoubt },
];

async function turn(world: World, worker: Worker): Promise<void> {
  worker.run({ pollNow: true });
  await world.scheduler.drain();
  await drain(world);
  if (worker.busy) world.oracle.violate('L1', 'a turn does not end');
}

/** Everything that is under way lands. */
async function drain(world: World): Promise<void> {
  for (let pick = 0; pick < PICKS_MAX && !world.scheduler.idle; pick += 1) {
    const released = world.scheduler.step();
    if (released !== undefined) await released;
  }
}

function judgeEntity(world: World, org: Org, entity: Entity): void {
  const { oracle } = world;
  const row = world.task(entity);
  const links = world.links(entity);
  if (row === undefined || entity.taskId === null) {
    judgeUnimported(world, entity);
    return;
  }
  // R8: a birth that nobody can decide keeps its intent until a person does. R10: what was sent before the record
  // was deleted or given away is decided when it comes back.
  for (const link of links) {
    const open = link.intents.find((intent) => !waitsForReturn(link, intent));
    if (open !== undefined && link.parked?.code !== 'OUTCOME_UNKNOWN')
      oracle.violate('L1', `${entity.taskId} still has an open intent (${open.kind})`);
  }
  const link = links.find(({ state }) => state !== 'dead') ?? links.at(-1);
  if (link === undefined) {
    oracle.violate('L1', `${entity.taskId} lost its link`);
    return;
  }
  const record = world.salesforce.records.get(link.salesforceId ?? '');
  const say = (what: string) => oracle.violate('L1', `${entity.taskId} ${what}`);

  if (link.parked !== null) {
    // L3: a poison record ends visible. A birth that nobody can decide waits for a person (R8).
    const { code } = link.parked;
    const isUndecided = code === 'OUTCOME_UNKNOWN' && isBornUnseen(world, entity);
    if (org.poison.has(entity.index) || isUndecided) oracle.coverage.branch(`end:parked:${code}`);
    else say(`is parked with ${code}`);
    return;
  }
  oracle.coverage.branch(`end:${link.state}`);
  switch (link.state) {
    case 'gone':
      // B7.2: only of what Salesforce does not show.
      if (record !== undefined) say('is marked gone, and its record is there');
      return;
    case 'left':
      // B8.3
      if (
        record !== undefined &&
        !record.IsDeleted &&
        world.policy.owners.toApp[record.OwnerId] !== undefined
      )
        say('is marked left, and its record belongs to a connected user');
      return;
    case 'dead':
      if (row.trashed === null) say('is alive without a living link');
      // SPEC, Gaps, R5: undeleted in Salesforce while the task had another life.
      else if (links.length > 1 && world.entities.life(record?.Id ?? '').undeletions.length > 0)
        oracle.coverage.count('exempt:R5_both_restored');
      else if (
        record !== undefined &&
        !record.IsDeleted &&
        world.policy.owners.toApp[record.OwnerId] !== undefined
      )
        say(`is in Trash, and its record ${record.Id} is alive`);
      return;
    case 'live':
      judgeLive(world, entity, link);
      return;
  }
}

function judgeLive(world: World, entity: Entity, link: Link): void {
  const row = world.task(entity);
  const record = world.salesforce.records.get(link.salesforceId ?? '');
  const say = (what: string) => world.oracle.violate('L1', `${entity.taskId} ${what}`);
  if (row === undefined) return;
  if (record === undefined) {
    say(`has no record (${link.salesforceId})`);
    return;
  }
  if (row.trashed !== null) {
    say(`is in Trash and its link to ${record.Id} lives`);
    return;
  }
  if (record.IsDeleted) {
    say(`lives, and its record ${record.Id} is deleted`);
    return;
  }
  const subject = subjectIsFree(world, row.values.name, record.Subject) ? 'free' : 'must agree';
  const wrong = disagreements(row.values, record, world.policy, subject);
  if (wrong.length > 0)
    say(
      `disagrees with ${record.Id} in ${wrong.join(', ')}: ${JSON.stringify([row.values, record])}`,
    );
}

/** B5.4, B5.7: a Subject written in Salesforce stays, and a template may never have carried the name. */
function subjectIsFree(world: World, name: string, subject: string | null): boolean {
  if (
    !world.policies.every(({ subjectTemplate }) => subjectTemplate.includes('{{activity_subject}}'))
  )
    return true;
  // B5.4 again: a backup forgets a name that had reached Subject; Subject never comes back as the name.
  if (world.oracle.restoredAt !== null) return true;
  const shown = world.oracle.lineage.get(nameToken(subject));
  return shown?.side === 'sf' && nameToken(subject) !== nameToken(name);
}

/** B3.5, B6.2, B8.3: why a record of Salesforce is no task here. */
function judgeUnimported(world: World, entity: Entity): void {
  const record = world.record(entity);
  if (record === undefined || record.IsDeleted || record.IsArchived) return;
  if (record.OwnerId !== U1_SF) return;
  const mapped = world.policy.status.toApp[record.Status] ?? null;
  if (mapped === null && record.IsClosed) return;
  if (isHeldAsBirth(world, record)) {
    world.oracle.coverage.count('exempt:R8_held');
    return;
  }
  world.oracle.violate('L1', `${record.Id} never came in: ${JSON.stringify(record)}`);
}

/** SPEC, Gaps, R8: made while a birth of which nobody knows was under way; a person has not decided which is which. */
function isHeldAsBirth({ store, hasCreationKey, salesforceSkew }: World, record: SalesforceTask) {
  if (hasCreationKey) return false;
  const madeAt = Date.parse(record.CreatedDate) - salesforceSkew;
  return [...store.state.links.values()].some(
    ({ link }) =>
      link.parked?.code === 'OUTCOME_UNKNOWN' &&
      link.intents.some(
        ({ kind, sentAt, expectedRevision }) =>
          kind === 'create' &&
          madeAt <= Date.parse(sentAt) + BIRTH_MS &&
          madeAt >= (expectedRevision === null ? Date.parse(sentAt) - BIRTH_MS : 0),
      ),
  );
}
