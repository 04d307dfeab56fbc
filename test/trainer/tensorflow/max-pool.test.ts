// Max pooling by codes: against the cpu backend's, and as part of whole networks.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { withCodedPooling } from '#engine/coded-pooling';
import { codedMaxPool, MAX_POOL, MAX_POOL_GRADIENT, type PoolingWindows } from '#engine/kernels/max-pool';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { NetworkBuilder, type Network } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { opByOp } from '#test/support/op-by-op';
import { expectSame, values } from '#test/support/same-as-cpu';
import { gradientError, readStep, residualNet } from '#test/support/saver-readings';
import { describeTensorFlow } from '#test/support/tensorflow';

const pool = (x: tf.Tensor, { window, stride, padding }: PoolingWindows): tf.Tensor => {
  if (tf.getBackend() !== 'tensorflow') return tf.maxPool(x as tf.Tensor4D, window, stride, padding);
  return codedMaxPool(x as tf.Tensor4D, { window, stride, padding });
};

const SHAPES = [
  [1, 1, 1, 1],
  [2, 8, 8, 16],
  [3, 7, 9, 3],
  // More channels than are compared at once, and not a multiple of it.
  [2, 6, 5, 70],
  [5, 33, 32, 4],
  // Room for the largest windows that have codes: of 256 places.
  [1, 20, 19, 19],
];
const WINDOWS = [
  [2, 2],
  [3, 2],
  [3, 1],
  [2, 3],
  [16, 5],
] as const;

/** Windows that overlap, behind what is not rectified. */
function overlapping(): Network {
  const net = new NetworkBuilder([16, 16, 3]);
  let x = net.add(conv2d({ filters: 8, kernelSize: 3 }), net.input);
  for (const strides of [1, 2])
    x = net.add(relu(), net.add(conv2d({ filters: 8, kernelSize: 3 }), net.add(maxPooling2d({ poolSize: 3, strides }), x)));
  net.add(dense({ units: 3 }), net.add(globalAveragePooling2d(), x));
  return net.build();
}

