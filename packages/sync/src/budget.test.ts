import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BudgetFacts, PACED_CHANGES, SLOWEST_MS, spendingOf } from './budget.ts';
import { POLL_ACTIVE_MS } from './pace.ts';
import { World } from './testing/world.ts';

const ORG = { share: 0.2, usage: { used: 0, max: 15_000 }, people: 1 };
const after = (spent: number, more: Partial<BudgetFacts> = {}) =>
  spendingOf({ ...ORG, spent, ...more });

describe('who may spend what', () => {
  it('B11.7 nothing is held back while calls are plenty, or before the first answer tells', () => {
    const free = { comparison: true, import: true, pollMs: POLL_ACTIVE_MS, pacedMs: null };
    expect(after(0)).toEqual(free);
    expect(after(1_400)).toEqual(free);
    expect(after(1_000_000, { usage: null })).toEqual(free);
  });

  it('B11.7 comparisons stop first, then imports, then polls slow down, and edits go on', () => {
    expect(after(1_600)).toMatchObject({ comparison: false, import: true, pacedMs: null });
    // 1,400 left, 300 of them for edits: 1,100 polls last a day when they are 79 s apart.
    expect(after(1_600).pollMs).toBe(Math.round(86_400_000 / 1_100));
    expect(after(2_500)).toMatchObject({ comparison: false, import: false, pacedMs: null });
    expect(after(2_600).pacedMs).toBeNull();
    expect(after(2_700).pacedMs).not.toBeNull();
  });

  it('B11.7 near the wall of the whole org there is room for others', () => {
    const near = after(0, { usage: { used: 14_800, max: 15_000 } });
    expect(near).toMatchObject({ comparison: false, import: false });
    expect(near.pacedMs).not.toBeNull();
  });

  it('B11.7 many people share one allowance', () => {
    expect(after(1_600, { people: 10 }).pollMs).toBe(10 * after(1_600).pollMs + 5);
  });

  it('B11.7 L5 whatever is left, the pauses are bounded, and less left is never faster', () => {
    fc.assert(
      fc.property(
        fc.nat(40_000),
        fc.nat(40_000),
        fc.nat(20_000),
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (spent, more, used, people, share) => {
          const facts = { share, people, usage: { used, max: 20_000 } };
          const now = spendingOf({ ...facts, spent });
          const later = spendingOf({ ...facts, spent: spent + more });
          for (const { pollMs, pacedMs } of [now, later]) {
            expect(pollMs).toBeGreaterThanOrEqual(POLL_ACTIVE_MS);
            expect(pollMs).toBeLessThanOrEqual(SLOWEST_MS);
            expect(pacedMs ?? POLL_ACTIVE_MS).toBeGreaterThanOrEqual(POLL_ACTIVE_MS);
            expect(pacedMs ?? 0).toBeLessThanOrEqual(SLOWEST_MS);
          }
          expect(Number(later.comparison)).toBeLessThanOrEqual(Number(now.comparison));
          expect(Number(later.import)).toBeLessThanOrEqual(Number(now.import));
          expect(later.pacedMs ?? 0).toBeGreaterThanOrEqual(now.pacedMs ?? 0);
        },
      ),
    );
  });
});

/** An allowance of 1,000 of the double's 100,000 calls. */
function worldWith(spent: number): World {
  const usage = { used: 0, max: 100_000, at: '2026-11-23T11:00:00.000Z' };
  return new World({ budget: { spent, share: 0.01 }, usage });
}

/** Turns as the server takes them: when the last one asked for it, and at each edit. */
async function untilSent(world: World, tasks: readonly string[], hours: number): Promise<number> {
  const start = Date.parse(world.clock.now());
  let next = start;
  const unborn = () => tasks.filter((id) => world.link(id).salesforceId === null).length;
  while (unborn() > 0 && Date.parse(world.clock.now()) - start < hours * 3_600_000) {
    const outcome = await world.run(false);
    if (outcome.kind === 'ran') next = Date.parse(outcome.wakeAt);
    // Somebody's edit wakes the worker in between.
    const now = Date.parse(world.clock.now());
    const half = now + Math.max(1_000, (next - now) / 2);
    world.clock.advance(half - now);
    await world.run(false);
    world.clock.advance(Math.max(0, next - Date.parse(world.clock.now())));
  }
  return Date.parse(world.clock.now()) - start;
}

