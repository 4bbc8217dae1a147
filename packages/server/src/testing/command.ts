import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

/** It loads everything from source before it does anything: seconds on a quiet machine, minutes on a busy one. */
export const PROGRAM_STARTS_MS_MAX = 240_000;

/** The `tandem` program as a process of its own, as an operator runs it. */
export function spawnTandem(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, NODE_ENV: '', VITEST: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { child, pid: child.pid ?? 0, output: () => output };
}

/** SIGKILL: no farewell, nothing is given back. */
export async function killOutright(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