describeTensorFlow('max pooling by codes', (runtime) => {
  for (const shape of SHAPES)
    for (const [window, stride] of WINDOWS)
      for (const padding of ['same', 'valid'] as const) {
        const out = (size: number): number => (padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1);
        const [n, height, width, channels] = shape;
        if (out(height) < 1 || out(width) < 1) continue;
        it(`[${shape.join(', ')}] by ${window}, ${stride} apart, ${padding}: output and gradient`, () =>
          expectSame([shape, [n, out(height), out(width), channels]], ([x, dy]) => [
            pool(x, { window, stride, padding }),
            tf.grad((a) => pool(a, { window, stride, padding }))(x, dy),
          ]));
      }

  it('is told from windows of another size', () =>
    expect(
      expectSame([[2, 8, 8, 4]], ([x]) => [pool(x, { window: tf.getBackend() === 'tensorflow' ? 3 : 2, stride: 2, padding: 'same' })]),
    ).rejects.toThrow(/output 0/));

  it('of equal values the first gets the gradient, and what is not a number is not lost', async () => {
    await tf.setBackend('tensorflow');
    const windows: PoolingWindows = { window: 2, stride: 2, padding: 'same' };
    const [equal, dy] = [tf.fill([1, 4, 4, 1], 1), tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1])];
    expect([
      ...tf
        .grad((a) => pool(a, windows))(equal, dy)
        .dataSync(),
    ]).toEqual([1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0]);
    const x = tf.tensor4d([NaN, 1, 1, 2, 1, 1, 1, 3, 1, 1, 5, 1, 1, NaN, 1, 1], [1, 4, 4, 1]);
    // A whole register of channels, and the channels that fill none.
    const many = [...pool(tf.tile(x, [1, 1, 1, 19]), windows).dataSync()];
    expect(many).toEqual([NaN, 3, NaN, 5].flatMap((value) => new Array<number>(19).fill(value)));
  });

  it('refuses what is no picture, and gradients of another shape, in a sentence', async () => {
    await tf.setBackend('tensorflow');
    const windows: PoolingWindows = { window: 2, stride: 2, padding: 'same' };
    const run = (kernel: string, inputs: object, more = {}): unknown =>
      tf.tidy(() => tf.engine().runKernel(kernel, inputs as tf.NamedTensorMap, { ...windows, ...more }));
    expect(() => run(MAX_POOL, { x: tf.ones([4, 4]) })).toThrow(/max pooling of/);
    const [dy, codes] = [tf.ones([1, 2, 2, 1]), tf.ones([1, 3, 2, 1])];
    expect(() => run(MAX_POOL_GRADIENT, { dy, codes }, { height: 4, width: 4 })).toThrow();
  });

  it.each([12, 19])('the first in a window that is not a number gets the gradient, of %i channels', async (channels) => {
    await tf.setBackend('tensorflow');
    // Of the windows at the edge a part lies outside.
    const windows: PoolingWindows = { window: 3, stride: 1, padding: 'same' };
    const x = tf.tile(tf.tensor4d([NaN, NaN, ...new Array<number>(14).fill(0)], [1, 4, 4, 1]), [1, 1, 1, channels]);
    const gradient = tf.grad((a) => pool(a, windows))(x, tf.onesLike(x));
    const [first, second, ...rest] = tf.unstack(gradient.reshape([16, channels])).map((one) => [...one.dataSync()]);
    expect([first, second]).toEqual([4, 2].map((times) => new Array<number>(channels).fill(times)));
    expect(rest.flat().reduce((a, b) => a + b)).toBe(10 * channels);
  });

  it('leaves larger windows than a code can tell the places of to the engine', async () => {
    await tf.setBackend('tensorflow');
    const network = (poolSize: number): Network => {
      const net = new NetworkBuilder([20, 20, 3]);
      net.add(dense({ units: 3 }), net.add(globalAveragePooling2d(), net.add(maxPooling2d({ poolSize, strides: 2 }), net.input)));
      return net.build();
    };
    const saves = (poolSize: number) => withCodedPooling(network(poolSize)).nodes[0].layer.saves;
    expect([saves(16), saves(17)]).toEqual(['nothing', network(17).nodes[0].layer.saves]);
    expect(saves(17)).not.toBe('nothing');
    expect((await readStep(runtime(), network(17), [5])).carry.flatMap((values) => [...values]).every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    await tf.setBackend('tensorflow');
    const held = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const before = held();
    const x = values([2, 6, 6, 3], 1);
    tf.tidy(() => {
      tf.grad((a) => pool(a, { window: 3, stride: 2, padding: 'same' }))(x);
    });
    tf.dispose(x);
    expect(held()).toEqual(before);
  });

  it.each([
    ['a residual net', () => residualNet(32, 1)],
    ['overlapping windows', overlapping],
  ])('%s learns what it learns with stock pooling, in less memory; captured, op by op and again, the same bits', async (_, make) => {
    const stock = await readStep({ ...runtime(), codesPooling: false }, make(), [6, 5]);
    const coded = await readStep(runtime(), make(), [6, 5]);
    expect(gradientError(make(), coded.carry, stock.carry)).toBeLessThan(1e-6);
    expect(coded.peakBytes).toBeLessThan(0.95 * stock.peakBytes);
    expect((await readStep(runtime(), make(), [6, 5])).carry).toEqual(coded.carry);
    expect((await readStep(opByOp(runtime()), make(), [6, 5])).carry).toEqual(coded.carry);
    // Control: the gradient of more samples.
    expect(gradientError(make(), (await readStep(runtime(), make(), [11, 5])).carry, stock.carry)).toBeGreaterThan(1e-3);
  });

  it('leaves activations in 8 bits alone, and plans other savers anew', () => {
    const rounded = withSavers(residualNet(12, 2), ['int8-activations']);
    expect(withCodedPooling(rounded)).toBe(rounded);
    expect(withCodedPooling(withSavers(residualNet(12, 2), ['recompute'])).savers!.names).toEqual(['recompute']);
  });
});
