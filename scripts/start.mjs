/** `npm start`: everything on this machine, from a fresh clone with nothing but Node and npm. */
import { buildWeb } from './lib/build-web.mjs';
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { createProgress } from './lib/progress.mjs';

requireNode();
const { step } = createProgress();
try {
  await step('Packages', installMissing);
  await step('Web page', buildWeb);
  // Only now: these need what was installed.
  const { runStack } = await import('./lib/run-stack.mjs');
  await runStack();
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
