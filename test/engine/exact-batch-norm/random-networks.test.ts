// Row 12 for exact BatchNorm: any network, any pieces, anything parked or computed again: gradient sums, totals and statistics are those of
// the whole batch in one piece.
import { dispose, memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { add } from '#engine/layers/add';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { dropout } from '#engine/layers/dropout';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { relu } from '#engine/layers/relu';
import { accumulate } from '#engine/mbp';
import { NetworkBuilder, type Network } from '#engine/network';
import { trainingReader } from '#engine/piece-readers';
import { directRuntime } from '#test/support/direct-runtime';
import { relativeL2 } from '#test/support/distance';
import { plainSgd, TINY_CLASSES, tinyData, withBench } from '#test/support/tiny';

const CHANNELS = 2;
type Choice = ['convolution' | 'normalization' | 'relu' | 'add' | 'dropout', number, number];

/** Layers whose inputs are any places before; what nobody reads is summed at the end, so that every layer counts. */
function networkOf(choices: Choice[], normalizeEnd: boolean, normalizeInput: boolean): Network {
  const net = new NetworkBuilder([6, 6, CHANNELS]);
  const places: number[] = [net.input];
  const read = new Set<number>([net.input]);
  const take = (choice: number): number => {
    const place = places[choice % places.length];
    read.add(place);
    return place;
  };
  if (normalizeInput) places.push(net.add(batchNormalization(), net.input));
  for (const [kind, a, b] of choices) {
    if (kind === 'convolution')
      places.push(net.add(conv2d({ filters: CHANNELS, kernelSize: 1 + 2 * (b % 2), useBias: b % 3 === 0 }), take(a)));
    if (kind === 'normalization') places.push(net.add(batchNormalization(), take(a)));
    if (kind === 'relu') places.push(net.add(relu(), take(a)));
    if (kind === 'dropout') places.push(net.add(dropout({ rate: 0.25 }), take(a)));
    if (kind === 'add') places.push(net.add(add(), take(a), take(b)));
  }
  let x = places[places.length - 1];
  for (const place of places.slice(1, -1)) if (!read.has(place)) x = net.add(add(), x, place);
  x = net.add(globalAveragePooling2d(), x);
  if (normalizeEnd) x = net.add(batchNormalization(), x);
  const logits = net.add(dense({ units: TINY_CLASSES }), x);
  // A BatchNorm as the last layer of all, read by none but the loss.
  if (normalizeEnd) net.add(batchNormalization(), logits);
  return net.build();
}

const choice = fc.tuple(
  fc.constantFrom('convolution' as const, 'normalization' as const, 'relu' as const, 'add' as const, 'dropout' as const),
  fc.nat(20),
  fc.nat(20),
);

it('a random network in random pieces, with random values parked, gathers what the whole batch does', async () => {
  const runtime = await directRuntime();
  const property = fc.asyncProperty(
    fc.array(choice, { minLength: 1, maxLength: 9 }),
    fc.boolean(),
    fc.boolean(),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
    fc.nat(),
    async (choices, normalizeEnd, normalizeInput, pieces, parkBits) => {
      const network = networkOf([...choices, ['normalization', choices.length, 0]], normalizeEnd, normalizeInput);
      const batch = pieces.reduce((a, b) => a + b);
      const data = tinyData(batch);
      const before = memory().numTensors;
      const gather = (sizes: number[], kept?: number[]) =>
        withBench(runtime, network, plainSgd(), async (bench) => {
          if (kept) bench.exact = exactBatchNorm(network, kept);
          const carry = accumulate(bench, sizes, trainingReader(network, data, { indices: data.train, step: 3 }, 9));
          const values = carry.map((t) => Float32Array.from(t.dataSync()));
          dispose(carry);
          if (bench.exact) expect(bench.meter.parkedPeakBytes).toBe(bench.exact.parkedBytesPerSample * batch);
          return values;
        });
      const all = [...exactBatchNorm(network).staging.kept];
      const whole = await gather([batch]);
      const found = await gather(
        pieces,
        all.filter((_, i) => (parkBits >> (i % 30)) % 2 === 1),
      );
      expect(found.length).toBe(whole.length);
      const gradients = network.weights.filter((w) => w.trainable).length;
      for (const [from, to] of [
        [0, 1],
        [1, 1 + gradients],
        [1 + gradients, whole.length],
      ])
        expect(relativeL2(found.slice(from, to), whole.slice(from, to))).toBeLessThanOrEqual(1e-4);
      expect(memory().numTensors).toBe(before);
    },
  );
  await fc.assert(property, { numRuns: 40, seed: 77 });
}, 60_000);
