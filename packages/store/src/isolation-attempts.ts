import type { Actor } from './actor.ts';
import * as store from './index.ts';
import { type House, NAME } from './isolation-house.ts';
import { LATER, mustLease, NOON, newTask, recordId, type World } from './test-world.ts';

type Attempt = (world: World, me: Actor, their: House, mine: House) => Promise<unknown>;

/** Each function of the store, called by one workspace with the ids of another. */
export const ATTEMPTS: Record<string, Attempt> = {
  createTasks: ({ db }, me, { actor }) =>
    store.createTasks(db, me, [newTask(me, { ownerId: actor.userId })], LATER).catch(() => null),
  getTask: ({ db }, me, { taskId }) => store.getTask(db, me, taskId),
  listTasks: async ({ db }, me, { actor }) => [
    await store.listTasks(db, me, { sort: 'name', limit: 500, ownerId: actor.userId }),
    await store.listTasks(db, me, { sort: 'name', limit: 500, trash: 'only', text: NAME }),
  ],
  countTasks: ({ db }, me, { actor }) =>
    Promise.all([
      store.countTasks(db, me, '2026-11-24'),
      store.countTasks(db, me, '2026-11-24', { ownerId: actor.userId }),
    ]),
  countUnlinkedTasks: ({ db }, me) => store.countUnlinkedTasks(db, me),
  linkedRecordIds: async ({ db }, me, { key }) => [
    ...(await store.linkedRecordIds(db, { ...key, workspaceId: me.workspaceId }, [
      recordId('00T', 2),
    ])),
  ],
  patchTask: ({ db }, me, { taskId }) => store.patchTask(db, me, taskId, { name: 'x' }, LATER),
  patchTasks: ({ db }, me, { taskId, actor }, mine) =>
    Promise.all([
      store.patchTasks(db, me, [taskId], { name: 'x' }, LATER),
      store
        .patchTask(db, me, mine.taskId, { ownerId: actor.userId }, LATER)
        .catch((error: Error) => error.name),
    ]),
  trashTask: ({ db }, me, { taskId }) => store.trashTask(db, me, taskId, LATER),
  trashTasks: ({ db }, me, { taskId }) => store.trashTasks(db, me, [taskId], LATER),
  restoreTask: ({ db }, me, { trashedId }) => store.restoreTask(db, me, trashedId, LATER),
  restoreTasks: ({ db }, me, { trashedId }) => store.restoreTasks(db, me, [trashedId], LATER),
  sendToSalesforce: ({ db }, me, { taskId }) => store.sendToSalesforce(db, me, taskId, LATER),
  taskHistory: ({ db }, me, { taskId }) => store.taskHistory(db, me, taskId),
  teamHistory: async ({ db }, me) => [
    await store.teamHistory(db, me, {}),
    await store.teamHistory(db, me, { ownerId: me.userId, text: 'a' }),
  ],
  readSides: ({ db }, me, { taskId }) => store.readSides(db, me, taskId),
  restoreValue: ({ db }, me, { taskId, entryId }, mine) =>
    Promise.all([
      store.restoreValue(db, me, taskId, entryId, LATER),
      store.restoreValue(db, me, mine.taskId, entryId, LATER),
    ]),
  saveConnection: ({ db }, me, { key }) =>
    store.saveConnection(
      db,
      me,
      {
        orgId: key.orgId,
        orgName: 'Same org',
        salesforceUserId: key.salesforceUserId,
        username: 'u',
        displayName: 'd',
        instanceUrl: 'http://127.0.0.1',
        loginUrl: 'http://127.0.0.1',
        tokens: Buffer.from('mine'),
      },
      LATER,
    ),
  getConnection: ({ db }, me) => store.getConnection(db, me),
  connectionByKey: ({ db }, me, { key }) =>
    store.connectionByKey(db, { ...key, workspaceId: me.workspaceId }),
  loadTokens: ({ db }, me, { key }) =>
    store.loadTokens(db, { ...key, workspaceId: me.workspaceId }),
  createEventFeed: async ({ db }, me, { key }) => {
    const feed = store.createEventFeed(db, feedLease(me, key));
    const refused = (error: Error) => error.name;
    return [
      await feed.place().catch(refused),
      await feed.save({ state: 'lost' }).catch(refused),
      [...(await feed.owners())].length,
    ];
  },
  renewFeed: ({ db }, me, { key }) => store.renewFeed(db, feedLease(me, key), 60_000),
  releaseFeed: ({ db }, me, { key }) => store.releaseFeed(db, feedLease(me, key), null),
  saveTokens: ({ db }, me, { key }) =>
    store.saveTokens(db, { ...key, workspaceId: me.workspaceId }, Buffer.from('x')),
  noteSignInNeeded: ({ db }, me, { key }) =>
    store.noteSignInNeeded(db, { ...key, workspaceId: me.workspaceId, connectedAt: NOON }),
  getSettings: ({ db }, me) => store.getSettings(db, me),
  putSettings: ({ db }, me) =>
    store.putSettings(db, me, { conflictRule: 'app', statusMap: { Odd: 'open' } }, LATER),
  savePicklists: ({ db }, me, { key }) =>
    store.savePicklists(
      db,
      me.workspaceId,
      key.orgId,
      { picklists: { statuses: [], priorities: [] }, creationKeyField: true },
      LATER,
    ),
  saveTaskAccess: ({ db }, me, { key }) =>
    store.saveTaskAccess(db, { ...key, workspaceId: me.workspaceId }, ['queryable'], LATER),
  switchOn: ({ db }, me) => store.switchOn(db, me, null, LATER),
  wantComparison: ({ db }, me, { key }) =>
    store.wantComparison(db, me, { ...key, workspaceId: me.workspaceId }),
  switchOff: ({ db }, me) => store.switchOff(db, me, LATER),
  answerBrake: ({ db }, me) => store.answerBrake(db, me, { answer: 'go_on' }, LATER),
  getTemplate: ({ db }, me) => store.getTemplate(db, me),
  putTemplate: ({ db }, me) => store.putTemplate(db, me, 'mine {{activity_subject}}', LATER),
  getTeamSync: ({ db }, me) => store.getTeamSync(db, me),
  teamSyncOf: ({ db }, me) => store.teamSyncOf(db, me),
  startWaiting: ({ db }, me) => store.startWaiting(db, me, () => null, LATER),
  putTeamSync: ({ db }, me) =>
    store.putTeamSync(db, me, { mode: 'off', locked: true, importWindow: '7d' }, () => null, LATER),
  health: ({ db }, me) => store.health(db, me, LATER),
  syncStatus: ({ db }, me) => store.syncStatus(db, me, LATER),
  listProblems: ({ db }, me) => store.listProblems(db, me),
  problemCauses: ({ db }, me) => store.problemCauses(db, me),
  changeProblems: ({ db }, me, { linkId, key }) =>
    Promise.all(
      (['retry', 'ignore', 'put_back'] as const).map((action) =>
        store.changeProblems(
          db,
          me,
          action,
          [`link:${linkId}`, `skip:${key.connectionId}:${recordId('00T', 2)}`],
          LATER,
        ),
      ),
    ),
  changeCause: ({ db }, me) =>
    store.changeCause(db, me, 'ignore', { kind: 'parked', cause: 'STRING_TOO_LONG' }, LATER),
  wakeConnection: ({ db }, me, { key }) =>
    store.wakeConnection(db, { ...key, workspaceId: me.workspaceId }),
  createApiToken: ({ db }, me, { actor }) =>
    store
      .createApiToken(
        db,
        { ...me, userId: actor.userId },
        { name: 'x', hash: 'h'.repeat(64) },
        NOON,
      )
      .catch(() => null),
  listApiTokens: ({ db }, me, { actor }) =>
    store.listApiTokens(db, { ...me, userId: actor.userId }, { limit: 100 }),
  revokeApiToken: ({ db }, me, { tokenId }) => store.revokeApiToken(db, me, tokenId, LATER),
  createView: ({ db }, me, { actor }) =>
    store
      .createView(db, { ...me, userId: actor.userId }, { name: 'x', query: {} }, 9, NOON)
      .catch(() => null),
  listViews: ({ db }, me, { actor }) =>
    store.listViews(db, { ...me, userId: actor.userId }, { limit: 100 }),
  patchView: ({ db }, me, { viewId }) => store.patchView(db, me, viewId, { name: 'x' }, LATER),
  deleteView: ({ db }, me, { viewId }) => store.deleteView(db, me, viewId),
  listTaskPeople: ({ db }, me, { actor }) =>
    Promise.all([
      store.listTaskPeople(db, me, { limit: 20 }),
      store.listTaskPeople(db, me, { limit: 20, ownerId: actor.userId }),
    ]),
  memberLocale: ({ db }, me, { actor }) => store.memberLocale(db, { ...me, userId: actor.userId }),
  digestOf: ({ db }, me, { actor }) =>
    store.digestOf(db, { ...me, userId: actor.userId }, '2026-11-24'),
  getReminders: ({ db }, me, { actor }) => store.getReminders(db, { ...me, userId: actor.userId }),
  putReminders: ({ db }, me, { actor }) =>
    store
      .putReminders(db, { ...me, userId: actor.userId }, store.DEFAULT_REMINDERS, null, NOON)
      .catch(() => null),
  stopMails: ({ db }, me, { actor }) =>
    store.stopMails(db, { ...me, userId: actor.userId }, 'digest'),
  addTestNotice: ({ db }, me, { actor }) =>
    store.addTestNotice(db, { ...me, userId: actor.userId }, NOON).catch(() => null),
  listNotices: ({ db }, me, { actor }) =>
    store.listNotices(db, { ...me, userId: actor.userId }, { limit: 100 }),
  markNotices: ({ db }, me, { noticeId, actor }) =>
    store.markNotices(db, { ...me, userId: actor.userId }, 'cleared', [noticeId], LATER),
  settleMail: ({ db }, me, { noticeId }) =>
    store.settleMail(db, { ...me, noticeId, attempts: 0 }, { kind: 'sent' }, LATER),
  listMembers: ({ db }, me) => store.listMembers(db, me),
  findMember: ({ db }, me, { actor }) => store.findMember(db, me, actor.userId),
  teamMember: ({ db }, me, { actor }) => store.teamMember(db, me, actor.userId),
  noteSeen: ({ db }, me) => store.noteSeen(db, me, LATER),
  renameWorkspace: ({ db }, me) => store.renameWorkspace(db, me, 'x', LATER),
  changeRole: ({ db }, me, { actor }) => store.changeRole(db, me, actor.userId, 'rep', LATER),
  removeMember: ({ db }, me, { actor }) => store.removeMember(db, me, actor.userId, LATER),
  createInvitation: ({ db }, me) =>
    store.createInvitation(db, me, { hash: 'i'.repeat(64), role: 'rep', email: null }, LATER),
  listInvitations: ({ db }, me) => store.listInvitations(db, me, { limit: 100 }),
  revokeInvitation: ({ db }, me, { invitationId }) =>
    store.revokeInvitation(db, me, invitationId, LATER),
  acceptInvitation: ({ db }, me, { actor }) =>
    store.acceptInvitation(db, me.userId, actor.userId.padEnd(64, '-'), LATER),
  listSessions: ({ db }, me) => store.listSessions(db, me, { limit: 100 }, LATER),
  endSessions: ({ db }, me) => store.endSessions(db, me, { keep: null }, LATER),
  listAudit: ({ db }, me, { actor }) =>
    Promise.all([
      store.listAudit(db, me, { limit: 100 }),
      store.listAudit(db, me, { limit: 100, actorId: actor.userId }),
    ]),
  noteAudit: ({ db }, me, { actor }) =>
    store.noteAudit(db, me, { action: 'viewed_as', target: actor.userId }, LATER),
  noteSeldom: ({ db }, me, { actor }) =>
    store.noteSeldom(db, me, { action: 'viewed_as', target: actor.userId }, LATER, {
      max: 1,
      withinMs: 1,
    }),
  pageMembers: ({ db }, me) => store.pageMembers(db, me, { limit: 100 }),
  importTasks: ({ db }, me, { taskId }) =>
    store.importTasks(db, me, [{ id: taskId, values: { name: 'x' } }], LATER, false),
  listWebhooks: ({ db }, me) => store.listWebhooks(db, me, { limit: 100 }),
  getWebhook: ({ db }, me, { webhookId }) => store.getWebhook(db, me, webhookId),
  patchWebhook: ({ db }, me, { webhookId }) =>
    store.patchWebhook(db, me, webhookId, { state: 'off' }, LATER),
  rotateWebhookSecret: ({ db }, me, { webhookId }) =>
    store.rotateWebhookSecret(db, me, webhookId, Buffer.from('x'), LATER),
  listDeliveries: ({ db }, me, { webhookId }) =>
    store.listDeliveries(db, me, webhookId, { limit: 100 }),
  pingWebhook: ({ db }, me, { webhookId }) => store.pingWebhook(db, me, webhookId, LATER),
  sendAgain: ({ db }, me, { webhookId, deliveryId }) =>
    store.sendAgain(db, me, webhookId, deliveryId, LATER),
  takeDelivery: ({ db }, me, { webhookId }) =>
    store.takeDelivery(db, { ...me, webhookId }, LATER, 1_000),
  settleDelivery: ({ db }, me, { webhookId, deliveryId }) =>
    store.settleDelivery(
      db,
      { ...me, webhookId },
      { deliveryId, attempts: 0 },
      { kind: 'delivered', status: 200 },
      LATER,
    ),
  stopFlooded: ({ db }, me, { webhookId }) =>
    store.stopFlooded(db, { workspaceId: me.workspaceId, webhookId }, LATER, 0),
  nextDeliveryAt: ({ db }, me, { webhookId }) => store.nextDeliveryAt(db, { ...me, webhookId }),
  wakeWebhook: ({ db }, me, { webhookId }) =>
    store.wakeWebhook(db.kysely, { workspaceId: me.workspaceId, webhookId }),
  createWebhook: ({ db }, me, { webhookId }) =>
    store.createWebhook(
      db,
      me,
      { webhookId, name: 'x', url: 'https://x.example', events: [], secret: Buffer.from('x') },
      LATER,
    ),
  claimKey: ({ db }, me) => store.claimKey(db, me, 'a key', 'x'.repeat(64), LATER),
  finishKey: ({ db }, me) =>
    store.finishKey(db, me, 'a key', { status: 200, reply: Buffer.from('x') }),
  releaseKey: ({ db }, me) => store.releaseKey(db, me, 'a key'),
  deleteWebhook: ({ db }, me, { webhookId }) => store.deleteWebhook(db, me, webhookId, LATER),
  updateMember: ({ db }, me, { actor }) =>
    store.updateMember(db, me, actor.userId, { role: 'rep', locale: 'zh-CN' }),
  addMember: ({ db }, me, { actor }) =>
    store
      .addMember(db, me.workspaceId, { userId: actor.userId, role: 'rep' }, LATER)
      .catch(() => null),
  getWorkspace: ({ db }, me) => store.getWorkspace(db, me),
  createSyncStore: async (world, me, { key, linkId }, mine) => {
    const port = world.syncStore();
    const crossed = { ...key, workspaceId: me.workspaceId };
    const none = await port.acquireLease(crossed, 'a thief', 20_000);
    await port.releaseLease({ ...crossed, token: 1, at: NOON }, NOON);
    const lease = await mustLease(port, mine.key);
    const read = await port.transact(lease, async (tx) => {
      const [own] = await tx.linksById([mine.linkId]);
      if (own === undefined) throw new Error('The own link is there.');
      const steal = { ...own, link: { ...own.link, id: linkId } };
      return {
        connection: await tx.connection(),
        byId: await tx.linksById([linkId]),
        byKey: await tx.linksByCreationKey([`key of ${key.connectionId}`]),
        dirty: (await tx.dirtyLinks(100, LATER)).map(({ link }) => link.id),
        unresolved: await tx.unresolvedLinks(LATER, 100),
        forgotten: await tx.forgetSkipped([recordId('00T', 2)]),
        steal,
      };
    });
    const { steal, ...seen } = read;
    await port
      .transact(lease, (tx) =>
        tx.saveLinks([{ link: steal.link, dirty: false, task: { kind: 'trash' }, journal: [] }]),
      )
      .catch(() => null);
    await port.releaseLease(lease, null);
    return [none, seen];
  },
  // Last, because most others do more while connected.
  disconnect: ({ db }, me) => store.disconnect(db, me, LATER),
};

/** The right to follow the events of the org, by ids of another workspace. */
function feedLease({ workspaceId }: Actor, key: House['key']): store.FeedLease {
  return { ...key, workspaceId, token: 1, wasListening: false };
}
