import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { syncStatus } from '../status/sync-status.ts';
import { type Connected, NOON, openWorld, underLease, type World } from '../test-world.ts';
import { claimFeeds, type FeedLease, releaseFeed, renewFeed } from './claim-feeds.ts';
import { createEventFeed } from './event-feed.ts';

const TTL = 20_000;
let world: World;
let mara: Actor;
let connection: Connected;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.db.pool.query('update tandem.connections set feed_at = null, feed_since = null');
  mara = await world.workspace();
  connection = await world.connect(mara);
});

/** Its last complete poll was shown every task of the org. */
async function seesAll(of: Connected) {
  await underLease(world, of, (tx) => tx.saveConnection({ feed: { at: NOON, since: NOON } }));
}

async function claim(holder = 'a'): Promise<FeedLease> {
  const [lease] = await claimFeeds(world.db, holder, TTL, 10);
  if (lease === undefined) throw new Error('nothing to claim');
  return lease;
}

async function expire() {
  await world.db.pool.query(`update tandem.event_feeds set lease_until = now() - interval '1 s'
    where lease_until is not null`);
}

const eventsSeen = () =>
  underLease(world, connection, async (tx) => (await tx.connection()).events);

describe('who follows the change events of an org', () => {
  it('E3 only a connection that reads all of it, and only while it syncs', async () => {
    expect(await claimFeeds(world.db, 'a', TTL, 10)).toEqual([]);
    await seesAll(connection);
    const lease = await claim();
    expect(lease).toMatchObject({ connectionId: connection.connectionId, wasListening: false });
    await world.db.pool.query(
      `update tandem.connections set status = 'off'
      where connection_id = $1`,
      [connection.connectionId],
    );
    expect(await renewFeed(world.db, lease, TTL)).toBe(false);
  });

  it('R14 one listener an org over all workers; a stale one changes nothing', async () => {
    await seesAll(connection);
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((holder) => claimFeeds(world.db, holder, TTL, 10)),
    );
    expect(claims.flat()).toHaveLength(1);
    const [first] = claims.flat();
    if (first === undefined) throw new Error('nobody');
    await createEventFeed(world.db, first).save({ state: 'listening', fault: null });
    await expire();
    const second = await claim('d');
    expect(second).toMatchObject({ token: first.token + 1, wasListening: true });
    await expect(createEventFeed(world.db, first).save({ place: null })).rejects.toThrow();
    expect(await renewFeed(world.db, first, TTL)).toBe(false);
    expect(await renewFeed(world.db, second, TTL)).toBe(true);
  });

  it('after a refusal nobody asks for a while', async () => {
    await seesAll(connection);
    const lease = await claim();
    const fault = {
      code: 'EVENTS_NOT_SELECTED',
      message: 'x'.repeat(900),
      fields: [],
      httpStatus: null,
    };
    await createEventFeed(world.db, lease).save({ state: 'refused', fault });
    await releaseFeed(world.db, lease, 60_000);
    expect(await claimFeeds(world.db, 'b', TTL, 10)).toEqual([]);
    const { events } = await syncStatus(world.db, mara, NOON);
    expect(events).toMatchObject({ state: 'refused', code: 'EVENTS_NOT_SELECTED' });
  });

  it('I13 what it knows of links and people is of its own workspace and org', async () => {
    await seesAll(connection);
    const stranger = await world.connect(await world.workspace());
    const feed = createEventFeed(world.db, await claim());
    expect(await feed.owners()).toEqual(new Set([connection.salesforceUserId]));
    expect(stranger.salesforceUserId).not.toBe(connection.salesforceUserId);
  });
});

describe('what polls know of it', () => {
  it('B8.2 that somebody listens, and when the last event came; no more when the lease has run out', async () => {
    await seesAll(connection);
    expect(await eventsSeen()).toBeNull();
    const lease = await claim();
    const feed = createEventFeed(world.db, lease);
    expect(await eventsSeen()).toBeNull();
    await feed.save({ state: 'listening', fault: null });
    await feed.save({ lastEventAt: NOON, place: Uint8Array.of(1, 2) });
    expect(await eventsSeen()).toMatchObject({ lastEventAt: NOON, isDoubted: false });
    expect(await feed.place()).toEqual(Buffer.of(1, 2));
    expect((await syncStatus(world.db, mara, NOON)).events).toMatchObject({
      state: 'listening',
      lastEventAt: NOON,
    });
    await expire();
    expect(await eventsSeen()).toBeNull();
    expect((await syncStatus(world.db, mara, NOON)).events.state).toBe('lost');
  });

  it('L4 a doubt stands until the next event', async () => {
    await seesAll(connection);
    const feed = createEventFeed(world.db, await claim());
    await feed.save({ state: 'listening', fault: null });
    await underLease(world, connection, (tx) => tx.doubtEvents());
    expect(await eventsSeen()).toMatchObject({ isDoubted: true });
    await feed.save({ lastEventAt: NOON });
    expect(await eventsSeen()).toMatchObject({ isDoubted: false });
  });
});
