// Convolutions and their gradients by our own ops against the cpu backend, in shapes that leave tiles, panels and groups of pictures unfilled.
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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
  { pictures: 5, size: [3, 3], channels: 67, filters: 46, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 7, size: [12, 9], channels: 64, filters: 29, kernel: [3, 3], stride: [1, 1], padding: 'valid' },
  { pictures: 9, size: [11, 8], channels: 70, filters: 45, kernel: [3, 3], stride: [2, 2], padding: 'same' },
  { pictures: 2, size: [9, 14], channels: 65, filters: 16, kernel: [5, 2], stride: [1, 2], padding: 'same' },
  { pictures: 11, size: [6, 6], channels: 71, filters: 45, kernel: [1, 1], stride: [1, 1], padding: 'same' },
  { pictures: 3, size: [1, 1], channels: 64, filters: 142, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 2, size: [66, 64], channels: 16, filters: 30, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 7, size: [12, 12], channels: 64, filters: 45, kernel: [3, 3], stride: [1, 1], padding: 'same' },
  { pictures: 13, size: [1, 70], channels: 64, filters: 16, kernel: [5, 3], stride: [1, 1], padding: 'same' },
  { pictures: 2, size: [5, 7], channels: 3, filters: 5, kernel: [3, 3], stride: [1, 1], padding: 'valid' },
  { pictures: 9, size: [2, 3], channels: 66, filters: 46, kernel: [3, 3], stride: [3, 2], padding: 'same' },
  { pictures: 8, size: [7, 7], channels: 64, filters: 45, kernel: [1, 1], stride: [2, 2], padding: 'valid' },
  { pictures: 19, size: [6, 4], channels: 40, filters: 45, kernel: [2, 3], stride: [1, 1], padding: 'same' },
];

const OPS = ['OverbatchConvolution', 'OverbatchInputGradient', 'OverbatchFilterGradient'];

const convolve =
  ({ stride, padding }: Case) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding);

interface Backend {
  binding: object;
  executeMultipleOutputs(op: string, ...others: unknown[]): tf.Tensor[];
}

const theBackend = (): Backend => tf.backend() as unknown as Backend;

/** What the kernels find in the binding in place of what is there. */
const withBinding = (binding: object, replaced: { tracedPrecision?: 'bfloat16'; tileColumns?: number }): object =>
  Object.create(binding, Object.getOwnPropertyDescriptors(replaced)) as object;

describeTensorFlow('convolutions of ours', (runtime) => {
  let processors: object;

  // Ours wherever they are with AVX2, whatever the width of this processor's registers.
  beforeAll(async () => {
    await tf.setBackend('tensorflow');
    processors = theBackend().binding;
    theBackend().binding = withBinding(processors, { tileColumns: 16 });
  });
  afterAll(() => {
    theBackend().binding = processors;
  });

  /** Which of our ops computed one convolution and its gradients. */
  function ours({ pictures, size, channels, filters, kernel, stride, padding }: Case): string[] {
    const calls = vi.spyOn(theBackend(), 'executeMultipleOutputs');
    try {
      tf.tidy(() => {
        const [x, w] = [tf.ones([pictures, ...size, channels]), tf.ones([...kernel, channels, filters])];
        tf.grads((picture: tf.Tensor, filter: tf.Tensor) => tf.conv2d(picture as tf.Tensor4D, filter as tf.Tensor4D, stride, padding))([
          x,
          w,
        ]);
      });
      return OPS.filter((op) => calls.mock.calls.some(([called]) => called === op));
    } finally {
      calls.mockRestore();
    }
  }

  it('compute what is asked of them, and nothing in bfloat16 or where the rule leaves it to oneDNN', () => {
    const before = tf.memory().numTensors;
    for (const given of CASES) expect(ours(given), JSON.stringify(given)).toEqual(OPS);
    const backend = theBackend();
    const forced = backend.binding;
    try {
      for (const replaced of [{ tracedPrecision: 'bfloat16' as const }, { tileColumns: 1000 }]) {
        backend.binding = withBinding(forced, replaced);
        expect(ours(CASES[1]), JSON.stringify(replaced)).toEqual([]);
      }
    } finally {
      backend.binding = forced;
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  /** What one filter gradient takes at most beside its inputs and its result, of all of them. */
  async function share(pictures: number, side: number, channels: number): Promise<number> {
    const { meter } = runtime();
    const [x, dy] = [tf.ones<tf.Rank.R4>([pictures, side, side, channels]), tf.ones<tf.Rank.R4>([pictures, side, side, channels])];
    const gradient = () => tf.grad((w: tf.Tensor) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same'))(tf.ones([3, 3, channels, channels]), dy);
    tf.tidy(gradient); // TF.js uploads a tensor when it is first read.
    const held = meter.inUseBytes();
    meter.resetPeak();
    await tf.tidy(gradient).data();
    const peak = meter.peakBytes() - held;
    tf.dispose([x, dy]);
    return peak / (2 * x.size * Float32Array.BYTES_PER_ELEMENT);
  }

  it('sum filters side by side only where pictures are small: a batch of eight takes no more a picture than one of seven', async () => {
    expect(await share(8, 96, 32)).toBeLessThan(1.1 * (await share(7, 96, 32)));
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
      await expectSame([...shapes, out], ([x, w, dy]) => [convolve(given)(x, w), ...tf.grads(convolve(given))([x, w], dy)]);
    });

    it(`${name}: the same bits every time`, async () => {
      await tf.setBackend('tensorflow');
      const [x, w, dy] = [...shapes, out].map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
      const compute = async (): Promise<unknown[]> => {
        const results = [convolve(given)(x, w), ...tf.grads(convolve(given))([x, w], dy)];
        const values = await Promise.all(results.map((t) => t.data()));
        tf.dispose(results);
        return values;
      };
      const first = await compute();
      for (let i = 0; i < 3; i++) expect(await compute()).toEqual(first);
      tf.dispose([x, w, dy]);
    });
  }
});
