// Products in float16 with a scaled loss. Graphics cards are what it is for; TensorFlow computes the same, slowly, on processors.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createLearner, disposeLearner, snapshotLearner, type Learner, type Snapshot } from '#engine/learner';
import { accumulate, trainMiniBatch, type Workbench } from '#engine/mbp';
import { createOptimizer, type Optimizer } from '#engine/optimizers';
import type { Network } from '#engine/network';
import { verdictOf } from '#engine/verdict';
import { uploadSamples } from '#engine/training-data';
import { relativeL2 } from '#test/support/distance';
import { describeTensorFlow } from '#test/support/tensorflow';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';

const PIECES = [5, 5, 3];
const exact = tinyNetwork({ batchNorm: true });
const inFloat16 = (network: Network): Network => ({ ...network, precision: 'float16' });
const data = tinyData(13);
const RATE = 0.05;
/** Measured 1.2e-3 (bfloat16: 8.1e-3); on processors sums of products are of 11 bits, too. */
const BOUND = 4e-3;

describeTensorFlow('float16', (runtime) => {
  const read = readFrom(data, data.train);
  const use = <T>(network: Network, work: (bench: Workbench) => Promise<T>, optimizer: Optimizer = plainSgd()) =>
    withBench(runtime(), network, optimizer, work);

  /** Gradient sums as the update divides them: by the scale. `weight` is each sample's. */
  const gradients = (network: Network, value?: number, weight = 1): Promise<Float32Array[]> =>
    use(network, async (bench) => {
      if (value !== undefined) bench.learner.lossScale = { value, since: 0 };
      const carry = accumulate(bench, PIECES, (start, size) => {
        const sample = data.read({ indices: data.train }, start, size);
        return uploadSamples({ ...sample, weights: new Float32Array(size).fill(weight) }, network.inputShape);
      });
      const scale = bench.learner.lossScale?.value ?? 1;
      const sums = carry.slice(1, 1 + network.weights.filter(({ trainable }) => trainable).length);
      const values = await Promise.all(sums.map(async (t) => Float32Array.from(await t.data(), (x) => x / scale)));
      dispose(carry);
      return values;
    });

  const trained = (network: Network, steps: number, from: Partial<Learner> = {}, optimizer?: Optimizer): Promise<Snapshot> =>
    use(
      network,
      async (bench) => {
        Object.assign(bench.learner, from);
        for (let step = 0; step < steps; step++) await trainMiniBatch(bench, PIECES, RATE, read);
        return snapshotLearner(bench.learner);
      },
      optimizer,
    );

  it('rounds more than float32, less than bfloat16 would, and leaves no tensor', async () => {
    const tensors = memory().numTensors;
    const wanted = await gradients(exact);
    const difference = relativeL2(await gradients(inFloat16(exact)), wanted);
    expect(difference).toBeGreaterThan(1e-5);
    expect(difference).toBeLessThan(BOUND);
    expect(relativeL2(await gradients({ ...exact, precision: 'bfloat16' }), wanted), 'control').toBeGreaterThan(BOUND);
    expect(memory().numTensors).toBe(tensors);
  });

  it('keeps gradients that float16 alone would lose', async () => {
    const small = 1e-7;
    const wanted = await gradients(exact, undefined, small);
    expect(relativeL2(await gradients(inFloat16(exact), 2 ** 20, small), wanted)).toBeLessThan(BOUND);
    expect(relativeL2(await gradients(inFloat16(exact), 1, small), wanted), 'control: unscaled').toBeGreaterThan(0.1);
  });

  it('does a mini-batch that leaves the range again with half the scale: nothing is lost, and it ends as if it had begun there', async () => {
    const tensors = memory().numTensors;
    const network = inFloat16(tinyNetwork());
    const wide = await trained(network, 2, { lossScale: { value: 2 ** 24, since: 0 } });
    const value = wide.lossScale!.value;
    expect(value).toBeLessThan(2 ** 24);
    expect(wide).toMatchObject({ step: 2, skipped: 0 });
    const fitting = await trained(network, 2, { lossScale: { value, since: 0 } });
    expect(wide.weights).toEqual(fitting.weights);
    expect(fitting.lossScale).toEqual({ value, since: 2 });
    expect(memory().numTensors).toBe(tensors);
  });

  it('counts in clipping what the gradient is, not what it was scaled to', async () => {
    const clipped = () => createOptimizer('momentum', { clipNorm: 0.05 });
    const wanted = await trained(tinyNetwork(), 3, {}, clipped());
    const found = await trained(inFloat16(tinyNetwork()), 3, {}, clipped());
    const control = await trained(tinyNetwork(), 3, {}, createOptimizer('momentum'));
    expect(relativeL2(found.weights, wanted.weights)).toBeLessThan(1e-3);
    expect(relativeL2(control.weights, wanted.weights)).toBeGreaterThan(1e-2);
  });

  it('ends a diverged run as float32 does, and does not go round for ever', async () => {
    const { weights, step } = await use(inFloat16(tinyNetwork()), async (bench) => {
      await trainMiniBatch(bench, PIECES, 1e30, read);
      await trainMiniBatch(bench, PIECES, 1e30, read);
      return snapshotLearner(bench.learner);
    });
    expect(step).toBe(2);
    expect(weights.some((values) => values.some(Number.isNaN))).toBe(true);
  });

  it('goes on from a snapshot with its scale', () => {
    const network = inFloat16(tinyNetwork());
    const weights = network.weights.map(({ shape }) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
    const learner = createLearner(network, plainSgd(), {
      weights,
      slots: weights.map(() => []),
      step: 9,
      lossScale: { value: 64, since: 3 },
    });
    expect(learner.lossScale).toEqual({ value: 64, since: 3 });
    disposeLearner(learner);
  });

  it('is said before the run', () => {
    expect(verdictOf(inFloat16(exact), [13])).toMatchObject({ kind: 'not-identical', because: expect.stringContaining('float16') });
  });
});
