/**
 * `npm run chaos`: the real server, workers and PostgreSQL as processes against a sandbox org, killed, stopped and cut
 * off at named points, and afterwards everything people did is looked for. The last line is "N runs, V violations".
 */
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
await installMissing();
(await import('tsx/esm/api')).register();
const { main } = await import('../e2e/chaos/main.ts');

try {
  const violations = await main(process.argv.slice(2));
  // Ctrl-C leaves people of a round in the middle of their deeds; nobody waits for them.
  process.exit(violations === 0 ? 0 : 1);
} catch (error) {
  // Wrong usage speaks for itself; of anything else the place helps.
  console.error(error?.name === 'WrongUsage' ? error.message : error);
  process.exitCode = 2;
}
