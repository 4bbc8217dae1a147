import { shift } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import type { SyncConnection } from './ports.ts';
import { MARA, MARA_SF, policy, World } from './testing/world.ts';

const TOMAS = 'user-tomas';
const TOMAS_SF = '005000000000002AAA';
const TEAM: Partial<SyncConnection> = {
  policy: {
    ...policy,
    owners: {
      toSf: { [MARA]: MARA_SF, [TOMAS]: TOMAS_SF },
      toApp: { [MARA_SF]: MARA, [TOMAS_SF]: TOMAS },
    },
  },
};

/** A connection in step whose teammate's feed was there `ago` ms ago. */
function served(ago: number, since = -60_000) {
  const world = new World(TEAM);
  const now = world.clock.now();
  world.store.state.connection = {
    ...world.store.state.connection,
    watermark: shift(now, -30_000),
    lastPollAt: shift(now, -300_000),
    teamFeed: { at: shift(now, -ago), since: shift(now, since), watermark: shift(now, -ago) },
  };
  return world;
}

describe('a connection whose teammate reads every task of the org', () => {
  it('E3 leaves its own poll out while the feed is fresh, and is as far as the feed', async () => {
    const world = served(20_000);
    const { teamFeed } = world.store.state.connection;
    await world.run(false);
    expect(world.salesforce.calls).toEqual([]);
    expect(world.store.state.connection).toMatchObject({
      watermark: teamFeed?.watermark,
      lastPollAt: teamFeed?.at,
    });
  });

  it('E3 polls for itself when the feed is late', async () => {
    const world = served(5 * 60_000, -10 * 60_000);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });

  it('E3 L4 polls for itself when the feed began after what it is complete to', async () => {
    const world = served(20_000, -25_000);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });

  it('E3 polls when a person asks, however fresh the feed is', async () => {
    const world = served(20_000);
    await world.run(true);
    expect(world.salesforce.calls).toEqual(['changedSince']);
  });
});

describe('a connection that reads every task of the org', () => {
  function feeding(connection: Partial<SyncConnection> = {}) {
    const world = new World({ ...TEAM, ...connection });
    const newSince = world.clock.now();
    const teammates = {
      [TOMAS]: { connectionId: 'c-tomas', salesforceUserId: TOMAS_SF, newSince },
    };
    world.store.state.connection = { ...world.store.state.connection, teammates };
    world.salesforce.seesAll = true;
    world.clock.advance(60_000);
    return world;
  }
  const owners = (world: World) =>
    [...world.store.state.tasks.values()].map(({ values }) => values.owner);

  it('E3 brings in the new tasks of its teammates, and says that it did', async () => {
    const world = feeding();
    world.salesforce.create({ Subject: 'Of Tomas', OwnerId: TOMAS_SF });
    await world.run(true);
    expect(owners(world)).toEqual([TOMAS]);
    expect(world.store.state.connection.feed).toEqual({
      at: world.clock.now(),
      since: '2026-11-24T11:45:00.000Z',
    });
  });

  it('E3 B6.4 leaves what a teammate chose not to bring in', async () => {
    const world = feeding();
    const old = '2026-11-24T11:50:00.000Z';
    const record = world.salesforce.create({ Subject: 'Before', OwnerId: TOMAS_SF });
    world.salesforce.records.set(record.Id, { ...record, LastModifiedDate: old });
    await world.run(true);
    expect(owners(world)).toEqual([]);
  });

  it('E3 R8 in an org without the key field it feeds nobody: a record may be a lost birth', async () => {
    const world = feeding({ hasCreationKey: false });
    world.salesforce.create({ Subject: 'Of Tomas', OwnerId: TOMAS_SF });
    await world.run(true);
    expect(owners(world)).toEqual([]);
    expect(world.store.state.connection.feed).toBeNull();
  });

  it('E3 when it loses the sight of all, it says so with its next poll', async () => {
    const world = feeding();
    await world.run(true);
    expect(world.store.state.connection.feed).not.toBeNull();
    world.salesforce.seesAll = false;
    await world.run(true);
    expect(world.store.state.connection.feed).toBeNull();
  });
});
