/**
 * `npm run bad-requests -- --count 100000`: sends the real server, over HTTP and with a database of its own, requests
 * made of the OpenAPI document with one thing wrong in each. Every one must be refused with a code, in time, and
 * nothing may have changed afterwards. `--seed N` sends others. The last line is "N requests, V failures".
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const count = wholeNumber('count', values.count);
const seed = wholeNumber('seed', values.seed);

await installMissing();
(await import('tsx/esm/api')).register();
const { provideDatabase } = await import('@tandem/store');
const { prepareTables } = await import('../packages/server/src/database/prepare-database.ts');
const { startTestServer } = await import('../packages/server/src/testing/test-server.ts');
const { tryBadRequests } = await import('../packages/server/src/testing/try-bad-requests.ts');

const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bad-requests-'));
chmodSync(dataDir, 0o711);
try {
  const database = await provideDatabase({ databaseUrl: null, dataDir });
  try {
    await prepareTables(database.url);
    const tandem = await startTestServer({ databaseUrl: database.url });
    try {
      await run(tandem, database.url);
    } finally {
      await tandem.close();
    }
  } finally {
    await database.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function run(tandem, databaseUrl) {
  const begun = performance.now();
  const report = await tryBadRequests(tandem, databaseUrl, {
    count,
    seed,
    onBatch: (tried) => {
      if (process.stdout.isTTY) process.stdout.write(`\r… ${tried} of ${count}`);
    },
  });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
  const list = (counts) =>
    Object.entries(counts)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  console.log(`What was wrong: ${list(report.kinds)}`);
  console.log(`Answers: ${list(report.answers)}`);
  console.log(`Time: ${Math.round((performance.now() - begun) / 1000)} s, seed ${seed}`);
  for (const failure of report.failures) console.log(`✗ ${failure}`);
  for (const table of report.changed) console.log(`✗ ${table} holds something else than before`);
  const failures = report.failures.length + report.changed.length;
  console.log(`${report.tried} requests, ${failures} failures`);
  process.exitCode = failures === 0 ? 0 : 1;
}

function wholeNumber(name, text) {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  console.error(`--${name} must be a whole number above 0, not "${text}".`);
  process.exit(2);
}
