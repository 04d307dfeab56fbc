// Every kernel we add, on TensorFlow against the cpu backend: outputs and gradients.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { accumulateInto } from '#engine/kernels/accumulate';
import { registerComposedKernels } from '#engine/kernels/composed';
import { batchNorm, reluGrad, softmaxCrossEntropy } from '#engine/kernels/fused';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import { biasAdd, matMul2d } from '#engine/kernels/linear';
import { expectSame, values } from '#test/support/same-as-cpu';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('added kernels', () => {
  beforeAll(() => {
    registerComposedKernels('cpu');
    replaceSlowGradients();
  });

  for (const shape of [
    [1, 1, 1, 1],
    [1, 1, 1, 8],
    [2, 1, 1, 3],
    [1, 4, 5, 3],
    [4, 6, 6, 16],
    [3, 7, 5, 33],
  ]) {
    const channels = [shape[3]];
    it(`batch normalization of [${shape.join(', ')}]`, () =>
      expectSame([shape, channels, channels], ([x, scale, offset]) => {
        const { y, mean, variance } = batchNorm(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-3);
        return [y, mean, variance];
      }));

    it(`its gradients for [${shape.join(', ')}]`, () =>
      expectSame([shape, channels, channels, shape], ([x, scale, offset, dy]) =>
        tf.grads((a, b, c) => batchNorm(a as tf.Tensor4D, b as tf.Tensor1D, c as tf.Tensor1D, 1e-3).y)([x, scale, offset], dy),
      ));
  }

  for (const shape of [[1], [5, 3], [2, 3, 4, 5], [64, 17]]) {
    it(`ReLU's gradient for [${shape.join(', ')}]`, async () => {
      await expectSame([shape, shape], ([x, dy]) => [reluGrad(dy, tf.relu(x)), tf.grad((a) => tf.relu(a))(x, dy)]);
    });
  }

  for (const [m, k, n] of [
    [1, 1, 1],
    [5, 3, 7],
    [32, 64, 10],
    [40, 300, 400],
  ]) {
    it(`the product [${m}, ${k}] · [${k}, ${n}] and its gradients`, () =>
      expectSame(
        [
          [m, k],
          [k, n],
          [m, n],
        ],
        ([a, b, dy]) => {
          const compute = (x: tf.Tensor, y: tf.Tensor) => matMul2d(x as tf.Tensor2D, y as tf.Tensor2D);
          return [compute(a, b), ...tf.grads(compute)([a, b], dy)];
        },
      ));
  }

  for (const shape of [
    [1, 1],
    [6, 5],
    [2, 3, 4, 5],
  ]) {
    it(`a bias on [${shape.join(', ')}] and its gradients`, () =>
      expectSame([shape, [shape[shape.length - 1]], shape], ([x, bias, dy]) => {
        const compute = (a: tf.Tensor, b: tf.Tensor) => biasAdd(a, b as tf.Tensor1D);
        return [compute(x, bias), ...tf.grads(compute)([x, bias], dy)];
      }));
  }

  for (const [n, classes] of [
    [1, 1],
    [1, 10],
    [7, 3],
    [64, 1000],
  ]) {
    it(`softmax cross-entropy of [${n}, ${classes}] and its gradient`, () =>
      expectSame([[n, classes], [n, classes], [n]], ([logits, other, dy]) => {
        const labels = tf.softmax(other);
        const loss = (x: tf.Tensor) => softmaxCrossEntropy(x, labels);
        return [loss(logits), tf.grad(loss)(tf.mul(logits, 20), dy)];
      }));
  }

  for (const shape of [[1], [3, 5], [3, 3, 64, 128], [70_001]])
    it(`a sum over micro-batches of [${shape.join(', ')}], in the sum’s own memory`, async () => {
      await expectSame([shape, shape], ([sum, gradient]) => [accumulateInto(sum, gradient)]);
      await tf.setBackend('tensorflow');
      const [sum, gradient] = [values(shape, 1), values(shape, 2)];
      // Control: what a plain sum makes leaves its terms as they were.
      const [before, plain] = [sum.dataSync().slice(), tf.add(sum, gradient)];
      expect(sum.dataSync()).toEqual(before);
      const spent = accumulateInto(sum, gradient);
      expect(spent.dataSync()).toEqual(plain.dataSync());
      expect(sum.dataSync()).toEqual(plain.dataSync());
      tf.dispose([sum, gradient, plain, spent]);
    });

  it('gradients of Mean and Sum', () =>
    expectSame([[3, 4, 5], [3, 5], [4]], ([x, dyMean, dySum]) => [
      tf.grad((a) => tf.mean(a, 1))(x, dyMean),
      tf.grad((a) => tf.sum(a, [0, 2]))(x, dySum),
      tf.grad((a) => tf.mean(a))(x),
    ]));

  it('leaves no tensor behind', async () => {
    await tf.setBackend('tensorflow');
    const inputs = [values([2, 3, 3, 4], 1), values([4], 2), values([4], 3)];
    const normalize = ([x, scale, offset]: tf.Tensor[]) => batchNorm(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-3).y;
    const held = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const before = held();
    tf.tidy(() => {
      softmaxCrossEntropy(normalize(inputs).reshape([-1, 4]), tf.ones([18, 4]));
      tf.grads((...args) => tf.relu(normalize(args)))(inputs);
    });
    expect(held()).toEqual(before);
    tf.dispose(inputs);
  });
});
