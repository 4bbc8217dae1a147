import { createMailbox } from '@tandem/mailbox';
import { createSandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import type { TestClient } from './client.ts';
import { connectSalesforce } from './connect-salesforce.ts';
import { eventually } from './eventually.ts';
import { startTestServer } from './test-server.ts';

/**
 * What the examples of the API speak of, made for real. `before` answers with the real ids in place of
 * the made-up ones of an example, after making whatever that operation needs.
 */
export async function startExampleWorld() {
  const database: TestDatabase = await testDatabase();
  const sandbox = await createSandbox({ seed: 'demo' });
  const mailbox = await createMailbox();
  const tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    mail: { smtpUrl: mailbox.smtpUrl, from: 'tandem@aldermoor.example' },
  });
  const ada = tandem.client();
  const { userId, email, ...account } = await ada.signUp('Ada Quint');
  let { password } = account;
  // Before the account is connected: the task that `sendTask` sends afterwards.
  const older = await idOf(
    ada.send('POST', '/api/v1/tasks', { name: 'Older than the connection' }),
  );
  await connectSalesforce(ada, tandem.url, { username: 'mara@aldermoor.example' });
  await ada.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const task = await idOf(
    ada.send('POST', '/api/v1/tasks', {
      name: 'Call Osterly about the freezer test',
      type: 'call',
      dueDate: '2026-11-24',
      priority: 'high',
      person: { id: '0035e00000AbCdEAAV', type: 'Contact', name: 'Signe Osterly' },
    }),
  );
  await ada.send('POST', '/api/v1/tokens', { name: 'Spreadsheet' });
  const { pool } = tandem.services.db;

  async function park(): Promise<string> {
    const parkedTask = await idOf(ada.send('POST', '/api/v1/tasks', { name: 'Too long there' }));
    const parked = {
      code: 'STRING_TOO_LONG',
      message: 'Subject: data value too large',
      fields: ['Subject'],
      since: '2026-11-24T09:30:00.000Z',
      retryAt: null,
      attempts: 1,
    };
    const { rows } = await pool.query<{ id: string }>(
      `update tandem.links set parked = $1, whose_move = 'user' where task_id = $2
       returning 'link:' || link_id as id`,
      [JSON.stringify(parked), parkedTask],
    );
    return rows[0]?.id ?? '';
  }

  async function webhook(): Promise<{ id: string; deliveryId: string }> {
    const id = await idOf(
      ada.send('POST', '/api/v1/webhooks', {
        name: 'Our warehouse',
        url: 'https://hooks.example.com/tandem',
        events: ['task.completed'],
      }),
    );
    const deliveryId = await idOf(ada.send('POST', `/api/v1/webhooks/${id}/ping`));
    return { id, deliveryId };
  }

  async function savedView(): Promise<string> {
    const query = { view: 'overdue', type: 'call', sort: '-priority' };
    return idOf(ada.send('POST', '/api/v1/views', { name: `Late ${crypto.randomUUID()}`, query }));
  }

  async function resetToken(): Promise<string> {
    const { email } = await tandem.client().signUp(`Forgetful ${crypto.randomUUID()}`);
    await tandem.client().send('POST', '/api/auth/forgot-password', { email });
    return eventually(async () => {
      const mail = mailbox.mails().find(({ to }) => to === email);
      const token = /reset-password#(\S+)/.exec(mail?.text ?? '')?.[1];
      if (token === undefined) throw new Error('The mail is not there yet.');
      return token;
    });
  }

  const invite = (email: string) => ada.send('POST', '/api/v1/invitations', { role: 'rep', email });

  /** A colleague who came by an invitation. */
  async function colleague(): Promise<string> {
    const email = `${crypto.randomUUID()}@aldermoor.example`;
    const { json } = await invite(email);
    const reply = await tandem.client().send('POST', '/api/auth/invitation/accept', {
      token: json.token,
      name: 'Bo Quint',
      email,
      password: 'correct-horse',
    });
    return reply.json.user.id;
  }

  async function before(operation: string): Promise<Readonly<Record<string, string>>> {
    if (operation === 'resetPassword') return { token: await resetToken() };
    if (operation === 'listNotices') await ada.send('POST', '/api/v1/reminders/test');
    if (operation === 'sendTask') return { id: older };
    if (operation.endsWith('Problem')) return { id: await park() };
    if (/Problems|problemCauses/.test(operation)) await park();
    if (operation === 'revokeToken') {
      return { id: await idOf(ada.send('POST', '/api/v1/tokens', { name: 'Old' })) };
    }
    if (/^(patch|delete|list)Views?$/.test(operation)) {
      return { id: await savedView() };
    }
    if (/webhook|deliver|sendagain/i.test(operation)) return webhook();
    if (/^(patchMember|removeMember|reassignTasks)$/.test(operation)) {
      return { id: await colleague(), toUserId: userId };
    }
    if (/Invitation|listAudit/.test(operation)) {
      const { json } = await invite('bo@aldermoor.example');
      return { id: json.id, token: json.token };
    }
    if (operation === 'changePassword') password = 'battery-staple';
    if (operation === 'endSession') {
      const elsewhere = tandem.client();
      await elsewhere.send('POST', '/api/auth/sign-in/email', { email, password });
      return { id: (await elsewhere.get('/api/v1/sessions')).json.sessions[0].id };
    }
    if (operation === 'answerBrake') {
      const numbers = { toTrash: 12, toDelete: 0, missing: 0, links: 40 };
      const brake = { kind: 'mass_deletion', since: '2026-11-24T09:30:00.000Z', ...numbers };
      await pool.query('update tandem.connections set brake = $1', [JSON.stringify(brake)]);
    }
    return { id: task };
  }

  return {
    tandem,
    ada,
    before,
    async close() {
      await tandem.close();
      await sandbox.close();
      await mailbox.close();
      await database.drop();
    },
  };
}

async function idOf(reply: ReturnType<TestClient['send']>): Promise<string> {
  const { status, text, json } = await reply;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json.id;
}
