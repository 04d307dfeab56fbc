// What a trained model says of samples, piece by piece inside the budget: read as training's validation reads them, by the same captured network.
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { BudgetMeter } from '#engine/meter';
import type { Programs } from '#engine/programs';
import type { Samples, TrainingData } from '#engine/training-data';
import { FailureError } from '#shared/failure';
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

/** Of as few near-equal pieces of at most `most` as there can be, the first. */
const firstPiece = (count: number, most: number): number => Math.ceil(count / Math.ceil(count / most));

/**
 * @param micro samples at once at first; halved each time memory runs out
 * @param pause awaited between pieces; what it throws ends it
 * @throws FailureError out-of-memory where one sample does not fit; bad-setting where an answer is no number
 */
export async function* score(
  { data, weights, programs, meter, as }: Scorer,
  indices: Int32Array,
  micro: number,
  pause: () => Promise<void>,
): AsyncGenerator<ScoredPiece, void, void> {
  const list = { indices };
  for (let [start, most] = [0, micro]; start < indices.length;) {
    const size = firstPiece(indices.length - start, most);
    const samples = data.read(list, start, size);
    let input: Tensor | undefined;
    let output: Tensor | undefined;
    let copied = 0;
    try {
      input = tensor(new Float32Array(samples.pixels), [size, ...data.inputShape], 'float32');
      [output] = meter.call(programs.prediction(size, as), [input, ...weights], size);
      // The answers are there twice until they were gathered.
      meter.park(Float32Array.BYTES_PER_ELEMENT * output.size, size);
      copied = Float32Array.BYTES_PER_ELEMENT * output.size;
      const outputs = (await output.data()) as Float32Array;
      refuseDiverged(outputs);
      yield { start, size, samples, outputs };
      start += size;
    } catch (error) {
      most = halved({ meter, programs }, error, size);
    } finally {
      meter.unpark(copied);
      input?.dispose();
      output?.dispose();
    }
    await pause();
  }
}

function refuseDiverged(outputs: Float32Array): void {
  for (let i = 0; i < outputs.length; i++) {
    if (Number.isFinite(outputs[i])) continue;
    throw new FailureError({
      kind: 'bad-setting',
      problem: "This model's answers are no numbers, because its training diverged. Train again with a smaller learning rate.",
    });
  }
}
