import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
let admin: TestClient;
let adminId: string;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  admin = tandem.client();
  adminId = (await admin.signUp('Ada Quint')).userId;
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const PASSWORD = 'correct-horse';
const invite = async (body: object = { role: 'rep' }): Promise<string> =>
  (await admin.send('POST', '/api/v1/invitations', body)).json.token;
const accept = (client: TestClient, body: object) =>
  client.send('POST', '/api/auth/invitation/accept', { password: PASSWORD, ...body });

let count = 0;
async function join(role = 'rep'): Promise<{ client: TestClient; userId: string; email: string }> {
  const client = tandem.client();
  count += 1;
  const email = `joins.${count}@tandem.example`;
  const reply = await accept(client, { token: await invite({ role }), name: `J ${count}`, email });
  return { client, userId: reply.json.user.id, email };
}

/** The server takes up the reminders of whoever has told a time zone, at a moment of its own. */
const remindersBegun = () =>
  eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      `select from tandem.members m where m.time_zone is not null and m.removed_at is null
         and not exists (select from tandem.reminders r where r.user_id = m.user_id)`,
    );
    expect(rows).toHaveLength(0);
  });

describe('invitations', () => {
  test('B12.1 a link brings a new person in with its role, and works once', async () => {
    const token = await invite({ role: 'manager' });
    const shown = await tandem.client().send('POST', '/api/auth/invitation', { token });
    expect(shown.json).toMatchObject({ invitedBy: 'Ada Quint', role: 'manager', email: null });
    const bo = tandem.client();
    const body = { token, name: 'Bo Quint', email: 'bo@tandem.example' };
    expect((await accept(bo, body)).status).toBe(200);
    const me = (await bo.get('/api/v1/me')).json;
    expect(me).toMatchObject({ name: 'Bo Quint', role: 'manager' });
    expect(me.workspaceId).toBe((await admin.get('/api/v1/me')).json.workspaceId);
    const again = await accept(tandem.client(), { ...body, email: 'other@tandem.example' });
    expect([again.status, again.json.code]).toEqual([410, 'invitation_over']);
    // Nothing is left of who came too late: the address is free.
    expect(await tandem.services.auth.findUser('other@tandem.example')).toBeNull();
  });

  test('B12.1 the token is nowhere in the database, and shown once', async () => {
    const token = await invite();
    const { rows } = await tandem.services.db.pool.query('select * from tandem.invitations');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await admin.get('/api/v1/invitations')).text).not.toContain(token);
    expect((await admin.get('/api/v1/audit')).text).not.toContain(token);
  });

  test('B12.1 an invitation with an address is for that address, in any case', async () => {
    const token = await invite({ role: 'rep', email: 'Cora@Tandem.example' });
    const body = { token, name: 'Cora' };
    const wrong = await accept(tandem.client(), { ...body, email: 'dora@tandem.example' });
    expect(wrong.json.errors).toMatchObject([{ field: 'email' }]);
    expect((await accept(tandem.client(), { ...body, email: 'cora@tandem.example' })).status).toBe(
      200,
    );
  });

  test('B12.1 who has an account comes in by its password, unless in a workspace', async () => {
    const { client, userId, email } = await join();
    const token = await invite();
    const inside = await accept(tandem.client(), { token, email });
    expect([inside.status, inside.json.code]).toEqual([409, 'in_a_workspace']);
    expect((await admin.send('DELETE', `/api/v1/members/${userId}`)).status).toBe(204);
    const wrong = await accept(tandem.client(), { token, email, password: 'wrong-horse' });
    expect([wrong.status, wrong.json.code]).toEqual([401, 'wrong_credentials']);
    expect((await accept(client, { token, email })).status).toBe(200);
    expect((await client.get('/api/v1/me')).json.userId).toBe(userId);
  });

  test('B12.1 a revoked one is dead at once', async () => {
    const made = (await admin.send('POST', '/api/v1/invitations', { role: 'rep' })).json;
    await admin.send('DELETE', `/api/v1/invitations/${made.id}`);
    const reply = await tandem.client().send('POST', '/api/auth/invitation', { token: made.token });
    expect([reply.status, reply.json.code]).toEqual([410, 'invitation_over']);
  });
});

