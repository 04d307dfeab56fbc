// A kernel on TensorFlow held against TF.js's own backend in plain JavaScript.
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

export type Compute = (inputs: tf.Tensor[]) => tf.Tensor[];

/** Same numbers in every run: a sine of the place, some of them negative. */
export const values = (shape: number[], salt: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * salt) * 1.5),
    shape,
  );

async function computeOn(backend: string, shapes: number[][], compute: Compute): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const inputs = shapes.map(values);
  const outputs = tf.tidy(() => compute(inputs));
  const results = outputs.map((t) => t.dataSync() as Float32Array);
  tf.dispose([inputs, outputs]);
  return results;
}

/** On TensorFlow as on TF.js's plain JavaScript, within 1e-5 of the largest value. */
export async function expectSame(shapes: number[][], compute: Compute): Promise<void> {
  const [found, expected] = [await computeOn('tensorflow', shapes, compute), await computeOn('cpu', shapes, compute)];
  expect(found.length).toBe(expected.length);
  for (const [k, reference] of expected.entries()) {
    expect(found[k].length).toBe(reference.length);
    const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = reference.reduce((most, value, i) => Math.max(most, Math.abs(found[k][i] - value) / scale), 0);
    expect(found[k].every(Number.isFinite), `output ${k} is finite`).toBe(true);
    expect(worst, `output ${k}`).toBeLessThan(1e-5);
  }
}
