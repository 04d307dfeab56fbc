// Values with their axes in another order: as TensorFlow.js transposes them, and back again.
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { permuted } from '#exports/permute';
import { directRuntime } from '#test/support/direct-runtime';

beforeAll(directRuntime);

const anyCase = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })
  .chain((shape) => fc.record({ shape: fc.constant(shape), axes: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }) }));

it('is what TensorFlow.js makes of it', () => {
  fc.assert(
    fc.property(anyCase, ({ shape, axes }) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
      const turned = permuted({ shape, values }, axes);
      const expected = tf.tidy(() => tf.transpose(tf.tensor(values, shape), axes));
      expect(turned.shape).toEqual(expected.shape);
      expect(turned.values).toEqual(expected.dataSync());
      expected.dispose();
      const back = axes.map((_, axis) => axes.indexOf(axis));
      expect(permuted(turned, back)).toEqual({ shape, values });
    }),
  );
});
