import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTo, control, MARA, okOf, type Sandbox, startOrg } from '../test/sandbox-session.ts';

const TOMAS = 'tomas@aldermoor.example';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startOrg();
});
afterAll(() => sandbox.close());

async function feedOf(username: string) {
  const userId = sandbox.org.userByName(username)?.Id ?? '';
  return (await connectTo(sandbox, { username, userId })).salesforce;
}

function now(): string {
  return new Date(sandbox.org.clock.now()).toISOString();
}

describe('the change feed of somebody whose sight of the org is looked up', () => {
  test('E3 a user with View All Data is told so, and sees the tasks of others', async () => {
    const since = now();
    await control(sandbox, 'seed', {
      records: [{ object: 'Task', fields: { Subject: 'Of Tomas' } }],
      as: TOMAS,
    });
    const page = okOf(await (await feedOf(MARA)).changedSince(since, null));
    expect(page.seesAll).toBe(true);
    expect(page.tasks.map((task) => task.Subject)).toContain('Of Tomas');
  });

  test('E3 a user without it is not taken for one who sees all', async () => {
    const page = okOf(await (await feedOf(TOMAS)).changedSince(now(), null));
    expect(page.seesAll).toBe(false);
  });

  test('E3 the look costs no call of its own, and further pages are read as ever', async () => {
    const salesforce = await feedOf(MARA);
    sandbox.org.clock.advance(60_000);
    const since = now();
    await control(sandbox, 'seed', { kind: 'bulk', count: 2_001 });
    await fetch(`${sandbox.url}/__sandbox__/requests`, { method: 'DELETE' });
    const first = okOf(await salesforce.changedSince(since, null));
    const second = okOf(await salesforce.changedSince(since, first.next));
    expect([first.tasks.length, second.tasks.length]).toEqual([2_000, 1]);
    const { requests } = (await (await fetch(`${sandbox.url}/__sandbox__/requests`)).json()) as {
      requests: { counted: boolean }[];
    };
    expect(requests.filter(({ counted }) => counted)).toHaveLength(2);
  });
});
