// npx vitest run --config test/support/window/look.config.mts: every page in every state, as pictures under test-results/look.
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  test: {
    include: ['test/support/window/look.test.ts'],
    globalSetup: 'test/support/window/set-up.ts',
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
