import { shift } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { SalesforceDouble } from './testing/salesforce-double.ts';
import { World } from './testing/world.ts';

/** What a turn never does, whatever happens: act before it is on record, wait for a poison record, spend calls. */

const VALIDATION = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

describe('intents', () => {
  it('I8 no request leaves before its intent is committed', async () => {
    const world = new World();
    const id = world.addTask();
    const seen: (readonly string[])[] = [];
    world.salesforce.mishap = (method) => {
      if (method.endsWith('Tasks') && method !== 'readTasks') {
        seen.push(world.link(id).intents.map((intent) => `${intent.kind}Tasks`));
        expect(seen.at(-1)).toContain(method);
      }
      return null;
    };
    await world.run();
    world.store.editTask(id, { details: 'x' });
    await world.run(false);
    world.store.trashTask(id);
    await world.run(false);
    expect(seen).toHaveLength(3);
    expect(world.link(id).intents).toEqual([]);
  });
});

describe('what waits behind a request', () => {
  it('R11 is taken back, and in no doubt, where Salesforce can be read no more', async () => {
    const world = new World();
    const ids = Array.from({ length: 30 }, (_, n) => world.addTask({ name: `T${n}` }));
    await world.settle(2);
    for (const id of ids) world.store.editTask(id, { details: 'later' });
    const first = world.record(ids[0] ?? '').Id;
    world.clock.advance(13_000);
    // The first call finds that somebody was quicker; the record is to be read again, and cannot be.
    let isAway = false;
    world.salesforce.meanwhile = () => {
      if (!isAway) world.salesforce.edit(first, { Priority: 'High' });
      isAway = true;
    };
    world.salesforce.mishap = (method) => {
      if (method === 'readTasks') return { kind: 'fault', code: 'SERVER_UNAVAILABLE' };
      if (method === 'updateTasks' && !isAway) world.salesforce.edit(first, { Priority: 'Low' });
      return null;
    };
    world.salesforce.calls.length = 0;
    const outcome = await world.run(false);
    expect(outcome).toMatchObject({ stopped: { code: 'SERVER_UNAVAILABLE' } });
    expect(world.salesforce.calls.filter((call) => call === 'updateTasks')).toHaveLength(1);
    expect(ids.flatMap((id) => world.link(id).intents)).toEqual([]);
  });
});

describe('a record Salesforce refuses', () => {
  it('I11 L3 B11.2 is parked by itself, and its neighbours go through', async () => {
    const world = new World();
    const poison = world.addTask({ name: 'poison' });
    const others = Array.from({ length: 20 }, (_, n) => world.addTask({ name: `good ${n}` }));
    world.salesforce.rule = ({ Subject }) => (Subject === 'poison' ? VALIDATION : null);
    await world.settle();
    expect(world.link(poison).parked).toMatchObject({ code: VALIDATION, message: 'Not like this' });
    for (const id of others) expect(world.record(id).Subject).toMatch(/^good/);
    const creates = world.salesforce.calls.filter((call) => call === 'createTasks');
    expect(creates, 'it is not sent again by itself').toHaveLength(1);
  });

  it('B11.2 goes by itself when a person mends the cause', async () => {
    const world = new World();
    const poison = world.addTask({ name: 'poison' });
    world.salesforce.rule = ({ Subject }) => (Subject === 'poison' ? VALIDATION : null);
    await world.settle(1);
    world.store.editTask(poison, { name: 'mended' });
    await world.settle(1);
    expect(world.link(poison).parked).toBeNull();
    expect(world.record(poison).Subject).toBe('mended');
  });

  it('B11.2 a row lock is tried again after a growing pause, and then goes', async () => {
    const world = new World();
    const id = world.addTask();
    let locked = 2;
    world.salesforce.rule = () => (locked-- > 0 ? 'UNABLE_TO_LOCK_ROW' : null);
    await world.settle(6);
    expect(world.record(id).Subject).toBe('Send the offer');
    expect(world.link(id).parked).toBeNull();
  });
});