describe('a turn with few calls', () => {
  it('L5 B11.7 with q calls left the oldest of n changes is gone after (n/25 + 1) × 24 h × 4 / q', async () => {
    const world = worldWith(900);
    const tasks = Array.from({ length: 100 }, (_, n) => world.addTask({ name: `Task ${n}` }));
    const left = 100;
    const took = await untilSent(world, tasks, 24);
    const { pacedMs } = spendingOf({
      spent: 1_000 - left + world.salesforce.calls.length,
      share: 0.01,
      usage: { used: 0, max: 100_000 },
      people: 1,
    });
    expect(tasks.every((id) => world.link(id).salesforceId !== null)).toBe(true);
    expect(took).toBeLessThanOrEqual((100 / PACED_CHANGES + 1) * (pacedMs ?? 0));
    expect(world.salesforce.calls.length, 'a poll and a create each time').toBeLessThanOrEqual(8);
  });

  it('L5 with an allowance that is used up, changes still leave every hour, and no call more', async () => {
    const world = worldWith(5_000);
    const tasks = Array.from({ length: 60 }, (_, n) => world.addTask({ name: `Task ${n}` }));
    const took = await untilSent(world, tasks, 24);
    expect(took).toBeLessThanOrEqual((Math.ceil(60 / PACED_CHANGES) + 1) * SLOWEST_MS);
    expect(world.salesforce.calls.filter((call) => call === 'createTasks')).toHaveLength(3);
    expect(world.salesforce.calls.length).toBeLessThanOrEqual(6);
  });

  it('L5 edits that keep waking the worker do not put its own turn off', async () => {
    const world = worldWith(5_000);
    const id = world.addTask();
    await world.run(false);
    world.store.editTask(id, { details: 'first' });
    const start = Date.parse(world.clock.now());
    for (let edit = 0; world.record(id).Description !== `edit ${edit - 1}`; edit += 1) {
      world.clock.advance(60_000);
      world.store.editTask(id, { details: `edit ${edit}` });
      await world.run(false);
      expect(Date.parse(world.clock.now()) - start).toBeLessThanOrEqual(SLOWEST_MS + 60_000);
    }
  });

  it('B11.7 "Sync now" is a person’s wish and goes at once', async () => {
    const world = worldWith(5_000);
    const id = world.addTask();
    await world.run(false);
    world.store.editTask(id, { details: 'now' });
    await world.run(true);
    expect(world.record(id).Description).toBe('now');
  });

  it('B11.7 the last tenth is for edits: no import and no comparison, and both resume by themselves', async () => {
    const importing = {
      state: 'running',
      windowStart: null,
      startedAt: null,
      found: null,
      imported: 0,
      linked: 0,
      skipped: 0,
      cursor: null,
    } as const;
    const world = worldWith(950);
    world.store.state.connection = {
      ...world.store.state.connection,
      watermark: null,
      import: importing,
    };
    const record = world.salesforce.create({ Subject: 'Ring Ida' });
    await world.run(false);
    expect(world.salesforce.calls).toEqual([]);
    const { connection } = world.store.state;
    world.store.state.connection = { ...connection, budget: { spent: 100, share: 0.01 } };
    await world.run(false);
    expect(world.store.state.connection.import?.state).toBe('done');
    expect(await world.store.state.links.size).toBe(1);
    expect(record.Id).toBe([...world.store.state.links.values()][0]?.link.salesforceId);
  });
});

describe('the count of calls', () => {
  it('B11.7 every call of a turn is counted, also when the turn stops or Salesforce does not answer', async () => {
    const world = new World();
    world.addTask();
    await world.run();
    const spent = () => world.store.state.connection.budget.spent;
    expect(spent()).toBe(world.salesforce.calls.length);
    world.salesforce.mishap = () => ({ kind: 'fault', code: 'SERVER_UNAVAILABLE' });
    await world.run();
    world.salesforce.mishap = () => ({ kind: 'request_lost' });
    world.addTask();
    await world.run();
    world.salesforce.mishap = () => ({ kind: 'fault', code: 'INVALID_SESSION_ID' });
    await world.run();
    expect(world.store.state.connection.status).toBe('needs_sign_in');
    expect(spent()).toBe(world.salesforce.calls.length);
  });
});