describe('a member who is removed', () => {
  test('B12.1 is out at once in every browser and program, and comes back only by invitation', async () => {
    const { client, userId, email } = await join();
    const program = tandem.client();
    program.token = (await client.send('POST', '/api/v1/tokens', { name: 'x' })).json.token;
    await admin.send('DELETE', `/api/v1/members/${userId}`);
    for (const one of [client, program]) expect((await one.get('/api/v1/me')).status).toBe(401);
    const back = await client.send('POST', '/api/auth/sign-in/email', {
      email,
      password: PASSWORD,
    });
    expect([back.status, back.json.code]).toEqual([403, 'no_workspace']);
    expect((await client.get('/api/v1/me')).status).toBe(401);
    const { rows } = await tandem.services.db.pool.query(
      'select from auth.session where "userId" = $1',
      [userId],
    );
    expect(rows).toHaveLength(0);
  });

  test('B1.2 leaves tasks that stay, are found, and are taken over together', async () => {
    const { client, userId } = await join();
    for (const name of ['One', 'Two', 'Three']) {
      await client.send('POST', '/api/v1/tasks', { name });
    }
    await client.send('POST', '/api/v1/tasks', { name: 'Done', status: 'complete' });
    await admin.send('DELETE', `/api/v1/members/${userId}`);
    const left = await admin.get(`/api/v1/tasks?view=all_open&owner=${userId}`);
    expect(left.json.tasks).toHaveLength(3);
    const to = { toUserId: userId };
    const back = await admin.send('POST', `/api/v1/members/${adminId}/reassign`, to);
    expect(back.json.errors).toMatchObject([{ field: 'toUserId' }]);
    const taken = await admin.send('POST', `/api/v1/members/${userId}/reassign`, {
      toUserId: adminId,
    });
    expect(taken.json).toEqual({ reassigned: 3 });
    const now = await admin.get(`/api/v1/tasks?view=all_open&owner=${userId}`);
    expect(now.json.tasks).toEqual([]);
    const { members } = (await admin.get('/api/v1/members')).json;
    const former = members.find((one: { userId: string }) => one.userId === userId);
    expect(former).toMatchObject({ openTasks: 0, connection: 'not_connected' });
    expect(former.removedAt).not.toBeNull();
  });

  test('B12.1 the last admin can neither leave nor step down', async () => {
    const down = await admin.send('PATCH', `/api/v1/members/${adminId}`, { role: 'rep' });
    expect([down.status, down.json.code]).toEqual([409, 'last_admin']);
    const out = await admin.send('DELETE', `/api/v1/members/${adminId}`);
    expect([out.status, out.json.code]).toEqual([409, 'last_admin']);
  });
});

