import { request as sendRequest } from 'node:http';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';

/** Who asks is known before a body is read, and a body can be kept back for half a minute. */

let database: TestDatabase;
let tandem: RunningTandem;
let admin: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  admin = tandem.client();
  await admin.signUp('Ada Quint');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

async function secondAdmin(name: string): Promise<{ client: TestClient; userId: string }> {
  const { token } = (await admin.send('POST', '/api/v1/invitations', { role: 'admin' })).json;
  const client = tandem.client();
  const email = `${name}@tandem.example`;
  const body = { token, name, email, password: 'correct-horse' };
  const joined = await client.send('POST', '/api/auth/invitation/accept', body);
  return { client, userId: joined.json.user.id };
}

const lastSeen = async (userId: string) => {
  const { members } = (await admin.get('/api/v1/members')).json;
  return members.find((one: { userId: string }) => one.userId === userId)?.lastSeenAt;
};

/** Begins a write and answers how to end it, once the server knows who asks. */
async function begin(
  who: { client: TestClient; userId: string },
  method: string,
  path: string,
  body: object,
): Promise<() => Promise<{ status: number; code: string | undefined }>> {
  const text = JSON.stringify(body);
  const request = sendRequest(new URL(path, tandem.url), {
    method,
    headers: {
      cookie: who.client.cookieHeader,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    },
  });
  const answer = new Promise<{ status: number; code: string | undefined }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let got = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        got += piece;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, code: JSON.parse(got || '{}').code }),
      );
    });
  });
  request.flushHeaders();
  await eventually(async () => expect(await lastSeen(who.userId)).not.toBeNull());
  return () => {
    request.end(text);
    return answer;
  };
}

test('B12.1 a write that began before its admin was removed makes no invitation after it', async () => {
  const bo = await secondAdmin('bo');
  const end = await begin(bo, 'POST', '/api/v1/invitations', { role: 'admin' });
  expect((await admin.send('DELETE', `/api/v1/members/${bo.userId}`)).status).toBe(204);
  expect(await end()).toEqual({ status: 401, code: 'not_signed_in' });
  expect((await admin.get('/api/v1/invitations')).json.invitations).toEqual([]);
});

test('B12.1 nor does one who is no admin any more make an admin', async () => {
  const cora = await secondAdmin('cora');
  const path = `/api/v1/members/${cora.userId}`;
  const end = await begin(cora, 'PATCH', path, { role: 'admin' });
  expect((await admin.send('PATCH', path, { role: 'rep' })).status).toBe(200);
  expect(await end()).toEqual({ status: 403, code: 'not_allowed' });
  expect((await cora.client.get('/api/v1/me')).json.role).toBe('rep');
});
