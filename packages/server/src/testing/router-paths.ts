import { readFileSync } from 'node:fs';

const ROUTER = new URL('../../../web/src/app/router.tsx', import.meta.url);
/** Fewer were found: the router is written in another way than is looked for here. */
const PATHS_MIN = 20;

/** Every address of the web app, read from its router, so that a new page is in every table of pages by itself. */
export function routerPaths(id: string): readonly string[] {
  const source = readFileSync(ROUTER, 'utf8');
  const parts = [...source.matchAll(/getParentRoute: \(\) => (\w+),\s+path: '([^']+)'/g)];
  if (parts.length < PATHS_MIN) throw new Error('The router has fewer pages than it had.');
  return parts.map(([, parent, path = '']) =>
    (parent === 'settingsRoute' ? `/settings${path}` : path).replace(/\$\w+/, id),
  );
}
