// The tape we walk ourselves: TF.js's gradients to the bit, less alive while it walks, nothing afterwards.
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { backpropagate, record } from '#engine/tape';
import { directRuntime } from '#test/support/direct-runtime';

beforeAll(directRuntime);

const OPS: ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  (a, b) => tf.add(a, b),
  (a, b) => tf.mul(a, b),
  (a, b) => tf.sub(a, b),
  (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D),
  (a) => tf.relu(a),
  (a) => tf.reshape(tf.reshape(a, [9]), [3, 3]),
  (a, b) => tf.slice(tf.concat([a, b]), [1, 0], [3, 3]),
  (a) => tf.add(tf.mean(a, 0, true), tf.sum(a, 1, true)),
];
/** Each step: which op, of which two tensors made so far. */
const programs = fc.array(fc.tuple(fc.nat(OPS.length - 1), fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 12 });

const run = (program: [number, number, number][], xs: tf.Tensor[]): tf.Scalar => {
  const made = [...xs];
  for (const [op, a, b] of program) made.push(OPS[op](made[a % made.length], made[b % made.length]));
  // Everything leads to the end, so that every x has a gradient.
  return tf.sum(tf.addN(made.map((t) => tf.mul(t, t))));
};
const inputs = (): tf.Tensor[] =>
  [1, 2].map((salt) =>
    tf.tensor2d(
      Array.from({ length: 9 }, (_, i) => Math.sin(salt * (i + 1))),
      [3, 3],
    ),
  );

describe('against the gradients of TF.js', () => {
  it('random programs, tensors read many times: the same bits, no tensor left', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const xs = inputs();
        const theirs = tf.tidy(() =>
          tf
            .grads((...v: tf.Tensor[]) => run(program, v))(xs)
            .map((g) => g.dataSync()),
        );
        const before = tf.memory().numTensors;
        const ours = tf.tidy(() => {
          const recording = record(() => [run(program, xs)]);
          return backpropagate(recording, [[recording.outputs[0], tf.scalar(1)]], xs).map((g) => g!.dataSync());
        });
        expect(tf.memory().numTensors).toBe(before);
        expect(ours).toEqual(theirs);
        tf.dispose(xs);
      }),
    );
  });

  it('control: a gradient of the wrong program is not the same', () => {
    const xs = inputs();
    const [a, b] = [0, 1].map((op) =>
      tf
        .grads((...v: tf.Tensor[]) => run([[op, 0, 1]], v))(xs)[0]
        .dataSync(),
    );
    expect(a).not.toEqual(b);
  });
});

it('holds one gradient of a chain at a time, where TF.js holds them all', () => {
  const x = tf.ones([1000]);
  const chain = (v: tf.Tensor): tf.Tensor => {
    for (let i = 0; i < 20; i++) v = tf.neg(v);
    return v;
  };
  let most = 0;
  const watch = tf.customGrad((...args: unknown[]) => ({
    value: (args[0] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => {
      most = tf.memory().numBytes;
      return dy.clone();
    },
  }));
  const before = tf.memory().numBytes;
  tf.tidy(() => {
    const recording = record(() => [chain(watch(x))]);
    backpropagate(recording, [[recording.outputs[0], tf.ones([1000])]], [x]);
  });
  const ours = most - before;
  tf.tidy(() => tf.grad((v: tf.Tensor) => chain(watch(v)))(x));
  expect(ours).toBeLessThanOrEqual(5 * 4000);
  expect(most - before).toBeGreaterThan(20 * 4000);
});

it('a layer computes the gradients of early tensors first, also where its input is one that the walk started from', () => {
  /** Names of a product's two inputs, in the order their gradients are computed. */
  const walk = (early: (xs: tf.Tensor[]) => tf.Tensor[]): string[] => {
    const order: string[] = [];
    tf.tidy(() => {
      const xs = inputs();
      const recording = record(() => [tf.mul(xs[0], xs[1])]);
      const node = recording.nodes.find(({ kernelName }) => kernelName === 'Multiply')!;
      const { gradient } = node;
      node.gradient = (dys) => {
        const of = Object.entries(gradient!(dys));
        return Object.fromEntries(of.map(([name, slope]) => [name, () => (order.push(name), slope())]));
      };
      backpropagate(recording, [[recording.outputs[0], tf.ones([3, 3])]], xs, early(xs));
    });
    return order;
  };
  expect(walk(() => [])).toEqual(['a', 'b']);
  expect(walk(([, b]) => [b])).toEqual(['b', 'a']);
});

it('a tensor that just passes gets back what arrived', () => {
  const x = tf.tensor1d([1, 2]);
  const [gradient] = tf.tidy(() => {
    const recording = record(() => [tf.mul(x, x)]);
    return backpropagate(
      recording,
      [
        [recording.outputs[0], tf.tensor1d([1, 1])],
        [x, tf.tensor1d([10, 20])],
      ],
      [x],
    );
  });
  expect([...gradient!.dataSync()]).toEqual([12, 24]);
});

it('leaves nothing behind when the forward or the backward pass fails', () => {
  const x = tf.ones([4]);
  const before = tf.memory().numTensors;
  const failing = tf.customGrad((...args: unknown[]) => {
    (args[1] as tf.GradSaveFunc)([args[0] as tf.Tensor]);
    return {
      value: (args[0] as tf.Tensor).clone(),
      gradFunc: () => {
        throw new Error('no gradient today');
      },
    };
  });
  expect(() => record(() => [tf.square(tf.mul(x, x)), failing(x), tf.reshape(x, [5])])).toThrow();
  const recording = record(() => [tf.square(failing(tf.mul(x, x)))]);
  expect(() => tf.tidy(() => backpropagate(recording, [[recording.outputs[0], tf.ones([4])]], [x]))).toThrow('no gradient today');
  tf.dispose(recording.outputs);
  expect(tf.memory().numTensors).toBe(before);
});
