// Runs the part of a network that is not trained over all samples of a data set, once.
import { dispose, tensor, zeros } from '@tensorflow/tfjs-core';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { prediction } from '#engine/predict';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { CompiledFunction } from '#engine/runtime';
import type { TrainingData } from '#engine/training-data';

/** Samples at once, where memory allows: more gain nothing. */
const MOST = 32;

const compiled = ({ programs }: Workbench, frozen: Network, n: number): CompiledFunction =>
  programs.get(
    `features_${n}`,
    () => [sampleSpecs(frozen, n)[0], ...weightSpecs(frozen)],
    () => prediction(frozen, 'values'),
    'float32',
  );

export interface Extraction {
  /** Samples at once. */
  micro: number;
  peakBytes: number;
}

/**
 * Tries it on black pictures: how many samples go at once, and what that needs.
 * @throws FailureError out-of-memory where one does not fit
 */
export function tryExtraction(bench: Workbench, frozen: Network, limitBytes: number): Extraction {
  const { meter, learner, programs } = bench;
  const before = meter.limitBytes;
  meter.limitBytes = limitBytes;
  try {
    for (let micro = MOST; ; micro = Math.floor(micro / 2)) {
      const x = zeros([micro, ...frozen.inputShape]);
      meter.resetPeak();
      try {
        dispose(meter.call(compiled(bench, frozen, micro), [x, ...learner.weights], micro));
        return { micro, peakBytes: meter.devicePeakBytes };
      } catch (error) {
        const named = meter.named(error, micro);
        if (!named || micro === 1) throw named ?? error;
        programs.dispose();
        meter.release();
      } finally {
        x.dispose();
      }
    }
  } finally {
    meter.limitBytes = before;
  }
}

/**
 * Gives the features of `count` samples in their order, piece by piece; yields how many it has.
 * @param pause awaited between pieces; what it throws ends it
 */
export async function* extract(
  bench: Workbench,
  frozen: Network,
  data: TrainingData,
  { count, micro }: { count: number; micro: number },
  give: (features: Float32Array, firstSample: number) => void,
  pause: () => Promise<void>,
): AsyncGenerator<number, void> {
  const { meter, learner } = bench;
  const list = { indices: Int32Array.from({ length: count }, (_, i) => i) };
  for (let start = 0; start < count; start += micro) {
    const size = Math.min(micro, count - start);
    const x = tensor(Float32Array.from(data.read(list, start, size).pixels), [size, ...frozen.inputShape], 'float32');
    try {
      const [features] = meter.call(compiled(bench, frozen, size), [x, ...learner.weights], size);
      give((await features.data()) as Float32Array, start);
      features.dispose();
    } finally {
      x.dispose();
    }
    await pause();
    yield start + size;
  }
}
