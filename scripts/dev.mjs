/**
 * `npm run dev`: as `npm start`, but the page comes from Vite and changes as you type, and the server starts again when
 * one of its files changes. The database outlives each restart of the server.
 */
import { spawn } from 'node:child_process';
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { bin, inRoot, root } from './lib/paths.mjs';
import { createProgress } from './lib/progress.mjs';

requireNode();
await createProgress().step('Packages', installMissing);

const children = [
  start('tsx', 'watch', '--clear-screen=false', inRoot('scripts', 'lib', 'dev-stack.mjs')),
  start('vite', 'packages/web', '--port', '5173', '--strictPort', '--clearScreen', 'false'),
];
// Ctrl-C reaches the children as well; this process only waits for them.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal));
const [code] = await Promise.race(children.map((one) => one.ended));
stop('SIGTERM');
await Promise.all(children.map((one) => one.ended));
process.exit(code ?? 0);

function start(program, ...args) {
  const child = spawn(bin(program), args, { cwd: root, stdio: 'inherit' });
  return { child, ended: new Promise((resolve) => child.once('close', (...how) => resolve(how))) };
}

function stop(signal) {
  for (const { child } of children) if (child.exitCode === null) child.kill(signal);
}
