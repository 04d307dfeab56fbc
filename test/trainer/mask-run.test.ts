// Masks learnt: any micro-batch ends with the whole batch's numbers, reading threads change no bit, the saved model answers with masks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Receipt } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import type { RunSpec } from '#shared/run-spec';
import { askOnce } from '#test/support/ask-once';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { maskFolder, stripes, valuesPng } from '#test/support/masks';
import { withSampleWorker } from '#test/support/sample-worker';

vi.setConfig({ testTimeout: 120_000 });

/** A quarter of the filters: what is proven here is the same for any number. */
const SMALL: Partial<RunSpec> = { batch: 8, optimizer: 'momentum', learningRate: 0.01, width: 0.25 };

test.each(['softmax-cross-entropy', 'bce-dice', 'focal'] as const)(
  '%s, exact BatchNorm: any micro-batch ends with the whole batch’s loss and IoU',
  async (loss) => {
    // Pixels of the third class are left without one, so that micro-batches have different weights.
    const data = await packedMasks({ classes: 4, count: 12 }, { classes: { '2': null } });
    const final = async (settings: Partial<RunSpec>) =>
      (await runMasks(data, { ...SMALL, batch: 10, epochs: 1, loss, ...settings })).finished;
    const whole = await final({ micro: 10 });
    const apart = ({ train, validation }: typeof whole) =>
      Math.max(Math.abs(train.loss / whole.train.loss - 1), Math.abs(validation!.loss / whole.validation!.loss - 1));
    for (const micro of [1, 3]) {
      const pieces = await final({ micro, batchNorm: 'exact' });
      expect(apart(pieces)).toBeLessThan(1e-5);
      expect(pieces.validation!.scores!.IoU.value).toBeCloseTo(whole.validation!.scores!.IoU.value!, 2);
    }
    // The control: BatchNorm by pieces looks at other statistics.
    expect(apart(await final({ micro: 3 }))).toBeGreaterThan(1e-3);
  },
);

test('normalized by groups, any micro-batch ends with the whole batch’s loss, in one stage', async () => {
  const data = await packedMasks({ classes: 3, count: 12 });
  const final = async (micro: number) =>
    (await runMasks(data, { ...SMALL, model: 'u-net-light', batch: 10, epochs: 1, normalization: 'group', micro })).finished;
  const whole = await final(10);
  for (const micro of [1, 3]) {
    const pieces = await final(micro);
    expect(Math.abs(pieces.train.loss / whole.train.loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs(pieces.validation!.loss / whole.validation!.loss - 1)).toBeLessThan(1e-5);
  }
});

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

describe('reading threads', () => {
  withSampleWorker();

  test('end with the weights of a run without, pictures and masks varied together and brought to another size', async () => {
    const data = await packedMasks({ count: 16 });
    const settings: Partial<RunSpec> = { ...SMALL, epochs: 1, inputSize: 32, augment: { flip: 0.5, rotate: 30, zoom: 0.3, crop: 0.2 } };
    const weights = async (given: Partial<RunSpec>) =>
      readFileSync(join((await runMasks(data, { ...settings, ...given })).outFolder, 'weights.bin'));
    const alone = await weights({ workers: 0 });
    expect((await weights({ workers: 2 })).equals(alone)).toBe(true);
    expect((await weights({ workers: 0, augment: undefined })).equals(alone)).toBe(false);
  });
});

test('what masks have no use for is refused with the way out', async () => {
  const data = await packedMasks();
  const refused = (settings: Partial<RunSpec>) => expect(runMasks(data, settings)).rejects;
  await refused({ model: 'small-cnn' }).toThrow(
    'The model small-cnn does not answer with masks, and these pictures have them. Choose one of: u-net, u-net-light.',
  );
  await refused({ augment: { mixup: 0.2 } }).toThrow(/Leave it out; the others move masks along/);
  await refused({ loss: 'huber' }).toThrow(/masks have classes. Choose one of: softmax-cross-entropy, focal, bce-dice, dice/);
  await refused({ inputSize: 20 }).toThrow(/multiples of 16, and these are 20 × 20. Choose the input size 16,/);
});
