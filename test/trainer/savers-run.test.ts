// A run with memory savers from its spec to its receipt: planned with them, the same result with those that promise it, labelled where not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type SaverName } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';

async function data(): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 16, height: 16, channels: 3 }, folder);
  return folder;
}

async function run(datasetFolder: string, savers?: SaverName[]) {
  const outFolder = temporaryFolder();
  const spec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 16, micro: 5, epochs: 1, ...(savers && { savers }) } as const;
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec: { ...spec, savers }, datasetFolder, outFolder }, new AbortController().signal))
    events.push(event);
  const { plan } = events.find((event): event is RunEventOf<'planned'> => event.kind === 'planned')!;
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  return { plan, receipt, weights: readFileSync(join(outFolder, 'weights.bin')) };
}

test('exact savers: less planned, less used, the same model, "identical"', async () => {
  const folder = await data();
  const [plain, saving] = [await run(folder), await run(folder, ['recompute', 'light-layers'])];
  expect(saving.weights.equals(plain.weights)).toBe(true);
  expect(saving.receipt.plan.verdict).toEqual({ kind: 'identical' });
  expect(saving.receipt.spec.savers).toEqual(['recompute', 'light-layers']);
  expect(saving.plan.peakBytes).toBeLessThan(plain.plan.peakBytes);
  expect(saving.receipt.peakBytes).toBeLessThan(plain.receipt.peakBytes);
}, 60_000);

test('8 bits: another model, and plan and receipt say so with the measured figure', async () => {
  const folder = await data();
  const [plain, saving] = [await run(folder), await run(folder, ['int8-activations'])];
  expect(saving.weights.equals(plain.weights)).toBe(false);
  for (const { verdict } of [saving.plan, saving.receipt.plan])
    expect(verdict).toMatchObject({ kind: 'not-identical', because: expect.stringMatching(/8 bits.*\(\d[\d.]* % off/) as string });
}, 60_000);
