// Which weights share a call of the update.
import { expect, it } from 'vitest';
import { mlp } from '#engine/models/mlp';
import { updateGroups } from '#engine/update';
import { tinyNetwork } from '#test/support/tiny';

/** From `inputs` numbers to one class: inputs + 1 weights. */
const ofWeights = (count: number) => mlp([count - 1], 1, []);

it('up to 2^17 numbers all weights share one, more each have their own', () => {
  expect(updateGroups(ofWeights(2 ** 17), true)).toEqual([[0, 1]]);
  expect(updateGroups(ofWeights(2 ** 17 + 1), true)).toEqual([[0], [1]]);
});

it('an engine that runs op by op gains nothing by it: each has its own', () => {
  expect(updateGroups(ofWeights(2), false)).toEqual([[0], [1]]);
});

it('running statistics, which no rule moves, are in none', () => {
  const network = tinyNetwork({ batchNorm: true });
  const trainable = network.weights.flatMap((w, place) => (w.trainable ? [place] : []));
  expect(trainable.length).toBeLessThan(network.weights.length);
  expect(updateGroups(network, true)).toEqual([trainable]);
  expect(updateGroups(network, false).flat()).toEqual(trainable);
});

it('without any trainable weight there is no call', () => {
  const network = ofWeights(2);
  expect(updateGroups({ ...network, weights: network.weights.map((w) => ({ ...w, trainable: false })) }, true)).toEqual([]);
});
