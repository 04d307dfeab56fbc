// Unit tests: the same tree as src, in plain Node. The real window is tested by test/e2e (scripts/test.mjs).
import { defineConfig } from 'vitest/config';

const common = { setupFiles: ['test/support/quick-arrays.ts'], pool: 'forks' as const, testTimeout: 60_000 };
/** What uses more than one engine, exhausts a process's memory on purpose, reads how much of it is in use, or finds no engine in it. */
const ALONE = [
  'test/trainer/!(tensorflow)/**/*.test.ts',
  'test/trainer/*.test.ts',
  'test/bench/process-memory.test.ts',
  'test/trainer/tensorflow/{exhaustion,exhaustion-of-ours,load,meter}.test.ts',
  'test/native/**/*.test.ts',
];

/** Of those in test/trainer, what knows no engine or only the JavaScript one, and what WebAssembly is proved by from one loading of it. */
const PLAIN = [
  'test/trainer/{checkpoint,checkpoint-keeper,pretrained,saved-model}.test.ts',
  'test/trainer/{asking/kept,evaluation/facts,evaluation/gather,exports/handed-over,features/feature-file,features/proven-rows}.test.ts',
  'test/trainer/{input/read-ahead,planning/batch-sizes,planning/interpolate,planning/others-at-work,planning/peak-curve}.test.ts',
  'test/trainer/own-model/{named-weights,number-formats,own-model-start,read-own-model,take-model}.test.ts',
  'test/trainer/transfer/{hostile,pack-runs}.test.ts',
];
const WASM = [
  'test/trainer/wasm/{batch-norm,dropout,exactness,kernels,losses,metrics,once-per-step,optimizer-matrix,random-runs,samples}.test.ts',
  'test/trainer/wasm/{transformer-kernels,weights-and-masks}.test.ts',
];

/** Their files share processes: a third of the time was starting one and reading the same modules for each. Kernels are a process's, so each engine has its own. */
const shared = (name: string, include: string[], exclude = ALONE) => ({ test: { ...common, name, isolate: false, include, exclude } });
const within = (folder: string) => [`test/${folder}/**/*.test.ts`];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      shared('tensorflow', within('trainer/tensorflow')),
      shared('engine', within('engine')),
      shared('cli', within('cli')),
      shared('together', within('{bench,datasets,exports,main,renderer,scripts,shared,store}')),
      shared('plain', PLAIN, []),
      shared('wasm', WASM, []),
      { test: { ...common, name: 'alone', include: ALONE, exclude: [...PLAIN, ...WASM] } },
    ],
  },
});
