import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the build made, from its own list of chunks. */
const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'packages', 'web', 'dist');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** Each script that is read before these entries can run, with its bytes as gzip sends them. */
export function scriptsOf(...entries: readonly string[]): ReadonlyMap<string, number> {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const scripts = new Map<string, number>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}.`);
    if (scripts.has(chunk.file)) return;
    scripts.set(chunk.file, statSync(join(DIST, `${chunk.file}.gz`)).size);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return scripts;
}
