// How far keeping activations in 8 bits moves the gradient, measured on real samples before a run: the figure its verdict and receipt show.
import { FailureError } from '#shared/failure';
import { gradientOf, relativeDistance } from '../compare-gradients';
import type { PieceReader, Workbench } from '../mbp';
import { withSavers } from './saver-plan';

/**
 * ‖g₈ − g‖ ÷ ‖g‖ (L2) of the gradient sum of one micro-batch; 0.01 is one per cent. Undefined where it cannot be had: the exact gradient,
 * computed with the savers that keep it exact, does not fit, or is zero.
 */
export async function gradientEffect(bench: Workbench, size: number, readPiece: PieceReader): Promise<number | undefined> {
  const { learner, programs, meter } = bench;
  const network = withSavers({ ...learner.network, savers: undefined }, ['recompute', 'light-layers']);
  const exactly = programs.of(network);
  try {
    const rounded = await gradientOf(bench, [size], readPiece);
    const exact = await gradientOf({ learner: { ...learner, network }, programs: exactly, meter }, [size], readPiece);
    return relativeDistance(rounded, exact);
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'out-of-memory') return undefined;
    throw error;
  } finally {
    exactly.dispose();
  }
}
