// What the shipped digits come to with nothing but defaults: three seeds.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { sampleFolder } from '#datasets/sample-folder';
import { defaultSpec } from '#shared/default-spec';
import type { RunEvent } from '#shared/run-event';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';

test('digits: at least 98 % of the validation pictures right in the mean of three seeds', async () => {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(sampleFolder('digits'), { width: 8, height: 8, channels: 1 }, datasetFolder);
  const accuracies: number[] = [];
  for (const seed of [1, 2, 3]) {
    let last: RunEvent | undefined;
    const request = { spec: { ...defaultSpec('pictures'), seed }, datasetFolder, outFolder: temporaryFolder() };
    for await (last of executeRun(request, new AbortController().signal));
    if (last?.kind === 'finished') accuracies.push(last.validation!.accuracy);
  }
  console.log(`digits: ${accuracies.map((accuracy) => accuracy.toFixed(4)).join(', ')}`);
  expect(accuracies.length).toBe(3);
  expect(accuracies.reduce((a, b) => a + b, 0) / 3).toBeGreaterThanOrEqual(0.98);
}, 600_000);
