/** `npm run check`: types, layers, dead code, format, lint, house rules. Under 90 seconds. */
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
await installMissing();
const { runChecks } = await import('./lib/check-steps.mjs');
const begun = performance.now();
const { passed, failed } = await runChecks();
console.log(
  `${passed} passed, ${failed.length} failed in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
