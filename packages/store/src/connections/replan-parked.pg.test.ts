import { shift } from '@tandem/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestLinks, testLinks } from '../links/test-links.ts';
import { LATER, NOON, openWorld, underLease, type World } from '../test-world.ts';
import { saveTaskAccess } from './save-task-access.ts';
import { putSettings, savePicklists } from './settings.ts';

const PICKLISTS = {
  statuses: [
    { value: 'Not Started', label: 'Not Started', isClosed: false, isDefault: true },
    { value: 'Completed', label: 'Completed', isClosed: true, isDefault: false },
  ],
  priorities: [
    { value: 'Normal', label: 'Normal', isHigh: false, isDefault: true },
    { value: 'High', label: 'High', isHigh: true, isDefault: false },
  ],
};
const DEFERRED = { value: 'Deferred', label: 'Deferred', isClosed: true, isDefault: false };

describe('B11.2 what waits goes on when its cause changes', () => {
  let world: World;
  let desk: TestLinks;
  let refused: string;
  let doubted: string;

  const dirty = () =>
    underLease(world, desk.key, async (tx) =>
      (await tx.dirtyLinks(10, NOON)).map(({ link }) => link.id),
    );
  const park = async (code: string) => {
    const { link } = await desk.importOne();
    const parked = { code, message: '', fields: [], since: NOON, retryAt: null, attempts: 1 };
    await desk.save({ ...link, parked });
    return link.id;
  };
  const read = (statuses = PICKLISTS.statuses) =>
    savePicklists(
      world.db,
      desk.key.workspaceId,
      desk.key.orgId,
      { picklists: { ...PICKLISTS, statuses }, creationKeyField: true },
      LATER,
    );

  beforeAll(async () => {
    world = await openWorld();
    desk = await testLinks(world);
    await read();
    refused = await park('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    doubted = await park('OUTCOME_UNKNOWN');
    await desk.importOne();
  });
  afterAll(() => world.close());

  it('B11.2 picklists that read as before change nothing', async () => {
    await read();
    expect(await dirty()).toEqual([]);
  });

  it('B11.2 R8 a new picklist value plans what was refused again, and no create in doubt', async () => {
    await read([...PICKLISTS.statuses, DEFERRED]);
    expect(await dirty()).toEqual([refused]);
    expect(doubted).not.toBe(refused);
  });

  it('B11.2 B3.4 a changed map does so too, other settings do not', async () => {
    await park('FIELD_INTEGRITY_EXCEPTION').then(async (id) => {
      await putSettings(world.db, desk.actor, { conflictRule: 'app' }, LATER);
      expect(await dirty()).not.toContain(id);
      await putSettings(world.db, desk.actor, { statusMap: { Deferred: 'complete' } }, LATER);
      expect(await dirty()).toContain(id);
    });
  });

  it('B11.2 a permission more than before plans what is parked again, one less does not', async () => {
    const may = (granted: string[], at = LATER) => saveTaskAccess(world.db, desk.key, granted, at);
    await may(['queryable']);
    const id = await park('INVALID_FIELD_FOR_INSERT_UPDATE');
    await may(['queryable']);
    await may([]);
    expect(await dirty()).not.toContain(id);
    await may(['queryable', 'Description:update']);
    expect(await dirty()).toContain(id);
  });

  it('B11.2 and once a day everything is tried again, since a rule or a lock says nothing', async () => {
    const id = await park('FIELD_CUSTOM_VALIDATION_EXCEPTION');
    const granted = ['queryable', 'Description:update'];
    const hours = (count: number) => shift(LATER, count * 60 * 60_000);
    await saveTaskAccess(world.db, desk.key, granted, hours(23));
    expect(await dirty()).not.toContain(id);
    await saveTaskAccess(world.db, desk.key, granted, hours(24));
    expect(await dirty()).toContain(id);
    expect(await dirty()).not.toContain(doubted);
  });

  it('B11.2 R7 a key field that comes or goes does so too', async () => {
    const id = await park('INVALID_FIELD');
    await savePicklists(
      world.db,
      desk.key.workspaceId,
      desk.key.orgId,
      {
        picklists: { ...PICKLISTS, statuses: [...PICKLISTS.statuses, DEFERRED] },
        creationKeyField: false,
      },
      LATER,
    );
    expect(await dirty()).toContain(id);
  });
});
