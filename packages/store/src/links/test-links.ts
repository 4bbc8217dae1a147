import type { Link, SalesforceTask } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import { type Connected, imported, salesforceTask, underLease, type World } from '../test-world.ts';
import type { LinkChange, LinkedTask } from './port.ts';

/** One person's links, for the tests of the engine's transactions. */
export interface TestLinks {
  readonly world: World;
  readonly admin: Actor;
  readonly actor: Actor;
  readonly key: Connected;
  nextRecord(values?: Partial<SalesforceTask>): SalesforceTask;
  importOne(): Promise<ReturnType<typeof imported>>;
  save(link: Link, change?: Partial<LinkChange>, at?: string): Promise<void>;
  load(id: string): Promise<LinkedTask>;
}

export async function testLinks(world: World): Promise<TestLinks> {
  const admin = await world.workspace();
  const actor = await world.member(admin, 'rep');
  const key = await world.connect(actor);
  let number = 0;
  const nextRecord = (values: Partial<SalesforceTask> = {}) => {
    number += 1;
    return salesforceTask(number, key.salesforceUserId, values);
  };
  return {
    world,
    admin,
    actor,
    key,
    nextRecord,
    importOne: async () => {
      const row = imported(nextRecord(), actor.userId);
      await underLease(world, key, (tx) => tx.insertImported([row]));
      return row;
    },
    save: (link, change = {}, at) => {
      const nothing = { dirty: false, task: { kind: 'none' }, journal: [] } as const;
      return underLease(world, key, (tx) => tx.saveLinks([{ link, ...nothing, ...change }]), at);
    },
    load: async (id) => {
      const [found] = await underLease(world, key, (tx) => tx.linksById([id]));
      if (found === undefined) throw new Error('No such link.');
      return found;
    },
  };
}
