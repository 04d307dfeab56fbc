// Runs the part of a network that is not trained over all samples of a data set, once.
import { dispose, tensor, zeros } from '@tensorflow/tfjs-core';
import type { Workbench } from '#engine/mbp';
import { bytesOf } from '#engine/forecast';
import type { Network } from '#engine/network';
import { prediction } from '#engine/predict';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { CompiledFunction, Runtime, TensorSpec } from '#engine/runtime';
import type { TrainingData } from '#engine/training-data';
import { halved } from '../halved';
import { largestFitting, type Tried } from '../largest-fitting';

/** Samples at once, where memory allows: more gain nothing. */
export const MOST_EXTRACTED = 32;

/** Of the functions that make features. */
const KIND = 'features';

const specsOf = (frozen: Network, n: number): TensorSpec[] => [sampleSpecs(frozen, n)[0], ...weightSpecs(frozen)];

const compiled = ({ programs }: Workbench, frozen: Network, n: number): CompiledFunction =>
  programs.get(
    `${KIND}_${n}`,
    () => specsOf(frozen, n),
    () => prediction(frozen, 'values'),
    'float32',
  );

/**
 * Tries it on black pictures: how many samples go at once, and what that needs.
 * @param most samples at once, whatever would fit
 * @throws FailureError out-of-memory where one does not fit
 */
export function tryExtraction(bench: Workbench, frozen: Network, most: number): Tried {
  const { meter, learner, programs } = bench;
  const tried = largestFitting(bench, most, (micro) => {
    const x = zeros([micro, ...frozen.inputShape]);
    try {
      dispose(meter.call(compiled(bench, frozen, micro), [x, ...learner.weights], micro));
    } finally {
      x.dispose();
    }
  });
  // As after a plan: what was tried or refused is no part of the run.
  programs.drop(KIND);
  meter.resetPeak();
  return tried;
}

/** The same from shapes, above what is resident: nothing is computed. @param runtime that can forecast */
export const forecastExtraction = ({ forecast }: Runtime, frozen: Network, micro: number): number =>
  bytesOf(specsOf(frozen, micro).slice(0, 1)) +
  forecast!(`${KIND}_${micro}`, prediction(frozen, 'values'), specsOf(frozen, micro), 'float32');

/**
 * Gives the features of `count` samples in their order from the first that is wanted, piece by piece, in smaller ones where memory runs out;
 * yields how many it has.
 * @param pause awaited between pieces; what it throws ends it
 */
export async function* extract(
  bench: Workbench,
  frozen: Network,
  data: TrainingData,
  { first, count, micro }: { first: number; count: number; micro: number },
  give: (features: Float32Array) => void,
  pause: () => Promise<void>,
): AsyncGenerator<number, void> {
  const { meter, learner } = bench;
  const list = { indices: Int32Array.from({ length: count }, (_, i) => i) };
  for (let [start, most] = [first, micro]; start < count;) {
    const size = Math.min(most, count - start);
    const x = tensor(Float32Array.from(data.read(list, start, size).pixels), [size, ...frozen.inputShape], 'float32');
    try {
      const [features] = meter.call(compiled(bench, frozen, size), [x, ...learner.weights], size);
      give((await features.data()) as Float32Array);
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
  bench.programs.drop(KIND);
}
