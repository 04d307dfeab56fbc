// Runs a function of tensors on WebAssembly and on TF.js's cpu backend, and measures how far apart the answers are.
import * as tf from '@tensorflow/tfjs';
import { registerComposedKernels } from '#engine/kernels/composed';
import { randomStream } from '#engine/random';
import { loadWasm } from '#trainer/wasm/load';

export async function startBackends(): Promise<void> {
  await loadWasm();
  registerComposedKernels('cpu');
  tf.env().set('PROD', true); // The cpu backend would print an advertisement.
}

export interface Values {
  shape: number[];
  values: number[];
  dtype?: 'float32' | 'int32';
}

/** Seeded, between −1 and 1. */
export function random(shape: number[], seed = 1): Values {
  const next = randomStream(seed);
  return { shape, values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * next() - 1) };
}

/** The answers of `fn`; fails if it leaves a tensor behind. */
export function runOn(backend: 'wasm' | 'cpu', fn: (inputs: tf.Tensor[]) => tf.Tensor[], inputs: Values[]): Values[] {
  tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const tensors = inputs.map(({ values, shape, dtype = 'float32' }) => tf.tensor(values, shape, dtype));
  const answers = tf.tidy(() => fn(tensors));
  const read = answers.map((t) => ({ shape: t.shape, values: Array.from(t.dataSync()) }));
  tf.dispose([...tensors, ...answers]);
  tf.setBackend('wasm');
  const left = tf.memory().numTensors - before;
  if (left !== 0) throw new Error(`${backend}: ${left} tensors left behind`);
  return read;
}

/** Largest difference, relative to the largest expected value; infinite when shapes differ or something is no number. */
export function distance(found: Values, expected: Values): number {
  if (found.shape.join() !== expected.shape.join()) return Infinity;
  const largest = expected.values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-20);
  return found.values.reduce((most, v, i) => {
    const difference = Math.abs(v - expected.values[i]) / largest;
    return difference <= most ? most : Number.isNaN(difference) ? Infinity : difference;
  }, 0);
}

/** The largest distance between the two backends' answers. */
export function apart(fn: (inputs: tf.Tensor[]) => tf.Tensor[], inputs: Values[]): number {
  const expected = runOn('cpu', fn, inputs);
  return Math.max(...runOn('wasm', fn, inputs).map((answer, i) => distance(answer, expected[i])));
}

/** Answer and gradients of `op`, with a slope that differs from place to place. */
export const withGradients =
  (op: (inputs: tf.Tensor[]) => tf.Tensor) =>
  (inputs: tf.Tensor[]): tf.Tensor[] => {
    const { value, grads } = tf.valueAndGrads((...args: tf.Tensor[]) => op(args))(inputs, slopeLike(tf.tidy(() => op(inputs))));
    return [value, ...grads];
  };

function slopeLike(y: tf.Tensor): tf.Tensor {
  const { values } = random(y.shape, 99);
  return tf.tensor(values, y.shape);
}
