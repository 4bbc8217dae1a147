import { shift } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { POLL_ACTIVE_MS, POLL_WITH_EVENTS_MS } from './pace.ts';
import type { SyncConnection } from './ports.ts';
import { syncConnection } from './sync-connection.ts';
import { MARA, MARA_SF, policy, World } from './testing/world.ts';

const TOMAS = 'user-tomas';
const TOMAS_SF = '005000000000002AAA';

/** In step, with a linked task, polled a moment ago, in an org whose events flow. */
async function listening(connection: Partial<SyncConnection> = {}) {
  const world = new World(connection);
  const taskId = world.addTask({ name: 'Send the offer' });
  await world.settle();
  const now = world.clock.now();
  const state = world.store.state.connection;
  world.store.state.connection = {
    ...state,
    events: { since: shift(now, -60_000), lastEventAt: shift(now, -1_000), isDoubted: false },
  };
  world.salesforce.calls.splice(0);
  const hinted = (...hints: string[]) =>
    syncConnection(world.ports, { workspaceId: 'w', connectionId: 'c' }, { holder: 'test', hints });
  return { world, taskId, hinted };
}

describe('what an event names', () => {
  it('B8.2 R2 is read again by id, in one call, and comes in at once', async () => {
    const { world, taskId, hinted } = await listening();
    const record = world.record(taskId);
    world.clock.advance(2_000);
    world.salesforce.edit(record.Id, { Description: 'Send it today' });
    await hinted(record.Id, record.Id);
    expect(world.salesforce.calls).toEqual(['readTasks']);
    expect(world.task(taskId).values.details).toBe('Send it today');
  });

  it('R2 an event that lies changes nothing: not the value, not the life of a task', async () => {
    const { world, taskId, hinted } = await listening();
    const before = world.task(taskId);
    const journal = world.store.state.journal.length;
    // It says that this was deleted or edited; Salesforce, asked again, shows it as it was.
    await hinted(world.record(taskId).Id, '00T000000000999AAA');
    expect(world.task(taskId)).toEqual(before);
    expect(world.link(taskId).state).toBe('live');
    expect(world.store.state.journal).toHaveLength(journal);
  });

  it('R2 B7.2 a record that the reader is not shown is no missing one', async () => {
    const { world, taskId, hinted } = await listening();
    const record = world.record(taskId);
    world.salesforce.records.delete(record.Id);
    await hinted(record.Id);
    expect(world.link(taskId).sf.kind).toBe('seen');
    expect(world.link(taskId).state).toBe('live');
  });

  it('E3 B6.4 a new record of a teammate comes to the teammate', async () => {
    const team = {
      ...policy,
      owners: {
        toSf: { [MARA]: MARA_SF, [TOMAS]: TOMAS_SF },
        toApp: { [MARA_SF]: MARA, [TOMAS_SF]: TOMAS },
      },
    };
    const { world, hinted } = await listening({ policy: team });
    const teammates = {
      [TOMAS]: {
        connectionId: 'c-tomas',
        salesforceUserId: TOMAS_SF,
        newSince: shift(world.clock.now(), -1_000),
      },
    };
    world.store.state.connection = { ...world.store.state.connection, teammates };
    const record = world.salesforce.create({ Subject: 'Of Tomas', OwnerId: TOMAS_SF });
    await hinted(record.Id);
    const owners = [...world.store.state.tasks.values()].map(({ values }) => values.owner);
    expect(owners).toContain(TOMAS);
  });

  it('E1 is left to the poll that is due anyway, which also moves the watermark', async () => {
    const { world, taskId, hinted } = await listening();
    world.clock.advance(POLL_WITH_EVENTS_MS);
    await hinted(world.record(taskId).Id);
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });

  it('E1 is polled for where it is more than one call can read', async () => {
    const { world, hinted } = await listening();
    await hinted(...Array.from({ length: 201 }, (_, index) => `00T${index}`));
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });

  it('B11.7 costs no call where calls are few', async () => {
    const { world, taskId, hinted } = await listening();
    const at = world.clock.now();
    world.store.state.connection = {
      ...world.store.state.connection,
      usage: { used: 700, max: 1_000, at },
      budget: { spent: 150, share: 0.2 },
    };
    await hinted(world.record(taskId).Id);
    expect(world.salesforce.calls).toEqual([]);
  });
});

describe('the pace of polls in an org whose events are followed', () => {
  async function pause(events: SyncConnection['events'], change: Partial<SyncConnection> = {}) {
    const { world, hinted } = await listening();
    world.store.state.connection = { ...world.store.state.connection, events, ...change };
    const outcome = await hinted();
    if (outcome.kind !== 'ran') throw new Error(outcome.kind);
    return Date.parse(outcome.wakeAt) - Date.parse(world.clock.now());
  }
  const at = new World().clock.now();
  const since = shift(at, 0);
  const flow = { since, lastEventAt: shift(at, 3_600_000), isDoubted: false };

  it('B8.2 slows down while events come', async () => {
    expect(await pause(flow)).toBe(POLL_WITH_EVENTS_MS);
  });

  it.each([
    ['nobody listens', null],
    ['none has come since the line was opened', { ...flow, lastEventAt: null }],
    ['the last one is of an earlier line', { ...flow, since: shift(at, 7_200_000) }],
    ['a poll found what no event had told of', { ...flow, isDoubted: true }],
  ])('L4 is the ordinary one where %s', async (_what, events) => {
    expect(await pause(events)).toBeLessThanOrEqual(60_000);
  });

  it('B8.2 B11.6 and no turn that an event begins puts the next poll off', async () => {
    const { world, taskId, hinted } = await listening();
    const { lastPollAt } = world.store.state.connection;
    const due = shift(lastPollAt ?? '', POLL_WITH_EVENTS_MS);
    world.clock.advance(POLL_WITH_EVENTS_MS - 30_000);
    expect(await hinted(world.record(taskId).Id)).toMatchObject({ kind: 'ran', wakeAt: due });
    expect(world.salesforce.calls).toEqual(['readTasks']);
  });

  it('L4 a poll that finds a change no event told of doubts the events', async () => {
    const { world, taskId } = await listening();
    const now = world.clock.now();
    world.store.state.connection = {
      ...world.store.state.connection,
      events: { since: shift(now, -600_000), lastEventAt: shift(now, -300_000), isDoubted: false },
    };
    world.clock.advance(10_000);
    world.salesforce.edit(world.record(taskId).Id, { Subject: 'Unheard of' });
    world.clock.advance(POLL_WITH_EVENTS_MS);
    await world.run(false);
    expect(world.store.state.connection.events?.isDoubted).toBe(true);
    world.clock.advance(POLL_ACTIVE_MS);
    world.salesforce.calls.splice(0);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });
});
