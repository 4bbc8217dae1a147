import { expect } from 'vitest';

const NEEDS_SERVER = /\.(pg|e2e)\.test\.tsx?$/;

/** Stops a test file whose name does not say that it needs PostgreSQL: no server would be there for it. */
export function requirePgTestFile(path: string | undefined = expect.getState().testPath): void {
  if (path === undefined || NEEDS_SERVER.test(path)) return;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const better = name.replace(/(\.(sim|test))*\.tsx?$/, '.pg.test.ts');
  throw new Error(
    `${name} imports @tandem/store/testing, so it needs PostgreSQL, but its name does not say so. Rename it to ${better}: the server is started for *.pg.test.ts and *.e2e.test.ts only.`,
  );
}
