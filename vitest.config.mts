// Unit tests: the same tree as src, in plain Node. The real window is tested by test/e2e (scripts/test.mjs).
import { defineConfig } from 'vitest/config';

const common = { setupFiles: ['test/support/quick-arrays.ts'], pool: 'forks' as const, testTimeout: 30_000 };
/** What uses more than one engine, exhausts a process's memory on purpose, reads how much of it is in use, or finds no engine in it. */
const ALONE = [
  'test/trainer/!(tensorflow)/**/*.test.ts',
  'test/trainer/*.test.ts',
  'test/bench/process-memory.test.ts',
  'test/trainer/tensorflow/{exhaustion,exhaustion-of-ours,load,meter}.test.ts',
  'test/native/**/*.test.ts',
];

/** Their files share processes: a third of the time was starting one and reading the same modules for each. Kernels are a process's, so each engine has its own. */
const shared = (name: string, folder: string) => ({
  test: { ...common, name, isolate: false, include: [`test/${folder}/**/*.test.ts`], exclude: ALONE },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      shared('tensorflow', 'trainer/tensorflow'),
      shared('engine', 'engine'),
      shared('cli', 'cli'),
      shared('together', '{bench,datasets,exports,main,renderer,scripts,shared,store}'),
      { test: { ...common, name: 'alone', include: ALONE } },
    ],
  },
});
