import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { restoreTask, trashTask } from '../tasks/trash.ts';
import {
  imported,
  LATER,
  NOON,
  newTask,
  openWorld,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { listDeliveries, pingWebhook, sendAgain } from './deliveries.ts';
import { dueWebhooks, settleDelivery, stopFlooded, takeDelivery } from './send-queue.ts';
import { createWebhook, getWebhook, listWebhooks, patchWebhook } from './webhooks.ts';

const CLAIM_MS = 30_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const after = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

let world: World;
let admin: Actor;
let webhookId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  admin = await world.workspace();
  webhookId = await addWebhook();
});

async function addWebhook(events: string[] = []): Promise<string> {
  const id = crypto.randomUUID();
  const made = { webhookId: id, name: 'Hook', url: 'https://hooks.example/', events };
  await createWebhook(world.db, admin, { ...made, secret: Buffer.from('sealed') }, NOON);
  return id;
}

async function log(of = webhookId) {
  const page = await listDeliveries(world.db, admin, of, { limit: 200 });
  return [...(page?.deliveries ?? [])].reverse();
}
const types = async (of = webhookId) => (await log(of)).map(({ type }) => type);
const key = () => ({ workspaceId: admin.workspaceId, webhookId });

async function oneTask(): Promise<string> {
  const [task] = await createTasks(world.db, admin, [newTask(admin)], NOON);
  return task?.id ?? '';
}

describe('the outbox', () => {
  it('holds each change of a task, by its own name, in order', async () => {
    const id = await oneTask();
    await patchTask(world.db, admin, id, { name: 'Another name' }, NOON);
    await patchTask(world.db, admin, id, { status: 'complete' }, NOON);
    await patchTask(world.db, admin, id, { status: 'complete' }, NOON);
    await patchTask(world.db, admin, id, { status: 'open' }, NOON);
    await trashTask(world.db, admin, id, NOON);
    await restoreTask(world.db, admin, id, NOON);
    expect(await types()).toEqual([
      'task.created',
      'task.updated',
      'task.updated',
      'task.completed',
      'task.updated',
      'task.reopened',
      'task.deleted',
      'task.restored',
    ]);
  });

  it('B8.6 a completion from Salesforce raises task.completed, with its origin', async () => {
    const connection = await world.connect(admin);
    const row = imported(salesforceTask(1, connection.salesforceUserId), admin.userId);
    await underLease(world, connection, (tx) => tx.insertImported([row]));
    await underLease(world, connection, (tx) =>
      tx.saveLinks([
        {
          link: row.link,
          dirty: false,
          task: { kind: 'patch', values: { status: 'complete' } },
          journal: [],
        },
      ]),
    );
    expect(await types()).toEqual(['task.created', 'task.updated', 'task.completed']);
    await takeDelivery(world.db, key(), NOON, CLAIM_MS);
    await takeDelivery(world.db, key(), NOON, CLAIM_MS);
    const completed = await takeDelivery(world.db, key(), NOON, CLAIM_MS);
    expect(completed).toMatchObject({
      type: 'task.completed',
      data: { origin: 'sf', actorId: null, changed: ['status'], task: { status: 'complete' } },
    });
  });

  it('holds nothing of a change that was rolled back', async () => {
    const bad = newTask(admin, { ownerId: 'nobody' });
    await expect(createTasks(world.db, admin, [newTask(admin), bad], NOON)).rejects.toThrow();
    expect(await log()).toEqual([]);
  });

  it('tells a webhook only what it asked for, and one that is off nothing', async () => {
    const picky = await addWebhook(['task.completed']);
    await patchWebhook(world.db, admin, webhookId, { state: 'off' }, NOON);
    const id = await oneTask();
    await patchTask(world.db, admin, id, { status: 'complete' }, NOON);
    expect([await types(), await types(picky)]).toEqual([[], ['task.completed']]);
  });

  it('says at every try what was so when it happened', async () => {
    const id = await oneTask();
    await patchTask(world.db, admin, id, { name: 'Later' }, LATER);
    const first = await takeDelivery(world.db, key(), LATER, CLAIM_MS);
    expect(first?.data).toMatchObject({ task: { name: 'Call about the offer' } });
  });
});

