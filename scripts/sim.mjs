/**
 * `npm run sim`: the whole engine in a simulated world, from seeds. The last line is exactly
 * "N runs, V violations, X runs/s". docs/HACKING.md lists the options.
 */
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
await installMissing();
(await import('tsx/esm/api')).register();
const { main } = await import('../packages/simulator/src/cli/main.ts');
const { terminalOutput } = await import('../packages/simulator/src/cli/output.ts');
process.exitCode = await main(process.argv.slice(2), terminalOutput(process.stdout));
