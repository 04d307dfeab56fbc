// What a trained model says of samples, piece by piece inside the budget: read as training's validation reads them, by the same captured network.
import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { BudgetMeter } from '#engine/meter';
import { equalPieces } from '#engine/pieces';
import type { Programs } from '#engine/programs';
import type { Samples, TrainingData } from '#engine/training-data';
import { halved } from '../halved';

export interface Scorer {
  data: Pick<TrainingData, 'read' | 'inputShape'>;
  /** In the network's order. */
  weights: Tensor[];
  programs: Programs;
  meter: BudgetMeter;
  /** What its outputs are made into. */
  as: 'probabilities' | 'values';
}

export interface ScoredPiece {
  /** Place of the first in the list. */
  start: number;
  size: number;
  samples: Samples;
  /** size × outputs. */
  outputs: Float32Array;
}

/**
 * @param micro samples at once at first; halved each time memory runs out
 * @param pause awaited between pieces; what it throws ends it
 * @throws FailureError out-of-memory where one sample does not fit
 */
export async function* score(
  { data, weights, programs, meter, as }: Scorer,
  indices: Int32Array,
  micro: number,
  pause: () => Promise<void>,
): AsyncGenerator<ScoredPiece, void, void> {
  const list = { indices };
  for (let [start, most] = [0, micro]; start < indices.length;) {
    const [size] = equalPieces(indices.length - start, most);
    const samples = data.read(list, start, size);
    const x = tensor(new Float32Array(samples.pixels), [size, ...data.inputShape], 'float32');
    try {
      const [output] = meter.call(programs.prediction(size, as), [x, ...weights], size);
      const outputs = (await output.data()) as Float32Array;
      output.dispose();
      yield { start, size, samples, outputs };
      start += size;
    } catch (error) {
      most = halved({ meter, programs }, error, size);
    } finally {
      dispose(x);
    }
    await pause();
  }
}
