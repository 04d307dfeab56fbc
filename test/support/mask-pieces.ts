// A run on masks stage by stage, beside the same run whole.
import { expect } from 'vitest';
import type { LossName } from '#shared/objective-settings';
import type { RunSpec } from '#shared/run-spec';
import { packedMasks, runMasks } from './mask-runs';

/** A quarter of the filters: what is proven here is the same for any number. */
export const SMALL: Partial<RunSpec> = { batch: 8, optimizer: 'momentum', learningRate: 0.01, width: 0.25 };

/** With exact BatchNorm any micro-batch ends with the whole batch's loss and IoU; by pieces it does not. */
export async function expectSameInPieces(loss: LossName): Promise<void> {
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
}
