/**
 * Writes schema-manifest.json from what the migrations make of an empty database. Run it after adding a
 * migration and commit the result:
 *
 *   npm run write-manifest -w packages/store -- postgres://…/an_empty_database
 */
import { writeFile } from 'node:fs/promises';
import { openDatabase } from '../src/database.ts';
import { introspectSchema } from '../src/introspect-schema.ts';
import { migrate } from '../src/migrate.ts';

const url = process.argv[2];
if (url === undefined) {
  console.error('Name the database: postgres://user@host:port/an_empty_database');
  process.exit(1);
}
const db = openDatabase(url);
try {
  await migrate(db);
  const manifest = JSON.stringify(await introspectSchema(db), null, 2);
  await writeFile(new URL('../schema-manifest.json', import.meta.url), `${manifest}\n`);
  console.log('schema-manifest.json is written.');
} finally {
  await db.close();
}
