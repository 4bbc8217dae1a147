/**
 * Databases for tests. A file that uses them is called `*.pg.test.ts` or `*.e2e.test.ts`: the suffix is what starts a
 * server for the run.
 */
import { requirePgTestFile } from './require-pg-test-file.ts';

requirePgTestFile();

export { emptyDatabase, type TestDatabase, testDatabase } from './test-database.ts';
