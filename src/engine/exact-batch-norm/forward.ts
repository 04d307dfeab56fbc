// The forward pass of one stage for one micro-batch: its values for later stages, and the statistics of its BatchNorm inputs pooled with
// those of the micro-batches before.
import { pool } from '../statistics';
import { statisticsOf } from './formulas';
import { SEEN, type Key } from './keys';
import { runSliceOf, sliceBefore, sliceKeys, type StageFunction, type Staging } from './stage-function';

/** Undefined where the stage has nothing to hand on: the last one runs forward and backward at once (backward.ts). */
export function forwardFunction(staging: Staging, s: number): StageFunction | undefined {
  const { network, stages, normalizations, kept } = staging;
  const { gives, measured } = stages[s];
  if (measured.length === 0) return undefined;
  const inputOf = (b: number): number => network.nodes[b].inputs[0];
  const parked = gives.filter((place) => kept.has(place));
  const wanted = [...parked, ...measured.map(inputOf)];
  const before = sliceBefore(staging, s, wanted);
  const pooled = measured.flatMap((b): Key[] => [`mean ${b}`, `squares ${b}`]);
  return {
    name: `forward_${s}`,
    takes: [...new Set([...sliceKeys(staging, before), SEEN, ...pooled])],
    gives: [...parked.map((place): Key => `value ${place}`), ...pooled],
    runs: before.order,
    run(tensors) {
      const values = runSliceOf(staging, before, tensors, wanted);
      const statistics = measured.flatMap((b) => {
        const sofar = { mean: tensors.get(`mean ${b}`)!, squares: tensors.get(`squares ${b}`)! };
        const { mean, squares } = pool(sofar, tensors.get(SEEN)!, normalizations.get(b)!.positions, statisticsOf(values.get(inputOf(b))!));
        return [mean, squares];
      });
      return [...parked.map((place) => values.get(place)!), ...statistics];
    },
  };
}
