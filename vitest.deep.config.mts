// The long proofs of test/deep, one at a time: they want the whole machine.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/deep/**/*.test.ts'],
    setupFiles: ['test/support/quick-arrays.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 30 * 60_000,
  },
});
