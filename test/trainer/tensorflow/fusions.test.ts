// BatchNorm with what follows it as one kernel: against the cpu backend, and as part of whole networks.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { withFusedNormalizations } from '#engine/fused-normalizations';
import { registerComposedKernels } from '#engine/kernels/composed';
import { batchNormActivation, type Activation } from '#engine/kernels/batch-norm-activation';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import { poolStatistics } from '#engine/kernels/pool-statistics';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { add } from '#engine/layers/add';
import { relu } from '#engine/layers/relu';
import { mobileNetV2 } from '#engine/models/mobilenet-v2';
import { resnet18 } from '#engine/models/resnet-18';
import { NetworkBuilder, type Network } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { registerComposedFusions } from '#test/support/composed-fusions';
import { opByOp } from '#test/support/op-by-op';
import { expectSame } from '#test/support/same-as-cpu';
import { gradientError, readStep, residualNet } from '#test/support/saver-readings';
import { describeTensorFlow } from '#test/support/tensorflow';

const ACTIVATIONS: Activation[] = ['none', 'relu', 'relu6'];

/** [x, scale, offset, side?] → y, differentiable. */
const normalized =
  (activation: Activation) =>
  (...[x, scale, offset, side]: tf.Tensor[]) =>
    batchNormActivation(
      { x: x as tf.Tensor4D, scale: scale as tf.Tensor1D, offset: offset as tf.Tensor1D, ...(side && { side: side as tf.Tensor4D }) },
      1e-3,
      activation,
    );

describeTensorFlow('fused BatchNorm', (runtime) => {
  beforeAll(() => {
    if (!tf.getKernel('OverbatchReluGrad', 'cpu')) registerComposedKernels('cpu');
    registerComposedFusions('cpu');
    replaceSlowGradients();
  });

  const shapes = [
    [1, 1, 1, 1],
    [2, 1, 1, 3],
    [3, 7, 5, 33],
    [4, 24, 24, 16],
    [2, 9, 9, 300],
    [8, 33, 32, 3],
  ];
  for (const activation of ACTIVATIONS)
    for (const shape of shapes)
      for (const sides of [[], [shape]]) {
        const channels = [shape[3]];
        const name = `${activation}${sides.length > 0 ? ' of a sum' : ''}, [${shape.join(', ')}]`;
        it(`${name}: output, statistics`, () =>
          expectSame([shape, channels, channels, ...sides], (inputs) => {
            const { y, mean, variance } = normalized(activation)(...inputs);
            return [y, mean, variance];
          }));

        it(`${name}: gradients`, () =>
          expectSame([shape, channels, channels, ...sides, shape], (inputs) =>
            tf.grads((...args) => normalized(activation)(...args).y)(inputs.slice(0, -1), inputs[inputs.length - 1]),
          ));
      }

  it('statistics of values far from zero keep their digits', async () => {
    await tf.setBackend('tensorflow');
    const spread = tf.tensor4d(
      Float32Array.from({ length: 40_000 }, (_, i) => 1000 + (i % 8 < 4 ? 0.25 : -0.25)),
      [10, 20, 20, 10],
    );
    const { y, mean, variance } = normalized('none')(spread, tf.ones([10]), tf.zeros([10]));
    expect([...mean.dataSync()].every((value) => Math.abs(value - 1000) < 1e-3)).toBe(true);
    expect([...variance.dataSync()].every((value) => Math.abs(value - 0.0625) < 1e-6)).toBe(true);
    // Control: sums of squares in 32 bits.
    const bySquares = tf.sub(tf.mean(tf.square(spread), [0, 1, 2]), tf.square(tf.mean(spread, [0, 1, 2])));
    expect([...bySquares.dataSync()].some((value) => Math.abs(value - 0.0625) > 1e-3)).toBe(true);
    tf.dispose([spread, y, mean, variance, bySquares]);
  });

  it('what is not a number is not shut by an activation', async () => {
    await tf.setBackend('tensorflow');
    for (const activation of ACTIVATIONS) {
      const y = normalized(activation)(tf.tensor4d([1, NaN, 2, 3], [2, 1, 1, 2]), tf.ones([2]), tf.zeros([2])).y.dataSync();
      expect([...y].map(Number.isNaN)).toEqual([false, true, false, true]);
    }
  });

  it('pooled statistics', () =>
    expectSame([[5], [5], [5], [5]], ([mean, squares, pieceMean, pieceVariance]) =>
      [0, 3, 1000].flatMap((samples) =>
        poolStatistics(
          { mean, squares: tf.abs(squares), samples: tf.tensor1d([samples]), pieceMean, pieceVariance: tf.abs(pieceVariance) },
          9,
          45,
        ),
      ),
    ));

  it('one op for each BatchNorm of ResNet-18 and MobileNetV2 and what follows it, the weights in their places', () => {
    const layersOf = ({ nodes }: Network, className: string) => nodes.filter(({ layer }) => layer.className === className).length;
    const [resnet, mobile] = [resnet18([32, 32, 3], 10), mobileNetV2([32, 32, 3], 10)];
    for (const [network, sums] of [
      [resnet, 8],
      [mobile, 10],
    ] as const) {
      const fused = withFusedNormalizations(network);
      expect([layersOf(network, 'Add'), layersOf(fused, 'Add')]).toEqual([sums, 0]);
      expect(layersOf(fused, 'Activation') + layersOf(fused, 'ReLU')).toBe(0);
      expect(layersOf(fused, 'BatchNormalization')).toBe(layersOf(network, 'BatchNormalization'));
      expect(fused.weights).toBe(network.weights);
    }
  });

  it('leaves alone what others read too, frozen statistics, and activations in 8 bits', () => {
    const net = new NetworkBuilder([4, 4, 2]);
    const read = net.add(batchNormalization(), net.input);
    net.add(add(), net.add(relu(), read), read);
    const network = net.build();
    expect(withFusedNormalizations(network).nodes).toHaveLength(network.nodes.length);
    const frozen: Network = { ...residualNet(12, 2), batchNorm: 'frozen' };
    expect(withFusedNormalizations(frozen)).toBe(frozen);
    const rounded = withSavers(residualNet(12, 2), ['int8-activations']);
    expect(withFusedNormalizations(rounded)).toBe(rounded);
  });

  for (const [name, make] of [
    ['a residual net', () => residualNet(32, 2)],
    ['MobileNetV2', () => mobileNetV2([32, 32, 3], 3)],
  ] as const)
    it(`${name}, fused, learns what it learns layer by layer in no more memory; captured, op by op and again, the same bits`, async () => {
      await tf.setBackend('tensorflow');
      const plain = await readStep({ ...runtime(), fusesNormalizations: false }, make(), [6, 5]);
      const fused = await readStep(runtime(), make(), [6, 5]);
      expect(gradientError(make(), fused.carry, plain.carry)).toBeLessThan(1e-5);
      expect((await readStep(runtime(), make(), [6, 5])).carry).toEqual(fused.carry);
      expect((await readStep(opByOp(runtime()), make(), [6, 5])).carry).toEqual(fused.carry);
      console.log(fused.peakBytes, plain.peakBytes);
      // Control: of other pieces the gradient is another, as BatchNorm's statistics are.
      expect(gradientError(make(), (await readStep(runtime(), make(), [11])).carry, plain.carry)).toBeGreaterThan(1e-3);
    }, 120_000);
});
