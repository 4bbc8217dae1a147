/**
 * Writes schema-manifest.json from what the migrations make of an empty database. Run it after adding a
 * migration and commit the result. It starts a throw-away server of its own:
 *
 *   npm run write-manifest -w packages/store
 */
import { writeFile } from 'node:fs/promises';
import { openDatabase } from '../src/database.ts';
import { introspectSchema } from '../src/introspect-schema.ts';
import { startTestServer } from '../src/testing/test-server.ts';

const server = await startTestServer(undefined);
const url = new URL(server.adminUrl);
url.pathname = `/${server.template}`;
const db = openDatabase(url.href);
try {
  const manifest = JSON.stringify(await introspectSchema(db), null, 2);
  await writeFile(new URL('../schema-manifest.json', import.meta.url), `${manifest}\n`);
  console.log('schema-manifest.json is written.');
} finally {
  await db.close();
  await server.stop();
}
