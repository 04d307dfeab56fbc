// The long proofs of test/deep, one at a time: they want the whole machine. Those in window/ start the real app, those in package/ what npm run package makes.
import { defineConfig } from 'vitest/config';

const shared = {
  setupFiles: ['test/support/quick-arrays.ts'],
  pool: 'forks' as const,
  testTimeout: 30 * 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      { test: { ...shared, name: 'deep', include: ['test/deep/**/*.test.ts'], exclude: ['test/deep/{window,package,soak}/**'] } },
      {
        test: { ...shared, name: 'deep-package', include: ['test/deep/package/*.test.ts'], globalSetup: 'test/deep/package/set-up.ts' },
      },
      // Where there is no network: started by no-network.test.ts.
      ...(process.env.OVERBATCH_OFFLINE
        ? [{ test: { ...shared, name: 'deep-package-offline', include: ['test/deep/package/offline/*.test.ts'] } }]
        : []),
      {
        test: {
          ...shared,
          name: 'deep-window',
          include: ['test/deep/window/**/*.test.ts'],
          globalSetup: 'test/e2e/set-up.ts',
        },
      },
      // Hours: only for whoever says how many (npm run soak).
      ...(process.env.OVERBATCH_SOAK
        ? [
            {
              test: {
                ...shared,
                name: 'soak',
                include: ['test/deep/soak/**/*.test.ts'],
                globalSetup: 'test/e2e/set-up.ts',
              },
            },
          ]
        : []),
    ],
  },
});