describe('sessions', () => {
  test('B12.6 are listed, ended one by one, and all but one', async () => {
    const { client, email } = await join();
    const others = [tandem.client(), tandem.client(), tandem.client()];
    for (const other of others) {
      await other.send('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    }
    const { sessions } = (await client.get('/api/v1/sessions')).json;
    expect(sessions).toHaveLength(4);
    const current = sessions.filter((one: { current: boolean }) => one.current);
    expect(current).toHaveLength(1);
    const [mine] = (await others[0]?.get('/api/v1/sessions'))?.json.sessions ?? [];
    expect(mine.current || sessions.length === 4).toBe(true);
    const first = (await others[0]?.get('/api/v1/sessions'))?.json.sessions.find(
      (one: { current: boolean }) => one.current,
    );
    expect((await client.send('DELETE', `/api/v1/sessions/${first.id}`)).status).toBe(204);
    expect((await others[0]?.get('/api/v1/me'))?.status).toBe(401);
    expect((await client.send('DELETE', '/api/v1/sessions')).json).toEqual({ ended: 2 });
    expect((await others[1]?.get('/api/v1/me'))?.status).toBe(401);
    expect((await client.get('/api/v1/me')).status).toBe(200);
    // Nobody ends those of somebody else.
    const foreign = (await admin.get('/api/v1/sessions')).json.sessions[0].id;
    expect((await client.send('DELETE', `/api/v1/sessions/${foreign}`)).status).toBe(404);
  });

  test('B12.6 a new password ends all others, and the cookie of before is worth nothing', async () => {
    const { client, email } = await join();
    const other = tandem.client();
    await other.send('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    const before = client.cookieHeader;
    const changed = await client.send('POST', '/api/v1/me/password', {
      currentPassword: PASSWORD,
      newPassword: 'battery-staple',
    });
    expect(changed.status).toBe(204);
    expect((await other.get('/api/v1/me')).status).toBe(401);
    expect((await client.get('/api/v1/me')).status).toBe(200);
    const stale = { cookie: before };
    const reply = await tandem.client().send('GET', '/api/v1/me', undefined, stale);
    expect(reply.status).toBe(401);
    for (const [password, status] of [
      [PASSWORD, 401],
      ['battery-staple', 200],
    ] as const) {
      const signIn = await other.send('POST', '/api/auth/sign-in/email', { email, password });
      expect(signIn.status).toBe(status);
    }
  });

  test('B12.6 signing in makes a new session, and ends the one this browser had', async () => {
    const { client, email } = await join();
    const before = client.cookieHeader;
    await client.send('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    expect(client.cookieHeader).not.toBe(before);
    const stale = { cookie: before };
    const reply = await tandem.client().send('GET', '/api/v1/me', undefined, stale);
    expect(reply.status).toBe(401);
  });

  test('B12.6 a session that is in use ends after 90 days all the same', async () => {
    const { client, userId } = await join();
    await tandem.services.db.pool.query(
      `update auth.session set "createdAt" = now() - interval '91 days' where "userId" = $1`,
      [userId],
    );
    expect((await client.get('/api/v1/me')).status).toBe(401);
  });

  test('B12.6 a cookie that is renewed by use says Secure behind https, as at sign-in', async () => {
    const { client, userId } = await join();
    await tandem.services.db.pool.query(
      `update auth.session set "expiresAt" = now() + interval '20 days' where "userId" = $1`,
      [userId],
    );
    const https = { 'x-forwarded-proto': 'https' };
    const reply = await client.send('GET', '/api/v1/me', undefined, https);
    const [cookie] = reply.headers.getSetCookie();
    for (const flag of [/; Secure/, /HttpOnly/i, /SameSite=Lax/i]) expect(cookie).toMatch(flag);
  });
});

describe('looking at a teammate’s tasks', () => {
  test('B12.5 a manager reads what the rep reads, in the rep’s own days', async () => {
    const manager = await join('manager');
    const rep = await join();
    await rep.client.send('PATCH', '/api/v1/me', { timeZone: 'Pacific/Kiritimati' });
    const made = await rep.client.send('POST', '/api/v1/tasks', { name: 'Call Osterly' });
    const paths = ['tasks?view=all', 'tasks/counts?', `tasks/${made.json.id}?`];
    for (const path of [...paths, `tasks/${made.json.id}/history?`]) {
      const own = await rep.client.get(`/api/v1/${path}`);
      const seen = await manager.client.get(`/api/v1/${path}&as=${rep.userId}`);
      expect([seen.status, seen.json]).toEqual([200, own.json]);
    }
    const audit = (await admin.get('/api/v1/audit?action=viewed_as')).json.entries;
    expect(audit).toMatchObject([{ actorId: manager.userId, targetId: rep.userId }]);
  });

  test('B12.5 every write is refused while one looks, and nothing changes', async () => {
    const rep = await join();
    const id = (await rep.client.send('POST', '/api/v1/tasks', { name: 'x' })).json.id;
    await remindersBegun();
    const before = await fingerprint(database.url);
    for (const [method, path, body] of [
      ['POST', 'tasks', { name: 'y' }],
      ['PATCH', `tasks/${id}`, { name: 'y' }],
      ['DELETE', `tasks/${id}`, undefined],
      ['POST', 'tasks/bulk', { ids: [id], action: 'delete' }],
      ['PUT', 'template', { template: 'x' }],
    ] as const) {
      const reply = await admin.send(method, `/api/v1/${path}?as=${rep.userId}`, body);
      expect([reply.status, reply.json.code]).toEqual([403, 'view_only']);
    }
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test('B12.5 reps look at nobody, and nobody looks further than at tasks', async () => {
    const [one, two] = [await join(), await join()];
    const rep = await one.client.get(`/api/v1/tasks?as=${two.userId}`);
    expect([rep.status, rep.json.code]).toEqual([403, 'not_allowed']);
    for (const path of ['tokens', 'sessions', 'me', 'audit', 'sync/settings']) {
      const reply = await admin.get(`/api/v1/${path}?as=${two.userId}`);
      expect([reply.status, reply.json.errors]).toMatchObject([400, [{ field: 'as' }]]);
    }
    const manager = await join('manager');
    // As an admin's place is looked at, no more is seen than that person's own tasks.
    const through = await manager.client.get(`/api/v1/tasks?view=all&owner=all&as=${adminId}`);
    expect([through.status, through.json.code]).toEqual([403, 'not_allowed']);
  });
});

describe('the audit log', () => {
  test('B12.4 tells of sign-ins, refused ones too, without an address or a password', async () => {
    const { client, email, userId } = await join();
    await client.send('POST', '/api/auth/sign-in/email', { email, password: 'wrong-horse' });
    const refused = async () =>
      (await admin.get(`/api/v1/audit?action=sign_in_refused`)).json.entries;
    await eventually(async () =>
      expect(await refused()).toMatchObject(
        expect.arrayContaining([expect.objectContaining({ actorId: null, targetId: userId })]),
      ),
    );
    await client.send('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    await client.send('POST', '/api/auth/sign-out');
    const { entries } = (await admin.get(`/api/v1/audit?actorId=${userId}`)).json;
    expect(entries.map((one: { action: string }) => one.action)).toEqual([
      'signed_out',
      'signed_in',
      'member_joined',
    ]);
    expect(JSON.stringify([entries, await refused()])).not.toMatch(/@|horse/);
  });

  test('B12.4 leaves as CSV, and says so', async () => {
    const csv = await admin.get('/api/v1/audit/export?action=member_joined');
    expect(csv.type).toContain('text/csv');
    const [header, first] = csv.text.split('\r\n');
    expect(header).toBe('at,actor,action,target,data');
    expect(first).toMatch(/^\d{4}-.*,member_joined,/);
    const latest = (await admin.get('/api/v1/audit?limit=1')).json.entries[0];
    expect(latest).toMatchObject({ action: 'audit_exported', actorName: 'Ada Quint' });
  });

  test('B12.4 tells of the other files that leave, too', async () => {
    const { client, userId } = await join('manager');
    await client.get('/api/v1/sync/problems/export');
    await client.get('/api/v1/tasks/export');
    const { entries } = (await admin.get(`/api/v1/audit?actorId=${userId}&limit=2`)).json;
    expect(entries).toMatchObject([{ action: 'tasks_exported' }, { action: 'problems_exported' }]);
  });
});
