// How far keeping activations in 8 bits moves the gradient, measured on real samples before a run: the figure its verdict and receipt show.
import { dispose } from '@tensorflow/tfjs-core';
import { FailureError } from '#shared/failure';
import { accumulate, type PieceReader, type Workbench } from '../mbp';
import { withSavers } from './saver-plan';

/**
 * ‖g₈ − g‖ ÷ ‖g‖ (L2) of the gradient sum of one micro-batch; 0.01 is one per cent. Undefined where it cannot be had: the exact gradient,
 * computed with the savers that keep it exact, does not fit, or is zero.
 */
export async function gradientEffect(bench: Workbench, size: number, readPiece: PieceReader): Promise<number | undefined> {
  const { learner, programs, meter } = bench;
  const network = withSavers({ ...learner.network, savers: undefined }, ['recompute', 'light-layers']);
  const exactly = programs.of(network);
  const weights = network.weights.filter((w) => w.trainable).length;
  const gradientOf = async (workbench: Workbench): Promise<Float32Array[]> => {
    const carry = accumulate(workbench, [size], readPiece);
    try {
      const values: Float32Array[] = [];
      for (const gradient of carry.slice(1, 1 + weights)) values.push(Float32Array.from(await gradient.data()));
      return values;
    } finally {
      dispose(carry);
    }
  };
  try {
    const rounded = await gradientOf(bench);
    const exact = await gradientOf({ learner: { ...learner, network }, programs: exactly, meter });
    let [difference, length] = [0, 0];
    exact.forEach((values, i) =>
      values.forEach((value, k) => {
        difference += (rounded[i][k] - value) ** 2;
        length += value ** 2;
      }),
    );
    return length > 0 ? Math.sqrt(difference / length) : undefined;
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'out-of-memory') return undefined;
    throw error;
  } finally {
    exactly.dispose();
  }
}
