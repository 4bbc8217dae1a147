import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * One project per world; the suffix of a test file says which one it needs. The times only end what hangs: a busy
 * machine with two cores takes ten times as long as a quiet one, and a test that goes on after its time disturbs the
 * next one as well.
 */
const node = {
  environment: 'node',
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
} as const;

/** Files that leave nothing behind share what they import: to load the server 70 times takes minutes. */
const sharing = { ...node, isolate: false } as const;

/** These measure how quick something is, so nothing else runs beside them. */
const MEASURES = [
  'e2e/economy.e2e.test.ts',
  'e2e/first-page.e2e.test.ts',
  'e2e/ten-thousand-changes.e2e.test.ts',
  'e2e/ten-thousand.e2e.test.ts',
  'e2e/two-seconds.e2e.test.ts',
  'packages/server/src/jobs/three-seconds.pg.test.ts',
  'packages/store/src/tasks/scale.pg.test.ts',
];

/** The whole stack, some with a browser. */
const e2e = {
  ...sharing,
  globalSetup: 'packages/store/src/testing/global-setup.ts',
  setupFiles: 'e2e/support/tell-failures.ts',
} as const;

export default defineConfig({
  test: {
    // Tests with a browser, a server or a database wait at least as long as they compute.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      {
        test: {
          ...sharing,
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'docs/**/*.test.ts',
          ],
          exclude: ['**/*.{pg,sim,e2e}.test.{ts,tsx}', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...sharing,
          name: 'pg',
          include: ['packages/*/src/**/*.pg.test.ts'],
          exclude: [...MEASURES, '**/node_modules/**'],
          globalSetup: ['packages/store/src/testing/global-setup.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'sim',
          include: ['packages/simulator/src/**/*.sim.test.ts'],
        },
      },
      {
        test: {
          ...e2e,
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: [...MEASURES, '**/node_modules/**'],
        },
      },
      {
        test: {
          ...e2e,
          name: 'measures',
          include: MEASURES,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
