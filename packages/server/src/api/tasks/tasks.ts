import { ENDPOINTS } from '@tandem/api';
import {
  type Actor,
  countTasks,
  createTasks,
  getTask,
  listTaskPeople,
  listTasks,
  patchTask,
  readSides,
  restoreTask,
  restoreValue,
  sendToSalesforce,
  type TaskView,
  taskHistory,
  trashTask,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../../http/endpoint.ts';
import { invalidField, Refusal } from '../../http/refusal.ts';
import type { Services } from '../../services.ts';
import { timeZoneOf } from '../members.ts';
import { registerBulk } from './bulk.ts';
import { registerCsv } from './csv.ts';
import { today, viewFilter } from './days.ts';
import { checkOwner, ownerAsked } from './owner.ts';
import { presentHistoryEntry, presentTask } from './present.ts';
import { presentSides } from './sides.ts';

/** As many as a menu shows; who is further down is found by name. */
const PEOPLE_MAX = 20;

export function registerTasks(app: FastifyInstance, services: Services): void {
  const { db, clock } = services;
  const todayOf = async (actor: Actor) => today(clock.now(), await timeZoneOf(db, actor));

  endpoint(app, ENDPOINTS.listTasks, async ({ actor, query }) => {
    const { view, from, to, limit, sort, cursor, owner, ...narrower } = query;
    if (view !== 'range' && (from ?? to) !== undefined) {
      throw invalidField(from === undefined ? 'to' : 'from', 'goes with view=range only');
    }
    const ownerId = await ownerAsked(db, actor, owner);
    const filter = {
      ...viewFilter(view, await todayOf(actor), { from, to }),
      ...narrower,
      ownerId,
    };
    const page = await listTasks(db, actor, { ...filter, limit, sort, cursor });
    return { tasks: page.tasks.map(presentTask), nextCursor: page.nextCursor };
  });

  endpoint(app, ENDPOINTS.countTasks, async ({ actor, query: { owner, ...narrower } }) => {
    const ownerId = await ownerAsked(db, actor, owner);
    return { ...(await countTasks(db, actor, await todayOf(actor), { ...narrower, ownerId })) };
  });

  endpoint(app, ENDPOINTS.listTaskPeople, async ({ actor, query: { owner, personId, q } }) => {
    const ownerId = await ownerAsked(db, actor, owner);
    const filter = { ownerId, personId, text: q, limit: PEOPLE_MAX };
    return { people: [...(await listTaskPeople(db, actor, filter))] };
  });

  endpoint(app, ENDPOINTS.createTask, async ({ actor, body }) => {
    await checkOwner(db, actor, body.ownerId);
    const row = { ...body, ownerId: body.ownerId ?? actor.userId };
    const [task] = await createTasks(db, actor, [row], clock.now());
    return presentTask(found(task));
  });

  endpoint(app, ENDPOINTS.getTask, async ({ actor, params: { id } }) =>
    presentTask(found(await getTask(db, actor, id))),
  );

  endpoint(app, ENDPOINTS.patchTask, async ({ actor, params: { id }, body }) => {
    found(await getTask(db, actor, id));
    await checkOwner(db, actor, body.ownerId);
    return presentTask(ok(await patchTask(db, actor, id, body, clock.now())));
  });

  endpoint(app, ENDPOINTS.trashTask, async ({ actor, params: { id } }) => {
    ok(await trashTask(db, actor, id, clock.now()));
  });

  endpoint(
    app,
    ENDPOINTS.taskHistory,
    async ({ actor, params: { id }, query: { cursor, limit } }) => {
      const page = await taskHistory(db, actor, id, cursor, limit);
      if (page === null) throw new Refusal('not_found');
      return { entries: page.entries.map(presentHistoryEntry), nextCursor: page.nextCursor };
    },
  );

  endpoint(app, ENDPOINTS.taskSides, async ({ actor, params: { id } }) => {
    const task = found(await getTask(db, actor, id));
    return presentSides(task, (await readSides(db, actor, id)) ?? 'unseen');
  });

  endpoint(app, ENDPOINTS.restoreTask, async ({ actor, params: { id }, body: { entryId } }) => {
    if (entryId === undefined)
      return presentTask(ok(await restoreTask(db, actor, id, clock.now())));
    found(await getTask(db, actor, id));
    const result = await restoreValue(db, actor, id, entryId, clock.now());
    if (result.kind !== 'ok') {
      throw invalidField('entryId', 'holds no lost value that could come back');
    }
    return presentTask(result.task);
  });

  endpoint(app, ENDPOINTS.sendTask, async ({ actor, params: { id } }) => {
    const result = await sendToSalesforce(db, actor, id, clock.now());
    if (result.kind !== 'ok') throw new Refusal(result.kind);
    return presentTask(result.task);
  });

  registerBulk(app, services);
  registerCsv(app, services);
}

function ok(result: { kind: 'ok'; task: TaskView } | { kind: 'not_found' }): TaskView {
  if (result.kind === 'not_found') throw new Refusal('not_found');
  return result.task;
}

function found(task: TaskView | null | undefined): TaskView {
  if (task === null || task === undefined) throw new Refusal('not_found');
  return task;
}
