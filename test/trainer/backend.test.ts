// The choice among engines where no native one is installed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEngine } from '#trainer/backend';

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'overbatch-'));
  process.env.OVERBATCH_CACHE = cache;
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

it('a named engine that is not here is a failure with a sentence, and another can be tried', async () => {
  for (const engine of ['tensorflow-cuda', 'tensorflow-cpu'] as const) {
    await expect(loadEngine(engine)).rejects.toMatchObject({
      name: 'FailureError',
      failure: { kind: 'engine-unavailable', engine, reason: expect.stringMatching(/\.$/) as string },
    });
  }
});

it('by itself WebAssembly is taken, with the reason and those left out', async () => {
  const { report } = await loadEngine('auto');
  expect(report.name).toBe('wasm');
  expect(report.reason).toBe('TensorFlow is not installed, so WebAssembly (which ships with Overbatch) runs.');
  expect(report.skipped.map(({ name }) => name)).toEqual(['tensorflow-cuda', 'tensorflow-cpu']);
  for (const { reason } of report.skipped) expect(reason).toMatch(/^[A-Z].*\.$/);
});

it('it is loaded once, and stays the only one of the process', async () => {
  const runtime = await loadEngine('auto');
  expect(await loadEngine('wasm')).toBe(runtime);
  await expect(loadEngine('js')).rejects.toMatchObject({ failure: { kind: 'engine-unavailable', engine: 'js' } });
  expect(await loadEngine('auto')).toBe(runtime);
});
