import { afterEach } from 'vitest';
import { forgetClosedWindows, windowTexts } from './window-record.ts';

/** Runs after a test's own clean-up: what the windows of a failed test did and showed goes beside its error. */
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    for (const text of await windowTexts()) {
      process.stderr.write(`\nA window of “${task.name}”:\n${text}\n`);
    }
  }
  forgetClosedWindows();
});
