import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * One project per world; the suffix of a test file says which one it needs. The times only end what hangs: a busy
 * machine with two cores takes ten times as long as a quiet one.
 */
const node = { environment: 'node', testTimeout: 60_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  test: {
    // Vitest would leave one core to the watcher; a run that ends has no watcher.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          ...node,
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
          ...node,
          name: 'pg',
          include: ['packages/*/src/**/*.pg.test.ts'],
          globalSetup: ['packages/store/src/testing/global-setup.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'sim',
          include: ['packages/simulator/src/**/*.sim.test.ts'],
          testTimeout: 180_000,
        },
      },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          globalSetup: ['packages/store/src/testing/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
