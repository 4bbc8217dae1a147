import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

/** Every write of the API, asked for by a page of somebody else in the browser of who is signed in. */

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const writes = (Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][]).filter(
  ([, { method }]) => method !== 'GET',
);
/** What a browser says of a form, a script and a frame of another site, and of another port of this machine. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'http://127.0.0.1:9', 'sec-fetch-site': 'same-site' },
];

let database: TestDatabase;
let tandem: RunningTandem;
let juno: TestClient;
let program: TestClient;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  juno = tandem.client();
  await juno.signUp('Juno Vale');
  program = tandem.client();
  program.token = (await juno.send('POST', '/api/v1/tokens', { name: 'program' })).json.token;
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const addressOf = ({ path }: EndpointContract) => path.replaceAll(/\{\w+\}/g, UNKNOWN_ID);

describe('B12.1 a write that rides on a cookie', () => {
  test('there are as many writes as the contract has, and the session of this test could make them', async () => {
    expect(writes.length).toBeGreaterThan(40);
    expect((await juno.get('/api/v1/me')).status).toBe(200);
  });

  test.each(writes)(
    'B12.1 %s is refused from another site, and changes nothing',
    async (name, contract) => {
      const before = await fingerprint(database.url);
      for (const headers of FOREIGN) {
        const reply = await juno.send(
          contract.method,
          addressOf(contract),
          GOOD_BODY[name],
          headers,
        );
        expect([reply.status, reply.json?.code], JSON.stringify(headers)).toEqual([
          403,
          'cross_site',
        ]);
        expect(reply.headers.getSetCookie()).toEqual([]);
      }
      expect(await fingerprint(database.url)).toEqual(before);
    },
  );
});

describe('B12.1 the same write with a token', () => {
  test.each(writes.filter(([, { who }]) => who !== 'anybody'))(
    'B12.1 %s is taken wherever the program runs: nobody else’s browser has its token',
    async (name, contract) => {
      for (const headers of FOREIGN.slice(0, 2)) {
        const reply = await program.send(
          contract.method,
          addressOf(contract),
          GOOD_BODY[name],
          headers,
        );
        expect(['cross_site', 'not_signed_in', 'internal']).not.toContain(reply.json?.code);
      }
    },
  );
});

describe('B12.1 reads', () => {
  test('a GET changes nothing that another site could want changed', async () => {
    const reads = (Object.values(ENDPOINTS) as EndpointContract[]).filter(
      ({ method, media }) => method === 'GET' && media === undefined,
    );
    const before = await fingerprint(database.url);
    for (const one of reads) {
      const reply = await juno.send('GET', addressOf(one), undefined, FOREIGN[0]);
      expect(reply.headers.get('access-control-allow-origin')).toBeNull();
      expect(reply.status).not.toBe(500);
    }
    expect(await fingerprint(database.url)).toEqual(before);
  });
});
