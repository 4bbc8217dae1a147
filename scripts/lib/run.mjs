import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** The end of a long output says what went wrong. */
const KEPT_CHARS = 200_000;

/**
 * Runs a program to its end and keeps what it printed. `show` also prints it as it comes.
 * @returns {Promise<{ code: number, output: string, ms: number }>}
 */
export function run(command, args, { show = false, env = process.env } = {}) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARS);
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (code) => resolve({ code, output, ms: performance.now() - begun });
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}
