// What the shipped drawn shapes come to with a U-Net: pieces of the picture found, in pictures it never saw.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importMasks } from '#datasets/masks/import-masks';
import { sampleFolder } from '#datasets/sample-folder';
import { runMasks } from '#test/support/mask-runs';
import { temporaryFolder } from '#test/support/temporary-folder';

test('shapes: a mean IoU of at least 0.75 on the validation pictures, batch 64', async () => {
  const data = join(temporaryFolder(), 'version');
  await importMasks(sampleFolder('shapes'), { kind: 'segmentation', width: 64, height: 64, channels: 1 }, data);
  const { finished } = await runMasks(data, { engine: 'auto', batch: 64, epochs: 30, schedule: 'cosine' });
  const { IoU, Dice } = finished.validation!.scores!;
  console.log(
    `shapes: mean IoU ${IoU.value!.toFixed(4)} (${IoU.each!.map((value) => value!.toFixed(4)).join(', ')}), Dice ${Dice.value!.toFixed(4)}`,
  );
  expect(IoU.value).toBeGreaterThanOrEqual(0.75);
  // The control: to call everything background would be a third of its share.
  expect(IoU.each![1]).toBeGreaterThan(0.6);
  expect(IoU.each![2]).toBeGreaterThan(0.6);
}, 600_000);
