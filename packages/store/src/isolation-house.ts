import type { Actor } from './actor.ts';
import * as store from './index.ts';
import {
  type Connected,
  imported,
  NOON,
  newTask,
  recordId,
  salesforceTask,
  underLease,
  type World,
} from './test-world.ts';

/** Everything of one workspace that another might get at. */
export interface House {
  actor: Actor;
  key: Connected;
  taskId: string;
  trashedId: string;
  linkId: string;
  entryId: string;
  tokenId: string;
  invitationId: string;
  viewId: string;
  webhookId: string;
  deliveryId: string;
  noticeId: string;
}

export const NAME = 'Nobody else may read this';

/** Both workspaces know the same Salesforce org and the same records, as they may. */
export async function buildHouse(world: World): Promise<House> {
  const actor = await world.workspace();
  const { webhookId } = await store.createWebhook(
    world.db,
    actor,
    {
      webhookId: crypto.randomUUID(),
      name: NAME,
      url: 'https://hooks.example/x',
      events: [],
      secret: Buffer.from('sealed'),
    },
    NOON,
  );
  const key = await world.connect(actor);
  const { db } = world;
  const inputs = [newTask(actor, { name: NAME }), newTask(actor, { name: NAME })];
  const [, trashed] = await store.createTasks(db, actor, inputs, NOON);
  await store.trashTask(db, actor, trashed?.id ?? '', NOON);
  const record = salesforceTask(1, key.salesforceUserId, { Subject: NAME });
  const parked = {
    code: 'STRING_TOO_LONG',
    message: '',
    fields: [],
    since: NOON,
    retryAt: NOON,
    attempts: 1,
  };
  const row = imported(record, actor.userId, { link: { creationKey: `key of ${actor.userId}` } });
  await underLease(world, key, async (tx) => {
    await tx.insertImported([row]);
    const lost = {
      kind: 'conflict',
      field: 'details',
      side: 'engine',
      from: NAME,
      to: '',
      lost: NAME,
      rule: 'B10.2',
    } as const;
    await tx.saveLinks([
      { link: { ...row.link, parked }, dirty: true, task: { kind: 'none' }, journal: [lost] },
    ]);
    await tx.recordSkipped([
      { salesforceId: recordId('00T', 2), subject: NAME, reason: 'unmapped_closed_status' },
    ]);
  });
  const history = await store.taskHistory(db, actor, row.link.taskId);
  const hash = `${actor.userId} `.repeat(10);
  const { tokenId } = await store.createApiToken(db, actor, { name: NAME, hash }, NOON);
  const invitation = { hash: actor.userId.padEnd(64, '-'), role: 'rep', email: null } as const;
  const { invitationId } = await store.createInvitation(db, actor, invitation, NOON);
  await store.noteSeen(db, actor, NOON);
  const { viewId } = await store.createView(db, actor, { name: NAME, query: {} }, 1, NOON);
  const log = await store.listDeliveries(db, actor, webhookId, { limit: 1 });
  await store.claimKey(db, actor, 'a key', 'h'.repeat(64), NOON);
  await store.addTestNotice(db, actor, NOON);
  const { notices } = await store.listNotices(db, actor, { limit: 1 });
  await db.pool.query(
    `insert into tandem.event_feeds (workspace_id, org_id, connection_id, state, state_since, place,
       lease_holder, lease_token, lease_until)
     values ($1, $2, $3, 'listening', $4, '\\x01', $5, 1, $4)`,
    [actor.workspaceId, key.orgId, key.connectionId, NOON, NAME],
  );
  return {
    actor,
    key,
    taskId: row.link.taskId,
    trashedId: trashed?.id ?? '',
    linkId: row.link.id,
    entryId: history?.entries[0]?.id ?? '',
    tokenId,
    invitationId,
    viewId,
    webhookId,
    deliveryId: log?.deliveries[0]?.deliveryId ?? '',
    noticeId: notices[0]?.id ?? '',
  };
}
