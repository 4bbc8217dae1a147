import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bin, inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** Everything the built page depends on. */
const SOURCES = [
  'packages/web',
  'packages/api/src',
  'package-lock.json',
  'scripts/lib/build-web.mjs',
];
const NOT_SOURCES = new Set(['dist', 'node_modules']);
const STAMP = inRoot('node_modules', '.cache', 'tandem', 'web-build');
const DIST = inRoot('packages', 'web', 'dist');

/** Builds the web page unless its sources are those of the last build. */
export async function buildWeb() {
  const wanted = hashOf(SOURCES);
  if (existsSync(join(DIST, 'index.html')) && readStamp() === wanted) return 'unchanged';
  // Built beside and swapped in, so that a second run at the same time never sees half a page.
  const draft = `${DIST}-${process.pid}`;
  const { code, output } = await run(bin('vite'), [
    'build',
    'packages/web',
    '--outDir',
    draft,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`The web page could not be built:\n${output.trim()}`);
  }
  compress(draft);
  swapIn(draft);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
  return 'built';
}

/** Beside each text file its compressed forms, at the best rate there is: the server only picks one. */
function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function swapIn(draft) {
  const old = `${draft}-old`;
  if (existsSync(DIST)) renameSync(DIST, old);
  try {
    renameSync(draft, DIST);
  } catch (error) {
    // Another run was faster; its page is made of the same sources.
    if (!existsSync(join(DIST, 'index.html'))) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    for (const entry of readdirSync(inRoot(path), { withFileTypes: true }).sort(byName)) {
      const child = `${path}/${entry.name}`;
      if (!entry.isDirectory()) hash.update(child).update(readFileSync(inRoot(child)));
      else if (!NOT_SOURCES.has(entry.name) && !entry.name.startsWith('dist-')) visit(child);
    }
  };
  for (const path of paths) {
    if (/\.m?js(on)?$/.test(path)) hash.update(readFileSync(inRoot(path)));
    else visit(path);
  }
  return hash.digest('hex');
}

const byName = (a, b) => (a.name < b.name ? -1 : 1);

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}
