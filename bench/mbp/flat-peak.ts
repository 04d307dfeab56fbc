// Peak bytes of a mini-batch, however many micro-batches it has.
import { trainMiniBatch, type PieceReader } from '#engine/mbp';
import type { Network } from '#engine/network';
import { trainingReader } from '#engine/piece-readers';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { randomPictures } from './pictures';
import { RATE, withWorkbench } from './workbench';

/**
 * Counted bytes above the loaded engine, of the second mini-batch of each size. `around` may spoil it for a control.
 * The first size is done once more before: what a library sets up for itself at first belongs to no mini-batch.
 */
export async function peaks(
  runtime: Runtime,
  network: Network,
  batches: readonly number[],
  micro: number,
  around: (read: PieceReader) => PieceReader = (read) => read,
): Promise<number[]> {
  const data = randomPictures(network, Math.max(...batches));
  const found: number[] = [];
  for (const batch of [batches[0], ...batches]) {
    const peak = await withWorkbench(runtime, network, async (bench) => {
      const read = around(trainingReader(network, data, { indices: data.train }, 1));
      await trainMiniBatch(bench, equalPieces(batch, micro), RATE, read);
      bench.meter.resetPeak();
      await trainMiniBatch(bench, equalPieces(batch, micro), RATE, read);
      return bench.meter.peakBytes;
    });
    found.push(peak);
  }
  return found.slice(1);
}
