// Area under the ROC curve by counts: yes and no fall into fixed bins of the logit, and a pair within one bin counts half. What that may be
// off by is known from the same counts: half the share of pairs that fell into one bin.
import {
  add,
  bincount,
  cast,
  clipByValue,
  fill,
  floor,
  isNaN,
  mul,
  range,
  reshape,
  sub,
  where,
  zerosLike,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { Metric } from '../objective';
import { channelsOf, decide, logits, type Kind } from './decisions';
import { mean } from './overlap';

/** Logits of −16 to 16, 32 bins a unit: probabilities of 1e-7 to 1 − 1e-7 each to 3 %. What lies outside falls into the outermost ones. */
const LIMIT = 16;
const BINS_PER_UNIT = 32;
export const BINS = 2 * LIMIT * BINS_PER_UNIT;

export const auc = (kind: Kind = { kind: 'classes' }): Metric => ({
  length: (output) => 2 * BINS * channelsOf(output),
  tally: ({ output, targets }) => {
    const { actual, counted } = decide({ output, targets }, kind);
    const channels = actual.shape[1]!;
    const given = logits(output, kind);
    // A run that diverged: its score is unknown, and no place follows from it.
    const unknown = isNaN(given);
    const score = clipByValue(where(unknown, zerosLike(given), given), -LIMIT, LIMIT - 0.5 / BINS_PER_UNIT);
    const bin = floor(mul(add(score, LIMIT), BINS_PER_UNIT));
    // All yes first, channel after channel, then all no.
    const place = add(add(bin, range(0, channels * BINS, BINS, 'float32')), mul(sub(1, actual), channels * BINS));
    const ones = where(unknown, fill(actual.shape, NaN), fill(actual.shape, 1));
    const weights = reshape(counted ? mul(ones, counted) : ones, [-1]) as Tensor1D;
    return bincount(reshape(cast(place, 'int32'), [-1]) as Tensor1D, weights, 2 * channels * BINS);
  },
  scores: (counts) => {
    const channels = counts.length / (2 * BINS);
    const all = Array.from({ length: channels }, (_, c) =>
      area(counts.slice(c * BINS, (c + 1) * BINS), counts.slice((channels + c) * BINS, (channels + c + 1) * BINS)),
    );
    const each = all.map(({ value }) => value);
    return [{ name: 'AUC', value: mean(each), each, within: mean(all.map(({ within }) => within)) }];
  },
});

/** Of one class; NaN where there is no yes or no no. */
function area(yes: readonly number[], no: readonly number[]): { value: number; within: number } {
  let [below, ordered, tied, allYes] = [0, 0, 0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    ordered += yes[bin] * below;
    tied += yes[bin] * no[bin];
    below += no[bin];
    allYes += yes[bin];
  }
  const pairs = allYes * below;
  return { value: (ordered + tied / 2) / pairs, within: tied / 2 / pairs };
}
