// Unit tests: the same tree as src, in plain Node. The real window is tested by test/e2e (scripts/test.mjs).
import { defineConfig } from 'vitest/config';

const common = { setupFiles: ['test/support/quick-arrays.ts'], pool: 'forks' as const, testTimeout: 30_000 };
const within = (folders: string): string => `test/{${folders}}/**/*.test.ts`;
/** What loads TensorFlow into the process, exchanges kernels of TensorFlow.js, or starts whole programs. */
const ALONE = 'engine,trainer,cli,native';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Their files share processes: a third of their time was starting one and reading the same modules for each.
      {
        test: {
          ...common,
          name: 'together',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [within(`${ALONE},e2e,deep,support`)],
        },
      },
      { test: { ...common, name: 'alone', include: [within(ALONE)] } },
    ],
  },
});
