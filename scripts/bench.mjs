/**
 * `npm run bench`: one JSON line a figure: name, value, unit, baseline, ratio (value / baseline). The baselines were
 * measured on two cores with the database on the same machine; compare the ratio, not the value, across machines.
 * `npm run bench -- --write` makes today's figures the baseline. The baseline of what an org is charged is not ours: it
 * is the fewest calls that Salesforce's own limits allow (E1 to E4); that of the simulator is what we owe.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countCalls } from './lib/economy.mjs';
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { inRoot } from './lib/paths.mjs';

requireNode();
await installMissing();
(await import('tsx/esm/api')).register();
const { provideDatabase } = await import('@tandem/store');
const { benchWakeUp } = await import('../packages/store/bench/wake-up.ts');
const { benchPlan } = await import('../packages/engine/bench/plan.ts');
const { benchWorlds } = await import('../packages/simulator/bench/worlds.ts');

const BASELINES = inRoot('scripts', 'bench-baselines.json');
const baselines = JSON.parse(readFileSync(BASELINES, 'utf8'));
const figures = {};

function emit({ name, value, unit, floor }) {
  const baseline = floor ?? baselines[name] ?? null;
  const ratio = baseline === null ? null : Math.round((value / baseline) * 1000) / 1000;
  if (floor === undefined) figures[name] = value;
  console.log(JSON.stringify({ name, value, unit, baseline, ratio }));
}

for (const figure of benchPlan()) emit(figure);
for (const figure of await benchWorlds()) emit(figure);
const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
chmodSync(dataDir, 0o711);
try {
  const begun = performance.now();
  const first = await provideDatabase({ databaseUrl: null, dataDir });
  emit({ name: 'postgres.first_start', value: since(begun), unit: 'ms' });
  await first.stop();
  const again = performance.now();
  const server = await provideDatabase({ databaseUrl: null, dataDir });
  emit({ name: 'postgres.next_start', value: since(again), unit: 'ms' });
  try {
    for (const figure of await benchWakeUp(server.url)) emit(figure);
  } finally {
    await server.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
const calls = await countCalls();
for (const figure of calls.figures) emit(figure);
if (calls.failure !== null) {
  console.error(calls.failure);
  process.exitCode = 1;
} else if (process.argv.includes('--write'))
  writeFileSync(BASELINES, `${JSON.stringify(figures, null, 2)}\n`);

function since(begun) {
  return Math.round(performance.now() - begun);
}
