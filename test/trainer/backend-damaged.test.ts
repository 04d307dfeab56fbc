// The choice among engines where an installation was interrupted: said, and the next engine is taken.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { platformProblem } from '#trainer/tensorflow/install/platform';
import { partialFolder } from '#trainer/tensorflow/install/locate';
import { loadEngine } from '#trainer/backend';

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'overbatch-'));
  process.env.OVERBATCH_CACHE = cache;
  mkdirSync(partialFolder('cpu'), { recursive: true });
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

it.skipIf(platformProblem())('WebAssembly runs and the report says which one could not and why', async () => {
  const { report } = await loadEngine('auto');
  expect(report.name).toBe('wasm');
  expect(report.reason).toBe('TensorFlow on the processor could not be loaded, so WebAssembly runs.');
  expect(report.skipped[1]).toMatchObject({ name: 'tensorflow-cpu', reason: expect.stringMatching(/interrupted|compiler/) as string });
});
