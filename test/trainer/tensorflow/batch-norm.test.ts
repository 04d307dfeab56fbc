// BatchNorm's three modes on TensorFlow, every stage captured; and what the gradient through a layer takes.
import { mul, rsqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { inputSlope, type Gathered } from '#engine/exact-batch-norm/formulas';
import type { TensorFunction, TensorSpec } from '#engine/runtime';
import { batchNormSuite } from '#test/support/batch-norm';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('BatchNorm on TensorFlow', (runtime) => batchNormSuite(async () => runtime()));

describeTensorFlow('The gradient through a BatchNorm layer on TensorFlow', (runtime) => {
  it('takes one value beside what it is made of; with the slope taken from dy first it takes two (control)', () => {
    const value: TensorSpec = { shape: [8, 24, 24, 16], dtype: 'float32' };
    const channels: TensorSpec = { shape: [16], dtype: 'float32' };
    const bytes = 4 * 8 * 24 * 24 * 16;
    const of =
      (formula: (dy: Tensor, x: Tensor, g: Gathered) => Tensor): TensorFunction =>
      ([dy, x, gamma, mean, variance, meanProduct, meanSlope]) => [formula(dy, x, { gamma, mean, variance, meanProduct, meanSlope })];
    const need = (name: string, fn: TensorFunction) =>
      runtime().forecast!(name, fn, [value, value, ...Array<TensorSpec>(5).fill(channels)]);
    expect(
      need(
        'dx',
        of((dy, x, g) => inputSlope(dy, x, g, 1e-3)),
      ) / bytes,
    ).toBeLessThan(1.1);
    const before = of((dy, x, g) => {
      const inverse = rsqrt(g.variance);
      const centred = mul(sub(x, g.mean), mul(inverse, g.meanProduct));
      return mul(sub(sub(dy, g.meanSlope), centred), mul(g.gamma, inverse));
    });
    expect(need('dx_before', before) / bytes).toBeGreaterThan(1.9);
  });
});
