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
  /** Another one may take its place. */
  tandem: RunningTandem;
  readonly mara: TestClient;
  close(): Promise<void>;
}

/** `events`: the org has change events, and they are followed. */
export async function startOneRep({ events = false } = {}): Promise<OneRep> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const database = await testDatabase();
    closing.push(() => database.drop());
    const sandbox = await createSandbox({ seed: 'empty', ...(events ? { eventsPort: 0 } : {}) });
    closing.push(() => sandbox.close());
    const tandem = await startTestServer({
      databaseUrl: database.url,
      salesforceUrl: sandbox.url,
      ...(events ? { events: sandbox.events } : {}),
      worker: true,
    });
    const mara = tandem.client();
    const one: OneRep = { database, sandbox, tandem, mara, close };
    closing.push(() => one.tandem.close());
    await mara.signUp('Mara');
    return one;
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
