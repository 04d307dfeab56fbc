// Filter gradients by our own op against the cpu backend, in shapes that leave tiles, panels and groups of pictures unfilled.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
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
  { pictures: 2, size: [5, 7], channels: 3, filters: 5, kernel: [3, 3], stride: [1, 1], padding: 'valid' },
];

const convolve =
  ({ stride, padding }: Case) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding);

describeTensorFlow('filter gradients', () => {
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
