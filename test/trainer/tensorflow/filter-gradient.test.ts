// Filter gradients by our own op against the cpu backend, in shapes that leave tiles, panels and the last group of pictures unfilled.
import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { expectSame } from '#test/support/same-as-cpu';
import { describeTensorFlow } from '#test/support/tensorflow';

interface Case {
  pictures: number;
  size: [number, number];
  channels: number;
  filters: number;
  kernel: [number, number];
  stride: [number, number];
  padding: 'same' | 'valid';
}

const CASES: Case[] = [
  { pictures: 5, size: [3, 3], channels: 67, filters: 35, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 7, size: [12, 9], channels: 64, filters: 17, kernel: [3, 3], stride: [1, 1], padding: 'valid' },
  { pictures: 9, size: [11, 8], channels: 70, filters: 33, kernel: [3, 3], stride: [2, 2], padding: 'same' },
  { pictures: 2, size: [9, 14], channels: 65, filters: 16, kernel: [5, 2], stride: [1, 2], padding: 'same' },
  { pictures: 11, size: [6, 6], channels: 71, filters: 40, kernel: [1, 1], stride: [1, 1], padding: 'same' },
  { pictures: 3, size: [1, 1], channels: 64, filters: 130, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 1, size: [66, 64], channels: 16, filters: 18, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 7, size: [12, 12], channels: 64, filters: 33, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 13, size: [1, 70], channels: 64, filters: 16, kernel: [5, 3], stride: [1, 1], padding: 'same' },
  { pictures: 2, size: [5, 7], channels: 3, filters: 5, kernel: [3, 3], stride: [1, 1], padding: 'valid' },
];

/** oneDNN is the faster one there. */
const STOCK: Case = { pictures: 2, size: [32, 32], channels: 16, filters: 16, kernel: [3, 3], stride: [1, 1], padding: 'same' };

const convolve =
  ({ stride, padding }: Case) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding);

interface Backend {
  binding: object;
  executeMultipleOutputs(op: string, ...others: unknown[]): tf.Tensor[];
}

describeTensorFlow('filter gradients', () => {
  /** How often our op computed one gradient. */
  function ours({ pictures, size, channels, filters, kernel, stride, padding }: Case, traced?: 'bfloat16'): number {
    const backend = tf.backend() as unknown as Backend;
    const { binding } = backend;
    const calls = vi.spyOn(backend, 'executeMultipleOutputs');
    if (traced) backend.binding = Object.create(binding, { tracedPrecision: { value: traced } }) as object;
    try {
      tf.tidy(() => {
        const [x, w] = [tf.ones([pictures, ...size, channels]), tf.ones([...kernel, channels, filters])];
        tf.grad((filter: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding))(w);
      });
      return calls.mock.calls.filter(([op]) => op === 'OverbatchFilterGradient').length;
    } finally {
      backend.binding = binding;
      calls.mockRestore();
    }
  }

  it('are computed by our op where it is faster, by oneDNN elsewhere and in bfloat16', async () => {
    await tf.setBackend('tensorflow');
    const before = tf.memory().numTensors;
    for (const given of CASES) expect(ours(given), JSON.stringify(given)).toBe(1);
    expect(ours(STOCK)).toBe(0);
    expect(ours(CASES[0], 'bfloat16')).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  for (const given of CASES) {
    const { pictures, size, channels, filters, kernel, stride, padding } = given;
    const name = `${pictures} × ${size.join(' × ')} × ${channels}, ${kernel.join(' × ')} to ${filters}, stride ${stride.join(', ')}, ${padding}`;
    const shapes = [
      [pictures, ...size, channels],
      [...kernel, channels, filters],
    ];
    const out = tf.backend_util.computeConv2DInfo(
      shapes[0] as [number, number, number, number],
      shapes[1] as [number, number, number, number],
      stride,
      1,
      padding,
    ).outShape;

    it(`${name}: as on the cpu backend`, async () => {
      await expectSame([...shapes, out], ([x, w, dy]) => tf.grads(convolve(given))([x, w], dy));
    });

    it(`${name}: the same bits every time`, async () => {
      await tf.setBackend('tensorflow');
      const [x, w, dy] = [...shapes, out].map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
      const gradient = async (): Promise<Float32Array> => {
        const [ofX, ofW] = tf.grads(convolve(given))([x, w], dy);
        const values = (await ofW.data()) as Float32Array;
        tf.dispose([ofX, ofW]);
        return values;
      };
      const first = await gradient();
      for (let i = 0; i < 3; i++) expect(await gradient()).toEqual(first);
      tf.dispose([x, w, dy]);
    });
  }
});