describe('sending', () => {
  it('takes one at a time, however the database plans to look for it', async () => {
    for (let made = 0; made < 30; made += 1) await oneTask();
    await world.db.pool.query('analyze tandem.webhook_deliveries');
    const taken = new Set<string>();
    for (let count = 0; count < 30; count += 1) {
      taken.add((await takeDelivery(world.db, key(), NOON, CLAIM_MS))?.deliveryId ?? 'none');
    }
    expect([taken.size, taken.has('none')]).toEqual([30, false]);
    expect(new Set((await log()).map(({ attempts }) => attempts))).toEqual(new Set([1]));
  });

  it('gives each delivery to one worker, and back when the worker died', async () => {
    await oneTask();
    const [first, second] = await Promise.all([
      takeDelivery(world.db, key(), NOON, CLAIM_MS),
      takeDelivery(world.db, key(), NOON, CLAIM_MS),
    ]);
    expect([first, second].filter((taken) => taken !== null)).toHaveLength(1);
    expect(await takeDelivery(world.db, key(), after(CLAIM_MS - 1), CLAIM_MS)).toBeNull();
    const due = await dueWebhooks(world.db, after(CLAIM_MS + 1));
    expect(due).toContainEqual(key());
    const again = await takeDelivery(world.db, key(), after(CLAIM_MS), CLAIM_MS);
    expect(again).toMatchObject({ attempts: 2, type: 'task.created' });
    // The first one wakes up and tells of it: nobody listens to it any more.
    const late = first ?? second;
    if (late === null) throw new Error('One of them had it.');
    await settleDelivery(world.db, key(), late, { kind: 'delivered', status: 200 }, LATER);
    expect(await log()).toMatchObject([{ state: 'waiting' }]);
  });

  it('after nothing got through for three days stops the webhook, and what waited can be sent again', async () => {
    await oneTask();
    await oneTask();
    for (let failures = 1; failures <= 12; failures += 1) {
      const at = after(failures * 0.3 * DAY_MS);
      const taken = await takeDelivery(world.db, key(), at, CLAIM_MS);
      if (taken === null) break;
      const failed = { kind: 'failed', status: 500, fault: 'status', pauseUntil: null } as const;
      await settleDelivery(world.db, key(), taken, { ...failed, nextAt: at }, at);
    }
    const stopped = await getWebhook(world.db, admin, webhookId);
    expect(stopped).toMatchObject({ state: 'stopped', failingSince: after(0.3 * DAY_MS) });
    expect((await log()).map(({ state }) => state)).toEqual(['failed', 'failed']);
    const [delivery] = await log();
    const id = delivery?.deliveryId ?? '';
    expect(await sendAgain(world.db, admin, webhookId, id, LATER)).toEqual({ kind: 'webhook_off' });
    await patchWebhook(world.db, admin, webhookId, { state: 'on' }, NOON);
    const again = await sendAgain(world.db, admin, webhookId, id, LATER);
    expect(again).toMatchObject({ kind: 'ok', delivery: { eventId: delivery?.eventId } });
    expect(await getWebhook(world.db, admin, webhookId)).toMatchObject({ failures: 0 });
  });

  it('stops a webhook for which too much waits, and no other', async () => {
    for (let made = 0; made < 3; made += 1) await oneTask();
    expect(await stopFlooded(world.db, key(), LATER, 3)).toEqual({ stopped: false });
    await oneTask();
    expect(await stopFlooded(world.db, key(), LATER, 3)).toEqual({ stopped: true });
    expect(await getWebhook(world.db, admin, webhookId)).toMatchObject({
      state: 'stopped',
      failingSince: null,
    });
    expect(new Set((await log()).map(({ state }) => state))).toEqual(new Set(['failed']));
  });

  it('pauses a webhook that fails, and one that answers is well again', async () => {
    await pingWebhook(world.db, admin, webhookId, NOON);
    await pingWebhook(world.db, admin, webhookId, NOON);
    const first = await takeDelivery(world.db, key(), NOON, CLAIM_MS);
    if (first === null) throw new Error('It waits.');
    await settleDelivery(
      world.db,
      key(),
      first,
      { kind: 'failed', status: null, fault: 'timeout', nextAt: LATER, pauseUntil: after(60_000) },
      NOON,
    );
    expect(await takeDelivery(world.db, key(), after(59_000), CLAIM_MS)).toBeNull();
    const second = await takeDelivery(world.db, key(), after(60_000), CLAIM_MS);
    if (second === null) throw new Error('The pause is over.');
    await settleDelivery(world.db, key(), second, { kind: 'delivered', status: 204 }, LATER);
    const well = await getWebhook(world.db, admin, webhookId);
    expect(well).toMatchObject({ failures: 0, failingSince: null, pauseUntil: null });
  });
});

it('a workspace has at most twenty webhooks, also when many are made at once', async () => {
  const results = await Promise.allSettled(Array.from({ length: 25 }, () => addWebhook()));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
  const { webhooks } = await listWebhooks(world.db, admin, { limit: 100 });
  expect(webhooks).toHaveLength(20);
});
