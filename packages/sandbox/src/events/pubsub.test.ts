import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx, InputFields } from '../org/org.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../server.ts';
import { TestPubSub } from './pubsub-client.fixture.ts';

const TASK = '/data/TaskChangeEvent';
let sandbox: Sandbox;
let pubsub: TestPubSub;
let mara: Ctx;
let token: string;

async function open(options: SandboxOptions = {}) {
  sandbox = await createSandbox({ eventsPort: 0, ...options });
  pubsub = new TestPubSub(sandbox);
  mara = { userId: userId('mara'), client: 'a-script', source: 'rest' };
  token = await session('mara');
}
async function shut() {
  pubsub.close();
  await sandbox.close();
}
beforeEach(() => open());
afterEach(shut);

const userId = (name: string) =>
  sandbox.org.userByName(`${name}@aldermoor.example`)?.Id ?? 'nobody';

async function control(name: string, body: unknown): Promise<Record<string, unknown>> {
  const reply = await fetch(`${sandbox.url}/__sandbox__/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(await reply.text());
  return (await reply.json()) as Record<string, unknown>;
}

async function session(name: string): Promise<string> {
  const username = `${name}@aldermoor.example`;
  return String((await control('tokens', { action: 'issue', username })).access_token);
}

function create(fields: InputFields, ctx: Ctx = mara): string {
  const result = sandbox.org.insert('Task', fields, ctx);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.id;
}

async function refusal(work: Promise<unknown>): Promise<ServiceError> {
  return work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: ServiceError) => error,
  );
}

const errorCode = (error: ServiceError | null) => String(error?.metadata?.get('error-code')[0]);

describe('who may read change events', () => {
  it('shows the topic and its schema to a user with View All Data', async () => {
    const topic = await pubsub.getTopic(token, TASK);
    expect(topic).toMatchObject({ topic_name: TASK, can_subscribe: true, can_publish: false });
    const schema = await pubsub.getSchema(token, String(topic.schema_id));
    const json = JSON.parse(String(schema.schema_json));
    expect(json).toMatchObject({ name: 'TaskChangeEvent', namespace: 'com.sforce.eventbus' });
    expect(json.fields[0].name).toBe('ChangeEventHeader');
    const names = json.fields.map((field: { name: string }) => field.name);
    expect(names).toContain('Subject');
    expect(names).not.toContain('SystemModstamp');
  });

  it('refuses everybody else, each with the status and the code of the real one', async () => {
    const tomas = await session('tomas');
    const [denied, stranger, missing, blank] = await Promise.all([
      refusal(pubsub.getTopic(tomas, TASK)),
      refusal(pubsub.getTopic('00Dnobody!nothing', TASK)),
      refusal(pubsub.getTopic(token, '/data/NoSuchChangeEvent')),
      refusal(pubsub.getSchema(token, '')),
    ]);
    expect(denied.code).toBe(status.PERMISSION_DENIED);
    expect(stranger.code).toBe(status.UNAUTHENTICATED);
    expect(errorCode(stranger)).toBe('sfdc.platform.eventbus.grpc.service.auth.error');
    expect(missing.code).toBe(status.NOT_FOUND);
    expect(missing.details).toMatch(/topic \/data\/NoSuchChangeEvent not found.* rpcId: /);
    expect(blank.code).toBe(status.INVALID_ARGUMENT);
    const reader = await pubsub.subscribe(tomas);
    expect((await reader.ended)?.code).toBe(status.PERMISSION_DENIED);
  });

  it('knows no topic of an object that the org has not selected, and tells nothing of it', async () => {
    await control('events', { action: 'select', objects: ['Account'] });
    expect((await refusal(pubsub.getTopic(token, TASK))).code).toBe(status.NOT_FOUND);
    create({ Subject: 'Unheard' });
    const listed = await fetch(`${sandbox.url}/__sandbox__/events`);
    expect(await listed.json()).toMatchObject({ objects: ['Account'], events: [] });
  });

  it('ends the stream of a session that has ended', async () => {
    const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'Heard' });
    await reader.next();
    await control('tokens', { action: 'expire' });
    create({ Subject: 'Too late' });
    expect((await reader.ended)?.code).toBe(status.UNAUTHENTICATED);
  });
});

describe('what change events say', () => {
  it('tells of a create with all fields, the writer and the program', async () => {
    const reader = await pubsub.subscribe(token);
    await begun();
    const id = create({ Subject: 'Call back', ActivityDate: '2026-11-24' });
    const { header, fields } = await reader.next();
    expect(header).toMatchObject({
      entityName: 'Task',
      recordIds: [id],
      changeType: 'CREATE',
      changeOrigin: 'com/salesforce/api/rest/62.0;client=a-script',
      sequenceNumber: 1,
      commitUser: mara.userId,
      changedFields: [],
    });
    expect(fields).toMatchObject({
      Subject: 'Call back',
      ActivityDate: Date.parse('2026-11-24T00:00:00Z'),
      Status: 'Not Started',
    });
  });

  it('names the changed and the emptied fields of an update by bitmaps', async () => {
    const id = create({ Subject: 'Before', Description: 'gone soon' });
    const reader = await pubsub.subscribe(token);
    await begun();
    sandbox.org.clock.advance(5_000);
    sandbox.org.update('Task', id, { Subject: 'After', Description: null }, mara);
    const { header, fields } = await reader.next();
    expect(header.changeType).toBe('UPDATE');
    expect([...header.changedFields].sort()).toEqual([
      'Description',
      'LastModifiedDate',
      'Subject',
    ]);
    expect(header.nulledFields).toEqual(['Description']);
    expect(Object.keys(fields).sort()).toEqual(['LastModifiedDate', 'Subject']);
  });

  it('tells of delete, undelete and archiving, and of nothing else', async () => {
    const id = create({ Subject: 'Comes and goes' });
    const reader = await pubsub.subscribe(token);
    await begun();
    sandbox.org.remove('Task', id, mara);
    sandbox.org.undelete(id, { ...mara, source: 'ui' });
    sandbox.org.setArchived([id], true);
    sandbox.org.hide(mara.userId, [id]);
    sandbox.org.remove('Task', id, { ...mara, source: 'control' });
    sandbox.org.emptyBin('all', mara);
    const told = [
      await reader.next(),
      await reader.next(),
      await reader.next(),
      await reader.next(),
    ];
    expect(told.map(({ header }) => header.changeType)).toEqual([
      'DELETE',
      'UNDELETE',
      'GAP_UPDATE',
      'DELETE',
    ]);
    expect(told[1]?.header.changeOrigin).toContain('client=SfdcInternalAPI/');
    expect(told[2]?.fields).toEqual({});
  });

  it('groups a transaction: one key, numbered, the same change of several records as one event', async () => {
    const ids = [create({ Subject: 'a' }), create({ Subject: 'b' }), create({ Subject: 'c' })];
    const reader = await pubsub.subscribe(token);
    await begun();
    const rows = ids.map((id, index) => ({
      object: 'Task',
      id,
      fields: index < 2 ? { Priority: 'High' } : { Subject: 'other' },
    }));
    sandbox.org.updateMany(rows, mara);
    const [first, second] = [await reader.next(), await reader.next()];
    expect(first.header.recordIds).toEqual(ids.slice(0, 2));
    expect(second.header.recordIds).toEqual(ids.slice(2));
    expect(second.header.transactionKey).toBe(first.header.transactionKey);
    expect([first.header.sequenceNumber, second.header.sequenceNumber]).toEqual([1, 2]);
  });

  it('says nothing of a transaction that was rolled back', async () => {
    const reader = await pubsub.subscribe(token);
    await begun();
    const rows = ['Never was', 'x'.repeat(300)].map((Subject) => ({
      object: 'Task',
      fields: { Subject },
    }));
    sandbox.org.insertMany(rows, mara, { allOrNone: true });
    create({ Subject: 'Was' });
    expect((await reader.next()).fields.Subject).toBe('Was');
  });
});

describe('how they are delivered', () => {
  it('sends no more than was asked for, and goes on when more is asked for', async () => {
    const reader = await pubsub.subscribe(token, { num_requested: 2, replay_preset: 'EARLIEST' });
    for (const Subject of ['1', '2', '3']) create({ Subject });
    await reader.next();
    await reader.next();
    // The keepalive of the control below would bring it, were it sent.
    reader.request(1);
    expect((await reader.next()).fields.Subject).toBe('3');
    expect(reader.waiting).toEqual([]);
  });

  it('refuses more than a hundred at once, and another topic on the same stream', async () => {
    const greedy = await pubsub.subscribe(token, { num_requested: 101 });
    expect((await greedy.ended)?.code).toBe(status.INVALID_ARGUMENT);
    const fickle = await pubsub.subscribe(token);
    fickle.request(1, '/data/AccountChangeEvent');
    expect((await fickle.ended)?.code).toBe(status.INVALID_ARGUMENT);
  });

  it('replays after a given event, from the earliest, or from now on', async () => {
    const earliest = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'one' });
    create({ Subject: 'two' });
    const one = await earliest.next();
    const two = await earliest.next();
    expect(two.replayId.compare(one.replayId)).toBe(1);
    const custom = await pubsub.subscribe(token, {
      replay_preset: 'CUSTOM',
      replay_id: one.replayId,
    });
    expect((await custom.next()).fields.Subject).toBe('two');
    const again = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    expect((await again.next()).fields.Subject).toBe('one');
  });

  it('keeps events for 72 hours of the org clock; then their replay id is refused', async () => {
    const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'old' });
    const { replayId } = await reader.next();
    sandbox.org.clock.advance(71 * 3_600_000);
    create({ Subject: 'younger' });
    sandbox.org.clock.advance(2 * 3_600_000);
    create({ Subject: 'new' });
    token = await session('mara');
    const earliest = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    expect((await earliest.next()).fields.Subject).toBe('younger');
    const late = await pubsub.subscribe(token, { replay_preset: 'CUSTOM', replay_id: replayId });
    const error = await late.ended;
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect(errorCode(error)).toMatch(/replayid\.validation\.failed$/);
    const broken = { replay_preset: 'CUSTOM', replay_id: Buffer.from('x') };
    expect(errorCode(await (await pubsub.subscribe(token, broken)).ended)).toMatch(/corrupted$/);
  });

  it('ends with the delivery limit of the org', async () => {
    await control('settings', { dailyEventDeliveries: 1 });
    const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'paid' });
    await reader.next();
    create({ Subject: 'too much' });
    expect(errorCode(await reader.ended)).toMatch(/subscription\.limit\.exceeded$/);
  });

  it('says that the line is alive, and from where to go on', async () => {
    await shut();
    await open({ keepaliveMs: 20 });
    const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'before' });
    const { replayId } = await reader.next();
    await expect.poll(() => reader.keepalive()).toEqual(replayId);
    const next = await pubsub.subscribe(token, { replay_preset: 'CUSTOM', replay_id: replayId });
    create({ Subject: 'after' });
    expect((await next.next()).fields.Subject).toBe('after');
  });

  it('comes back from a restart with its events and its certificate', async () => {
    await shut();
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-events-'));
    try {
      await open({ dataDir });
      const { certificate } = sandbox.events ?? {};
      const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
      create({ Subject: 'kept' });
      create({ Subject: 'kept too' });
      const { replayId } = await reader.next();
      await shut();
      await open({ dataDir });
      expect(sandbox.events?.certificate).toBe(certificate);
      const back = await pubsub.subscribe(token, { replay_preset: 'CUSTOM', replay_id: replayId });
      expect((await back.next()).fields.Subject).toBe('kept too');
      create({ Subject: 'new' });
      expect((await back.next()).fields.Subject).toBe('new');
    } finally {
      await shut();
      rmSync(dataDir, { recursive: true, force: true });
      await open();
    }
  });
});

describe('what can be made to go wrong', () => {
  it('drops, doubles, turns round and delays the next events', async () => {
    const reader = await pubsub.subscribe(token);
    await begun();
    const subjects = async (count: number) => {
      const seen: unknown[] = [];
      for (let i = 0; i < count; i += 1) seen.push((await reader.next()).fields.Subject);
      return seen;
    };
    await control('events', { action: 'drop' });
    create({ Subject: 'dropped' });
    await control('events', { action: 'duplicate' });
    create({ Subject: 'twice' });
    expect(await subjects(2)).toEqual(['twice', 'twice']);
    await control('events', { action: 'reorder' });
    create({ Subject: 'first' });
    create({ Subject: 'second' });
    expect(await subjects(2)).toEqual(['second', 'first']);
    await control('events', { action: 'delay', ms: 50 });
    create({ Subject: 'late' });
    expect(reader.waiting).toEqual([]);
    expect(await subjects(1)).toEqual(['late']);
  });

  it('invents a gap, an overflow and a lie', async () => {
    const id = create({ Subject: 'true' });
    const reader = await pubsub.subscribe(token);
    await begun();
    await control('events', { action: 'emit', changeType: 'GAP_UPDATE', recordIds: [id] });
    await control('events', { action: 'overflow' });
    const fields = { Subject: 'a lie' };
    await control('events', { action: 'emit', changeType: 'UPDATE', recordIds: [id], fields });
    expect((await reader.next()).header).toMatchObject({
      changeType: 'GAP_UPDATE',
      recordIds: [id],
    });
    expect((await reader.next()).header).toMatchObject({
      changeType: 'GAP_OVERFLOW',
      recordIds: [],
    });
    expect(await reader.next()).toMatchObject({ fields, header: { changedFields: ['Subject'] } });
    expect(sandbox.org.retrieve('Task', id, mara)?.Subject).toBe('true');
  });

  it('cuts the lines, and lets all places expire', async () => {
    const reader = await pubsub.subscribe(token, { replay_preset: 'EARLIEST' });
    create({ Subject: 'seen' });
    const { replayId } = await reader.next();
    expect(await control('events', { action: 'disconnect' })).toMatchObject({ cut: 1 });
    expect((await reader.ended)?.code).toBe(status.UNAVAILABLE);
    expect(await control('events', { action: 'expire' })).toMatchObject({ expired: 1, kept: 0 });
    const late = await pubsub.subscribe(token, { replay_preset: 'CUSTOM', replay_id: replayId });
    expect((await late.ended)?.code).toBe(status.INVALID_ARGUMENT);
  });
});

/** A stream "from now on" has its place when the org counts its reader. */
async function begun() {
  await expect
    .poll(async () => {
      const listed = await fetch(`${sandbox.url}/__sandbox__/events`);
      return ((await listed.json()) as { readers: number }).readers;
    })
    .toBeGreaterThan(0);
}
