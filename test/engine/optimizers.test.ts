// Each rule against its definition (PyTorch's), written out in 64 bits for one number, with its settings, penalties and averages.
import { scalar, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOptimizer, slotsOf, type OptimizerSettings } from '#engine/optimizers';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';

const RATE = 0.1;
const GRADIENTS = [0.5, -0.25, 2, 0.125];

/** The weight after each gradient, from 1, and its average. */
function defined(name: OptimizerName, settings: OptimizerSettings, decays: boolean): { weights: number[]; averages: number[] } {
  const { momentum = 0.9, beta1 = 0.9, beta2 = 0.999, alpha = 0.99, epsilon = 1e-8, l2 = 0, ema = 0 } = settings;
  const decay = settings.weightDecay ?? (name === 'adamw' ? 0.01 : 0);
  let [w, first, second, average] = [1, 0, 0, 0];
  const averages: number[] = [];
  const weights = GRADIENTS.map((given, i) => {
    const t = i + 1;
    const g = decays ? given + l2 * w : given;
    if (decays) w -= RATE * decay * w; // before the step, as torch.optim.AdamW does
    switch (name) {
      case 'sgd':
        w -= RATE * g;
        break;
      case 'momentum':
        first = momentum * first + g;
        w -= RATE * first;
        break;
      case 'nesterov':
        first = momentum * first + g;
        w -= RATE * (g + momentum * first);
        break;
      case 'rmsprop':
        second = alpha * second + (1 - alpha) * g * g;
        w -= (RATE * g) / (Math.sqrt(second) + epsilon);
        break;
      case 'adamw':
      case 'adam':
        first = beta1 * first + (1 - beta1) * g;
        second = beta2 * second + (1 - beta2) * g * g;
        w -= (RATE * (first / (1 - beta1 ** t))) / (Math.sqrt(second / (1 - beta2 ** t)) + epsilon);
    }
    average = t === 1 ? w : ema * average + (1 - ema) * w;
    averages.push(average);
    return w;
  });
  return { weights, averages };
}

async function found(name: OptimizerName, settings: OptimizerSettings, decays: boolean): Promise<{ weights: number[]; last: number[] }> {
  const optimizer = createOptimizer(name, settings);
  let [weight, ...slots]: Tensor[] = [tensor1d([1]), ...optimizer.slots.map(() => tensor1d([0]))];
  const [weights, last]: [number[], number[]] = [[], []];
  for (const [i, g] of GRADIENTS.entries()) {
    const scalars = optimizer.scalars(RATE, i + 1).map((value) => scalar(value));
    [weight, ...slots] = optimizer.apply(weight, tensor1d([g]), slots, scalars, decays);
    weights.push((await weight.data())[0]);
    if (slots.length > 0) last.push((await slots[slots.length - 1].data())[0]);
  }
  return { weights, last };
}

beforeAll(directRuntime);

const SETTINGS: Record<string, OptimizerSettings> = {
  'with its defaults': {},
  'with numbers of its own': { momentum: 0.5, beta1: 0.8, beta2: 0.95, alpha: 0.7, epsilon: 1e-3 },
  'with an L2 penalty': { l2: 0.3 },
  'with decoupled weight decay': { weightDecay: 0.2 },
  'with a decay of zero': { weightDecay: 0 },
  'with both penalties': { l2: 0.3, weightDecay: 0.2 },
};

describe.each(Object.entries(SETTINGS))('%s', (_, settings) => {
  it.each(OPTIMIZER_NAMES)('%s follows its definition', async (name) => {
    for (const decays of [true, false]) {
      const { weights } = defined(name, settings, decays);
      (await found(name, settings, decays)).weights.forEach((value, i) => expect(value).toBeCloseTo(weights[i], 5));
    }
  });
});

it('the average of the weights starts with the first update, and follows its definition behind every rule', async () => {
  for (const name of OPTIMIZER_NAMES) {
    const { weights, averages } = defined(name, { ema: 0.7 }, true);
    const { last } = await found(name, { ema: 0.7 }, true);
    averages.forEach((value, i) => expect(last[i]).toBeCloseTo(value, 5));
    expect(Math.abs(averages[3] - weights[3])).toBeGreaterThan(1e-3);
  }
});

it('running statistics are kept as averages only, and only where there are averages', () => {
  const statistic = { name: 'moving_mean', shape: [1], initializer: { kind: 'zeros' as const }, trainable: false, decays: false };
  expect(slotsOf(createOptimizer('adam', { ema: 0.9 }), { ...statistic, trainable: true })).toEqual(['mean', 'square', 'average']);
  expect(slotsOf(createOptimizer('adam', { ema: 0.9 }), statistic)).toEqual(['average']);
  expect(slotsOf(createOptimizer('adam'), statistic)).toEqual([]);
});
