import type { SyncStatus } from '@tandem/api';
import { EXAMPLES } from '@tandem/api/examples';
import type { TandemClient } from '@tandem/client';
import { expect, test } from 'vitest';
import { compareAndWait } from './sync-compare.ts';
import { waitForImport } from './sync-import.ts';

const STATUS = EXAMPLES.syncStatus.reply as SyncStatus;
const RUNNING = {
  state: 'running',
  found: null,
  imported: 0,
  linked: 0,
  skipped: 0,
  remaining: null,
} as const;

/** Answers with one status after the other, the last one for ever. */
async function follow(
  statuses: readonly Partial<SyncStatus>[],
  seconds = 600,
  wait: typeof waitForImport = waitForImport,
) {
  const shown: string[] = [];
  const cli = { exitCode: 0 };
  let asked = 0;
  const syncStatus = async () => {
    const status = statuses[Math.min(asked, statuses.length - 1)];
    asked += 1;
    return { ...STATUS, ...status };
  };
  const said = await wait(
    {
      client: { syncStatus, compareNow: async () => undefined } as unknown as TandemClient,
      progress: (line) => shown.push(line),
      options: { seconds },
      cli: cli as never,
    },
    async () => undefined,
  );
  return { shown, asked, code: cli.exitCode, lines: said.lines };
}

test('B6.3 an import is followed to its end, with what was found, imported and remains', async () => {
  const { shown, code, lines } = await follow([
    { import: null },
    { import: RUNNING },
    { import: { ...RUNNING, found: 66, imported: 40, skipped: 2, remaining: 24 } },
    {
      state: 'in_step',
      import: { ...RUNNING, state: 'done', found: 66, imported: 64, skipped: 2, remaining: 0 },
    },
  ]);
  expect(shown).toEqual([
    'Importing begins',
    'Importing: 0 imported, 0 linked, 0 skipped, still counting.',
    'Importing: 40 imported, 0 linked, 2 skipped, 66 found, 24 remaining.',
  ]);
  expect([code, lines]).toEqual([0, ['The import is done: 64 imported, 0 linked, 2 skipped.']]);
});

test('B6.3 an import that waits for a person is not waited for; whose move it is stands there', async () => {
  const { asked, code, lines } = await follow([
    { import: RUNNING },
    { state: 'needs_sign_in', import: RUNNING },
  ]);
  expect([asked, code]).toEqual([2, 1]);
  expect(lines.join('\n')).toContain('Sign in to Salesforce again');
});

test('B6.3 waiting has an end, and the exit code says that the import has not', async () => {
  const { asked, code, lines } = await follow([{ import: RUNNING }], 5);
  expect([asked, code]).toEqual([6, 1]);
  expect(lines[0]).toMatch(/^Importing: /);
});

test('R13 a comparison that was asked for is followed until it, and not the one before, is done', async () => {
  const before = {
    state: 'done',
    compared: 70,
    agreed: 70,
    missing: 0,
    startedAt: '2026-11-24T08:00:00.000Z',
    finishedAt: '2026-11-24T08:01:00.000Z',
  } as const;
  const running = {
    ...before,
    state: 'running',
    compared: 40,
    agreed: 39,
    finishedAt: null,
  } as const;
  const after = { ...before, agreed: 69, finishedAt: '2026-11-24T09:01:00.000Z' };
  const { shown, code, lines } = await follow(
    [before, { ...before, state: 'wanted' as const }, running, after].map((comparison) => ({
      state: 'in_step' as const,
      comparison,
    })),
    600,
    compareAndWait,
  );
  expect(shown).toEqual([
    `A comparison begins soon. 70 of 70 agree, checked ${before.finishedAt}.`,
    'Comparing: 39 of 40 agree so far.',
  ]);
  expect([code, lines]).toEqual([0, [`Compared: 69 of 70 agree, checked ${after.finishedAt}.`]]);
});
