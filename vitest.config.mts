// Unit tests: the same tree as src, in plain Node. The real window is tested by test/e2e (scripts/test.mjs).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/quick-arrays.ts'],
    exclude: ['test/e2e/**', 'test/deep/**', 'test/support/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
