// The pooled convolution's own kernels against convolution, bias, ReLU and pooling of the cpu backend, one after another.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { registerComposedKernels } from '#engine/kernels/composed';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import { pooledConvolution, type Padding } from '#engine/kernels/pooled-convolution';
import { describeTensorFlow } from '#test/support/tensorflow';

type Compute = (x: tf.Tensor, filters: tf.Tensor, bias: tf.Tensor) => tf.Tensor;

/** Same numbers in every run: a sine of the place, some of them negative. */
const values = (shape: number[], salt: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * salt) * 1.5),
    shape,
  );

interface Case {
  pictures: [n: number, height: number, width: number, channels: number];
  filters: [height: number, width: number, count: number];
  padding: Padding;
}

const own =
  (padding: Padding): Compute =>
  (x, filters, bias) =>
    pooledConvolution(x as tf.Tensor4D, filters as tf.Tensor4D, bias as tf.Tensor1D, padding);
const oneByOne =
  (padding: Padding): Compute =>
  (x, filters, bias) =>
    tf.maxPool(tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, padding), bias)) as tf.Tensor4D, 2, 2, 'same');

/** The output, and the gradients of pictures, filters and bias. */
async function computeOn(backend: string, { pictures, filters: [h, w, count] }: Case, compute: Compute): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const inputs = [values(pictures, 1), values([h, w, pictures[3], count], 2), values([count], 3)];
  const outputs = tf.tidy(() => {
    const y = compute(inputs[0], inputs[1], inputs[2]);
    return [y, ...tf.grads((a, b, c) => compute(a, b, c))(inputs, values(y.shape, 4))];
  });
  const results = outputs.map((t) => Float32Array.from(t.dataSync()));
  tf.dispose([inputs, outputs]);
  return results;
}

/** Largest difference of each output, as a share of its largest value. */
const apart = (found: Float32Array[], expected: Float32Array[]): number[] =>
  expected.map((reference, k) => {
    expect(found[k].length).toBe(reference.length);
    expect(found[k].every(Number.isFinite), `output ${k} is finite`).toBe(true);
    const scale = Math.max(1, ...reference.map(Math.abs));
    return reference.reduce((most, value, i) => Math.max(most, Math.abs(found[k][i] - value) / scale), 0);
  });

const CASES: Case[] = [
  { pictures: [1, 1, 1, 1], filters: [1, 1, 1], padding: 'same' },
  { pictures: [9, 28, 28, 1], filters: [5, 5, 6], padding: 'same' },
  { pictures: [9, 14, 14, 6], filters: [5, 5, 16], padding: 'valid' },
  { pictures: [4, 8, 8, 1], filters: [3, 3, 32], padding: 'same' },
  { pictures: [5, 4, 4, 32], filters: [3, 3, 64], padding: 'same' },
  // Odd sizes: windows that reach over the edge; 33 filters: a register that is not full.
  { pictures: [3, 7, 9, 3], filters: [3, 3, 33], padding: 'same' },
  { pictures: [2, 9, 6, 2], filters: [4, 2, 7], padding: 'valid' },
  { pictures: [2, 5, 11, 5], filters: [7, 7, 9], padding: 'same' },
  { pictures: [1, 3, 3, 4], filters: [2, 3, 5], padding: 'same' },
];

describeTensorFlow('pooled convolution', () => {
  beforeAll(() => {
    registerComposedKernels('cpu');
    replaceSlowGradients();
  });

  for (const one of CASES) {
    const { pictures, filters, padding } = one;
    it(`of [${pictures.join(', ')}] with [${filters.join(', ')}], ${padding}: output and gradients`, async () => {
      const found = await computeOn('tensorflow', one, own(padding));
      for (const difference of apart(found, await computeOn('cpu', one, oneByOne(padding)))) expect(difference).toBeLessThan(1e-5);
      expect(await computeOn('tensorflow', one, own(padding))).toEqual(found);
    });
  }

  it('is told from a convolution that is pooled without ReLU', async () => {
    const without: Compute = (x, filters, bias) =>
      tf.maxPool(tf.add(tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, 'same'), bias) as tf.Tensor4D, 2, 2, 'same');
    const [found, other] = [await computeOn('tensorflow', CASES[1], own('same')), await computeOn('cpu', CASES[1], without)];
    for (const difference of apart(found, other)) expect(difference).toBeGreaterThan(1e-2);
  });

  it('gives the gradient of equal values to the first of them, as pooling does', async () => {
    const grads = async (backend: string, compute: Compute) => {
      await tf.setBackend(backend);
      const [x, filters, bias] = [tf.fill([2, 6, 6, 2], 0.5), values([3, 3, 2, 4], 2), tf.fill([4], 20)];
      const found = tf.tidy(() => tf.grads((a, b, c) => compute(a, b, c))([x, filters, bias], values([2, 2, 2, 4], 4)));
      const results = found.map((t) => Float32Array.from(t.dataSync()));
      tf.dispose([x, filters, bias, found]);
      return results;
    };
    for (const difference of apart(await grads('tensorflow', own('valid')), await grads('cpu', oneByOne('valid'))))
      expect(difference).toBeLessThan(1e-5);
  });

  it('lets what is not a number through', async () => {
    await tf.setBackend('tensorflow');
    const x = tf.fill([1, 4, 4, 1], 1).arraySync() as number[][][][];
    for (const place of [0, 1]) x[0][place][1][0] = NaN;
    const y = tf.tidy(() => own('same')(tf.tensor4d(x), tf.ones([1, 1, 1, 3]), tf.zeros([3])).dataSync());
    expect([...y.slice(0, 3)]).toEqual([NaN, NaN, NaN]);
    expect([...y.slice(3)].every((value) => value === 1)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    await tf.setBackend('tensorflow');
    const held = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const before = held();
    const inputs = [values([2, 6, 6, 1], 1), values([3, 3, 1, 4], 2), values([4], 3)];
    tf.tidy(() => {
      tf.grads((a, b, c) => own('same')(a, b, c))(inputs);
    });
    tf.dispose(inputs);
    expect(held()).toEqual(before);
  });
});
