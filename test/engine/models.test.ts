// Architectures have the published size and build for any picture; their first weights repeat.
import { describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { resnet18 } from '#engine/models/resnet-18';
import { smallCnn } from '#engine/models/small-cnn';
import { weightCount } from '#engine/network';

describe('ResNet-18', () => {
  it('has the published 11,689,512 parameters at 224 px and 1,000 classes', () => {
    expect(weightCount(resnet18([224, 224, 3], 1000), true)).toBe(11_689_512);
  });
});

describe('small CNN', () => {
  it.each([
    [[8, 8, 1], 10],
    [[4, 4, 3], 2],
    [[1, 1, 1], 2],
    [[224, 160, 3], 7],
  ])('builds for pictures of %j with %i classes', (shape, classes) => {
    const network = smallCnn(shape, classes);
    expect(network.classes).toBe(classes);
    expect(weightCount(network)).toBeLessThan(1e6);
  });
});

describe('initialWeights', () => {
  const network = smallCnn([8, 8, 1], 10);

  it('repeat for a seed and differ for another', () => {
    expect(initialWeights(network, 1)).toEqual(initialWeights(network, 1));
    expect(initialWeights(network, 1)).not.toEqual(initialWeights(network, 2));
  });

  it('have the deviation their rule asks for', () => {
    const place = network.weights.findIndex((w) => w.shape.length === 4 && w.shape[2] === 32);
    const [kernel, { shape }] = [initialWeights(network, 1)[place], network.weights[place]];
    const deviation = Math.sqrt(kernel.reduce((sum, v) => sum + v * v, 0) / kernel.length);
    expect(deviation / Math.sqrt(2 / (9 * shape[2]))).toBeCloseTo(1, 1);
  });
});
