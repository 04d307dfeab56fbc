// Each rule against its definition (PyTorch's), written out in 64 bits for one number.
import { scalar, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { createOptimizer } from '#engine/optimizers';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';

const RATE = 0.1;
const EPSILON = 1e-3;
const GRADIENTS = [0.5, -0.25, 2, 0.125];

/** The weight after each gradient, from 1. */
function defined(name: OptimizerName): number[] {
  let [w, first, second] = [1, 0, 0];
  return GRADIENTS.map((g, i) => {
    const t = i + 1;
    switch (name) {
      case 'sgd':
        w -= RATE * g;
        break;
      case 'momentum':
        first = 0.9 * first + g;
        w -= RATE * first;
        break;
      case 'nesterov':
        first = 0.9 * first + g;
        w -= RATE * (g + 0.9 * first);
        break;
      case 'rmsprop':
        second = 0.99 * second + 0.01 * g * g;
        w -= (RATE * g) / (Math.sqrt(second) + EPSILON);
        break;
      case 'adamw':
      case 'adam':
        if (name === 'adamw') w -= RATE * 0.01 * w; // before the step, as torch.optim.AdamW does
        first = 0.9 * first + 0.1 * g;
        second = 0.999 * second + 0.001 * g * g;
        w -= (RATE * (first / (1 - 0.9 ** t))) / (Math.sqrt(second / (1 - 0.999 ** t)) + EPSILON);
    }
    return w;
  });
}

beforeAll(directRuntime);

it.each(OPTIMIZER_NAMES)('%s follows its definition', async (name) => {
  const optimizer = createOptimizer(name, { epsilon: EPSILON });
  let weight = tensor1d([1]);
  let slots = optimizer.slots.map(() => tensor1d([0]));
  const found: number[] = [];
  for (const [i, g] of GRADIENTS.entries()) {
    const scalars = optimizer.scalars(RATE, i + 1).map((value) => scalar(value));
    [weight, ...slots] = optimizer.apply(weight, tensor1d([g]), slots, scalars, true) as (typeof weight)[];
    found.push((await weight.data())[0]);
  }
  defined(name).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
});

it('weight decay leaves weights that do not decay alone', async () => {
  const optimizer = createOptimizer('adamw');
  const scalars = optimizer.scalars(RATE, 1).map((value) => scalar(value));
  const [weight] = optimizer.apply(tensor1d([3]), tensor1d([0]), [tensor1d([0]), tensor1d([0])], scalars, false);
  expect((await weight.data())[0]).toBe(3);
});
