import type { TestProject } from 'vitest/node';
import { removeAbandonedServers } from './abandoned-servers.ts';
import { startTestServer } from './test-server.ts';

/** Vitest's global setup of the worlds `pg` and `e2e`: one server for the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedServers();
  const { stop, ...server } = await startTestServer(process.env.TANDEM_TEST_DATABASE_URL);
  project.provide('tandemTestServer', server);
  return stop;
}
