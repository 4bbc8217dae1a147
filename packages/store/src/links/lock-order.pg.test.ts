import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { until } from '../postgres/until.ts';
import { lockTasks } from '../tasks/change-tasks.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import {
  type Connected,
  NOON,
  newTask,
  openWorld,
  recordId,
  underLease,
  type World,
} from '../test-world.ts';

/** Somebody waits as soon as the statement was sent; the rest is for a busy machine. */
const WAITS_MS_MAX = 30_000;

describe('intake beside a bulk edit', () => {
  let world: World;
  let actor: Actor;
  let key: Connected;
  /** The task with the lower id is being created, the other one is known by its record. */
  let tasks: readonly [string, string];
  const record = recordId('00T', 7);
  let creationKey: string;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    key = await world.connect(actor);
    const made = await createTasks(world.db, actor, [newTask(actor), newTask(actor)], NOON);
    const [low = '', high = ''] = made.map(({ id }) => id).sort();
    tasks = [low, high];
    await world.db.pool.query('update tandem.links set salesforce_id = $1 where task_id = $2', [
      record,
      high,
    ]);
    const { rows } = await world.db.pool.query<{ creation_key: string }>(
      `with born as (
         select workspace_id, link_id, creation_key from tandem.links where task_id = $1
       ), intended as (
         insert into tandem.intents (workspace_id, link_id, request_id, kind, sent_at, fields, position)
         select workspace_id, link_id, 'first', 'create', $2, '{}', 0 from born
       )
       select creation_key from born`,
      [low, NOON],
    );
    creationKey = rows[0]?.creation_key ?? '';
  });
  afterAll(() => world.close());

  async function somebodyWaits(): Promise<boolean> {
    const { rows } = await world.db.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  }

  it('both queue up by task id, whatever a record turns out to be: no deadlock', async () => {
    let edit: Promise<readonly unknown[]> | null = null;
    await underLease(world, key, async (tx) => {
      expect(await tx.linksBySalesforceId([record])).toHaveLength(1);
      // One attempt only, so that a deadlock broken at the edit's cost shows as well.
      edit = world.db.kysely.transaction().execute((trx) => lockTasks(trx, actor, tasks));
      edit.catch(() => {});
      expect(await until(somebodyWaits, WAITS_MS_MAX)).toBe(true);
      expect(await tx.linksByCreationKey([creationKey])).toHaveLength(1);
    });
    expect(await edit).toHaveLength(2);
  });
});
