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

/** Half of what ran out of memory, with its functions gone. @throws what was thrown, where that was for another reason or of one sample */
function halved({ meter, programs }: Workbench, error: unknown, size: number): number {
  const named = meter.named(error, size);
  if (!named || size === 1) throw named ?? error;
  programs.dispose();
  meter.release();
  return Math.floor(size / 2);
}

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
  const { meter, learner } = bench;
  const before = meter.limitBytes;
  meter.limitBytes = limitBytes;
  try {
    for (let micro = MOST; ;) {
      const x = zeros([micro, ...frozen.inputShape]);
      meter.resetPeak();
      try {
        dispose(meter.call(compiled(bench, frozen, micro), [x, ...learner.weights], micro));
        return { micro, peakBytes: meter.devicePeakBytes };
      } catch (error) {
        micro = halved(bench, error, micro);
      } finally {
        x.dispose();
      }
    }
  } finally {
    meter.limitBytes = before;
  }
}

/**
 * Gives the features of `count` samples in their order, piece by piece, in smaller ones where memory runs out; yields how many it has.
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
  for (let [start, most] = [0, micro]; start < count;) {
    const size = Math.min(most, count - start);
    const x = tensor(Float32Array.from(data.read(list, start, size).pixels), [size, ...frozen.inputShape], 'float32');
    try {
      const [features] = meter.call(compiled(bench, frozen, size), [x, ...learner.weights], size);
      give((await features.data()) as Float32Array, start);
      features.dispose();
      start += size;
    } catch (error) {
      most = halved(bench, error, size);
    } finally {
      x.dispose();
    }
    await pause();
    yield start;
  }
}
