// Masks learnt: every loss stage by stage, what a U-Net comes to, and the saved model's answers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Receipt } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { askOnce } from '#test/support/ask-once';
import { expectSameInPieces } from '#test/support/mask-pieces';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { maskFolder, stripes, valuesPng } from '#test/support/masks';

test.each(['softmax-cross-entropy', 'bce-dice', 'focal'] as const)(
  '%s, exact BatchNorm: any micro-batch ends with the whole batch’s loss and IoU',
  expectSameInPieces,
);

test('it learns: IoU rises far above what all background would have; events, words and receipt say so', async () => {
  const { finished, events, outFolder } = await runMasks(await packedMasks({ count: 24 }), { batch: 8, epochs: 25 });
  const { IoU, Dice } = finished.validation!.scores!;
  expect(IoU.value).toBeGreaterThan(0.8);
  expect(IoU.each).toHaveLength(3);
  expect(Dice.value).toBeGreaterThanOrEqual(IoU.value!);
  expect(sentence(finished)).toMatch(/on the validation samples mean IoU [01]\.\d{3}, Dice/);
  const started = events.find((event) => event.kind === 'started')!;
  expect(started).toMatchObject({ dataset: { kind: 'segmentation', labels: ['0', '1', '2'] } });
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt).toMatchObject({
    spec: { model: 'u-net' },
    dataset: { kind: 'segmentation' },
    final: { validation: { scores: { IoU } } },
  });

  const root = maskFolder({ count: 1, classes: 3 });
  const { mask, classes, seen } = await askOnce(outFolder, { file: join(root, 'images', 'p0.png') });
  const wanted = stripes(16, 16, 3);
  expect(mask!.labels).toEqual(['0', '1', '2']);
  expect(mask!.pixels.filter((label, i) => label === wanted[i]).length).toBeGreaterThan(0.9 * wanted.length);
  expect(classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
  expect(seen).toMatchObject({ width: 16, height: 16, channels: 1 });
  // The control: it looks at the picture.
  const dark = await askOnce(outFolder, { bytes: valuesPng(16, 16, new Uint8Array(256)) });
  expect(dark.mask!.pixels).not.toEqual(mask!.pixels);
});
