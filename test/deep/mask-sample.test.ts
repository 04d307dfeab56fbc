// What the shipped drawn shapes come to with nothing but defaults, in pictures it never saw, beside plain thresholding: three seeds.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importMasks } from '#datasets/masks/import-masks';
import { openPacked } from '#datasets/packed-dataset';
import { sampleFolder } from '#datasets/sample-folder';
import { splitIndices } from '#datasets/split';
import { defaultSpec } from '#shared/default-spec';
import { runMasks } from '#test/support/mask-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { bestThresholdIoU } from '#test/support/thresholding';

const SEEDS = [1, 2, 3];
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

async function packedShapes(): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importMasks(sampleFolder('shapes'), { kind: 'segmentation', width: 64, height: 64, channels: 1 }, folder);
  return folder;
}

test('shapes: a mean IoU of at least 0.9 on the validation pictures, in the mean of three seeds', async () => {
  const data = await packedShapes();
  const found: number[] = [];
  for (const seed of SEEDS) {
    const { finished } = await runMasks(data, { ...defaultSpec('masks'), seed });
    const { IoU } = finished.validation!.scores!;
    found.push(IoU.value!);
    console.log(`shapes, seed ${seed}: mean IoU ${IoU.value!.toFixed(4)} (${IoU.each!.map((value) => value!.toFixed(4)).join(', ')})`);
  }
  expect(mean(found)).toBeGreaterThanOrEqual(0.9);
}, 3_600_000);

test('the control: thresholding at its best finds at most 0.6 in the same pictures', async () => {
  const data = await packedShapes();
  const opened = await openPacked(data, 0);
  const { manifest } = opened;
  opened.close();
  for (const seed of SEEDS) {
    const { validation } = splitIndices(manifest, { validationShare: defaultSpec('masks').validationShare, seed });
    const found = await bestThresholdIoU(data, validation);
    console.log(`shapes, seed ${seed}: thresholding ${found.toFixed(4)}`);
    expect(found).toBeLessThanOrEqual(0.6);
    expect(found, 'more than to call all of it background').toBeGreaterThan(1 / 3);
  }
}, 300_000);
