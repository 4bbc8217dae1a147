/** `npm run sim:mutants`: breaks each rule of the engine on purpose and counts the seeds until the simulation notices. */
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
await installMissing();
(await import('tsx/esm/api')).register();
const { mutantsMain } = await import('../packages/simulator/src/cli/mutants-main.ts');
const { terminalOutput } = await import('../packages/simulator/src/cli/output.ts');
process.exitCode = await mutantsMain(process.argv.slice(2), terminalOutput(process.stdout));
