// Runs on masks: any micro-batch ends with the whole batch's numbers, reading threads change no bit. What they learn: test/deep/mask-run.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { RunSpec } from '#shared/run-spec';
import { expectSameInPieces, SMALL } from '#test/support/mask-pieces';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { withSampleWorker } from '#test/support/sample-worker';

vi.setConfig({ testTimeout: 120_000 });

test('bce-dice, exact BatchNorm: any micro-batch ends with the whole batch’s loss and IoU', () => expectSameInPieces('bce-dice'));

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
