// npx vitest run --config test/support/window/look.config.mts: every page in every state, as pictures under test-results/look.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/support/window/look.test.ts'],
    globalSetup: 'test/e2e/set-up.ts',
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
