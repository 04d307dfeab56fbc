// A contestant's first mini-batch, and the proof that it computes what the others do: the weights it ends with.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contestant } from './contestant';
import type { Task } from './protocol';
import { networkOf, splitWeights } from './task-files';

const MOST_DIFFERENCE = 1e-4;

/** @throws Error when its weights are not those that the first contestant of this folder left */
export async function firstMiniBatch(
  player: Contestant,
  task: Task,
  folder: string,
): Promise<{ firstPeakBytes?: number; difference: number }> {
  const file = join(folder, 'weights-after');
  const reference = join(folder, 'weights-after-reference');
  await player.ask({ kind: 'prepare', task });
  await player.ask({ kind: 'steps', count: 1 });
  const { peakBytes: firstPeakBytes } = await player.ask({ kind: 'memory' });
  await player.ask({ kind: 'weights', file });
  const values = await readFile(file);
  const first = await readFile(reference).catch(() => undefined);
  if (!first) {
    await player.ask({ kind: 'weights', file: reference });
    return { firstPeakBytes, difference: 0 };
  }
  const difference = largestDifference(task, values, first);
  if (!(difference <= MOST_DIFFERENCE)) {
    throw new Error(
      `${player.label} ends one mini-batch ${difference} away from the first contestant; at most ${MOST_DIFFERENCE} is rounding.`,
    );
  }
  return { firstPeakBytes, difference };
}

/** Running statistics are left out: PyTorch moves them once a piece, we once a mini-batch. */
function largestDifference(task: Task, values: Buffer, reference: Buffer): number {
  const network = networkOf(task);
  const [a, b] = [splitWeights(network, values), splitWeights(network, reference)];
  let worst = 0;
  for (const [i, { trainable }] of network.weights.entries())
    if (trainable) a[i].forEach((value, k) => (worst = Math.max(worst, Math.abs(value - b[i][k]))));
  return worst;
}
