// The real app in its real window, three test files at a time: an app waits more than it computes (two used two thirds of two cores). scripts/proof/stages.mjs runs the offline project where no network exists. The longest walks take 136 s there.
import { defineConfig } from 'vitest/config';

const shared = { globalSetup: 'test/e2e/set-up.ts', pool: 'forks' as const, testTimeout: 300_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: 'window', include: ['test/e2e/**/*.test.ts'], exclude: ['test/e2e/offline/**'] } },
      { test: { ...shared, name: 'offline', include: ['test/e2e/offline/**/*.test.ts'] } },
    ],
  },
});
