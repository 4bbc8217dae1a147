import { addMember, memberOf } from '@tandem/store';
import { POLL_WITH_EVENTS_MS } from '@tandem/sync';
import { expect } from 'vitest';
import type { TestClient } from './client.ts';
import { connectSalesforce } from './connect-salesforce.ts';
import { eventually } from './eventually.ts';
import { type OneRep, MARA as REP, startOneRep } from './one-rep.ts';
import { asUser } from './sandbox-control.ts';

export const MARA = REP.username;
export const TOMAS = 'tomas@aldermoor.example';

/** An empty org whose change events a server with a worker follows. Mara, and Tomas of her team, are in sync with it. */
export interface FollowedOrg extends OneRep {
  readonly tomas: TestClient;
}

export async function startFollowedOrg(): Promise<FollowedOrg> {
  const rep = await startOneRep({ events: true });
  try {
    const one = Object.assign(rep, { tomas: rep.tandem.client() });
    const { tandem, mara, tomas } = one;
    await connectSalesforce(mara, tandem.url, REP);
    await tomas.signUp('Tomas');
    await joinTeam(one);
    await connectSalesforce(tomas, tandem.url, { username: TOMAS });
    for (const person of [mara, tomas])
      await person.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
    return one;
  } catch (error) {
    await rep.close();
    throw error;
  }
}

/** Tomas comes into Mara's workspace, as a rep. */
async function joinTeam({ tandem, mara, tomas }: FollowedOrg): Promise<void> {
  const { db } = tandem.services;
  const [admin, rep] = await Promise.all([mara, tomas].map((each) => each.get('/api/v1/me')));
  const boss = await memberOf(db, admin?.json.userId);
  const userId = rep?.json.userId;
  if (boss === null) throw new Error('Mara has a workspace.');
  await db.pool.query('delete from tandem.members where user_id = $1', [userId]);
  await addMember(db, boss.workspaceId, { userId, role: 'rep' }, new Date().toISOString());
}

/** A record that somebody makes in the org. */
export function createRecord({ sandbox }: FollowedOrg, username: string, subject: string): string {
  const result = sandbox.org.insert('Task', { Subject: subject }, asUser(sandbox, username));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.id;
}

interface Row {
  readonly name: string;
  readonly details: string;
  readonly sync: { readonly salesforceId: string | null };
}

export async function tasksOf(client: TestClient): Promise<readonly Row[]> {
  return (await client.get('/api/v1/tasks?view=all&limit=500')).json.tasks;
}

export async function shows(client: TestClient, id: string, name?: string): Promise<void> {
  await eventually(async () => {
    const found = (await tasksOf(client)).find(({ sync }) => sync.salesforceId === id);
    expect(found).toBeDefined();
    if (name !== undefined) expect(found?.name).toContain(name);
  });
}

export async function eventsOf(client: TestClient) {
  return (await client.get('/api/v1/sync/status')).json.events;
}

/** Events flow: somebody listens, one has come since, and both connections were told of the long pause. */
export async function flows(one: FollowedOrg): Promise<void> {
  const { tandem, mara, tomas } = one;
  await eventually(async () => expect((await eventsOf(mara)).state).toBe('listening'));
  await shows(mara, createRecord(one, MARA, 'The first event'));
  await eventually(async () => expect((await eventsOf(mara)).lastEventAt).not.toBeNull());
  for (const person of [mara, tomas]) await person.send('POST', '/api/v1/sync/now', {});
  const { pool } = tandem.services.db;
  await eventually(async () => {
    // The long pause is there from the second time on; what was asked for just now has to be over as well.
    const asked = await pool.query(
      `select 1 from graphile_worker._private_jobs where key like 'poll:%' or locked_at is not null`,
    );
    expect(asked.rows).toEqual([]);
    const { rows } = await pool.query<{ ms: number }>(
      'select extract(epoch from wake_at - now()) * 1000 as ms from tandem.wakes',
    );
    expect(rows).toHaveLength(2);
    for (const { ms } of rows) expect(Number(ms)).toBeGreaterThan(POLL_WITH_EVENTS_MS - 60_000);
  });
}