describe('outages and idle hours', () => {
  it('L4 a week without contact is caught up from the watermark, deletions included', async () => {
    const world = new World();
    const kept = world.salesforce.create({ Subject: 'kept' });
    const lost = world.salesforce.create({ Subject: 'deleted meanwhile' });
    await world.settle(1);
    world.clock.advance(24 * 3_600_000);
    world.salesforce.edit(kept.Id, { Description: 'on day one' });
    world.salesforce.remove(lost.Id);
    world.clock.advance(6 * 24 * 3_600_000);
    world.salesforce.create({ Subject: 'on day seven' });
    await world.settle(1);
    const tasks = [...world.store.state.tasks.values()];
    expect(tasks.find(({ values }) => values.name === 'kept')?.values.details).toBe('on day one');
    expect(tasks.find(({ values }) => values.name === 'deleted meanwhile')?.trashed).toBe(
      'by_sync',
    );
    expect(tasks.some(({ values }) => values.name === 'on day seven')).toBe(true);
  });

  it('L4 a poll that reaches its bound of pages goes on where it stopped', async () => {
    const world = new World();
    const from = world.clock.now();
    const records = Array.from({ length: 501 }, (_, n) => {
      world.clock.advance(60_000);
      return world.salesforce.create({ Subject: `T${n}` });
    });
    world.clock.advance(3_600_000);
    const asked: string[] = [];
    const { changedSince } = SalesforceDouble.prototype;
    world.salesforce.changedSince = async (since, cursor) => {
      if (cursor === null) asked.push(since);
      const reply = await changedSince.call(world.salesforce, since, null);
      if (reply.kind !== 'ok') return reply;
      const at = Number(cursor ?? 0);
      const { tasks } = reply.value;
      const next = at + 1 < tasks.length ? String(at + 1) : null;
      return { ...reply, value: { ...reply.value, tasks: tasks.slice(at, at + 1), next } };
    };
    await world.run();
    expect(world.store.state.tasks.size).toBe(500);
    await world.run();
    expect(world.store.state.tasks.size).toBe(501);
    expect(asked).toEqual([shift(from, -15 * 60_000), records[499]?.SystemModstamp]);
    expect(world.store.state.connection.watermark).toBe(world.clock.now());
  });

  it('E3 an idle hour costs one call a poll, and polls come once a minute', async () => {
    const world = new World();
    world.salesforce.create({ Subject: 'yesterday' });
    await world.settle();
    world.clock.advance(3_600_000);
    await world.settle(1); // the first poll after the gap still sees the old records
    world.clock.advance(60_000);
    world.salesforce.calls.length = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      const outcome = await world.run(false);
      expect(outcome).toMatchObject({ kind: 'ran' });
      const due =
        outcome.kind === 'ran' ? Date.parse(outcome.wakeAt) - Date.parse(world.clock.now()) : 0;
      expect(due).toBe(60_000);
      world.clock.advance(due);
    }
    expect(world.salesforce.calls).toEqual(Array.from({ length: 60 }, () => 'changedSince'));
  });

  it('B11.7 at the daily limit everything is kept, and it resumes by itself', async () => {
    const world = new World();
    const id = world.addTask();
    const limit = {
      kind: 'fault',
      code: 'REQUEST_LIMIT_EXCEEDED',
      message: 'TotalRequests Limit exceeded.',
    } as const;
    world.salesforce.mishap = () => limit;
    const outcome = await world.run();
    expect(outcome).toMatchObject({ kind: 'ran', stopped: { code: 'REQUEST_LIMIT_EXCEEDED' } });
    const due =
      outcome.kind === 'ran' ? Date.parse(outcome.wakeAt) - Date.parse(world.clock.now()) : 0;
    expect(due).toBe(15 * 60_000);
    world.salesforce.mishap = () => null;
    world.clock.advance(due);
    await world.run(false);
    expect(world.record(id).Subject).toBe('Send the offer');
  });
});
