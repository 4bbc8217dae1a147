import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError, SECRET_KEY_LENGTH_MIN } from './config-error.ts';

const FILE = 'secret-key';
/** Of before, until nothing is left that it sealed. */
const FORMER_FILE = 'secret-key.previous';

/**
 * The key of an installation that set none: made once and kept in the data folder, readable by the
 * owner only. Written under a temporary name and linked, so that two first starts agree on one key.
 */
export function keepSecretKey(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, FILE);
  const kept = readIfThere(path);
  if (kept !== null) return checked(kept, path);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(draft, { force: true });
  }
  return checked(readFileSync(path, 'utf8').trim(), path);
}

/** Null: there is none, which is the rule. */
export function keptFormerKey(dataDir: string): string | null {
  const path = join(dataDir, FORMER_FILE);
  const kept = readIfThere(path);
  return kept === null ? null : checked(kept, path);
}

/** A new key takes the place of the kept one, which moves aside. The former is written first: no moment has neither. */
export function replaceKeptKey(dataDir: string): void {
  const path = join(dataDir, FILE);
  const former = join(dataDir, FORMER_FILE);
  writeFileSync(former, `${keepSecretKey(dataDir)}\n`, { mode: 0o600, flag: 'wx' });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

export function forgetFormerKey(dataDir: string): void {
  rmSync(join(dataDir, FORMER_FILE), { force: true });
}

/** When the kept key became what it is; null: none is kept. */
export function keptKeySince(dataDir: string): number | null {
  return statSync(join(dataDir, FILE), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ConfigError(
      'TANDEM_SECRET_KEY',
      `TANDEM_SECRET_KEY is not set and the kept key in ${path} cannot be read; set the variable or repair the file.`,
    );
  }
}

function checked(key: string, path: string): string {
  if (key.length < SECRET_KEY_LENGTH_MIN) {
    throw new ConfigError(
      'TANDEM_SECRET_KEY',
      `TANDEM_SECRET_KEY is not set and the kept key in ${path} is damaged (shorter than ${SECRET_KEY_LENGTH_MIN} characters); put back the file or set the variable.`,
    );
  }
  chmodSync(path, 0o600);
  return key;
}
