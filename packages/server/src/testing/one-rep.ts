import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import type { TestClient } from './client.ts';
import { connectSalesforce } from './connect-salesforce.ts';
import { type RunningTandem, startTestServer } from './test-server.ts';

/** The rep's user in the sandbox org. */
export const MARA = { username: 'mara@aldermoor.example' };

/** A server with a worker, an empty org, and Mara, who has signed up. */
export interface OneRep {
  readonly database: TestDatabase;
  readonly sandbox: Sandbox;
  readonly tandem: RunningTandem;
  readonly mara: TestClient;
  close(): Promise<void>;
}

export async function startOneRep(): Promise<OneRep> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const database = await testDatabase();
    closing.push(() => database.drop());
    const sandbox = await createSandbox({ seed: 'empty' });
    closing.push(() => sandbox.close());
    const tandem = await startTestServer({
      databaseUrl: database.url,
      salesforceUrl: sandbox.url,
      worker: true,
    });
    closing.push(() => tandem.close());
    const mara = tandem.client();
    await mara.signUp('Mara');
    return { database, sandbox, tandem, mara, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same, with Salesforce connected and sync on. */
export async function startOneRepInSync(): Promise<OneRep> {
  const one = await startOneRep();
  await connectSalesforce(one.mara, one.tandem.url, MARA);
  await one.mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  return one;
}
