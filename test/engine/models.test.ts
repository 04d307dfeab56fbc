// Architectures have the published size and build for any picture; their first weights repeat.
import { describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { lenet } from '#engine/models/lenet';
import { mlp } from '#engine/models/mlp';
import { mobileNetV2 } from '#engine/models/mobilenet-v2';
import { resnet101 } from '#engine/models/resnet-101';
import { resnet18 } from '#engine/models/resnet-18';
import { resnet34 } from '#engine/models/resnet-34';
import { resnet50 } from '#engine/models/resnet-50';
import { resnet8 } from '#engine/models/resnet-8';
import { smallCnn } from '#engine/models/small-cnn';
import { uNet } from '#engine/models/u-net';
import { weightCount } from '#engine/network';

describe('LeNet-5', () => {
  it('has the 61,706 parameters of the usual form at 28 px and 10 classes', () => {
    // (5·5·1+1)·6 + (5·5·6+1)·16 + (400+1)·120 + (120+1)·84 + (84+1)·10: the paper's layers, each unit connected (as in d2l.ai, 7.6).
    expect(weightCount(lenet([28, 28, 1], 10))).toBe(61_706);
  });

  it.each([8, 1, 9, 96])('builds for pictures of %i px', (size) => {
    expect(lenet([size, size, 3], 4).classes).toBe(4);
  });
});

describe('MLP', () => {
  it('has a weight from every number to every unit, and a bias', () => {
    expect(weightCount(mlp([8, 8, 1], 10))).toBe(65 * 256 + 257 * 256 + 257 * 10);
    expect(weightCount(mlp([13], 3, [32]))).toBe(14 * 32 + 33 * 3);
  });
});

describe('ResNet-8', () => {
  it('has the 78,666 parameters of MLPerf Tiny at 32 px and 10 classes, less the biases in front of BatchNorm', () => {
    expect(weightCount(resnet8([32, 32, 3], 10))).toBe(78_666 - (16 * 3 + 32 * 2 + 64 * 2));
  });
});

describe('MobileNetV2', () => {
  it('has the 3,504,872 trainable parameters of Keras and torchvision at 224 px and 1,000 classes', () => {
    expect(weightCount(mobileNetV2([224, 224, 3], 1000), true)).toBe(3_504_872);
    expect(mobileNetV2([96, 96, 3], 10).nodes.filter(({ layer }) => layer.className === 'Add').length).toBe(10);
  });
});

describe('U-Net', () => {
  it('has the 7,763,041 parameters of Buda et al. with 32 filters, and a quarter of them with 16', () => {
    expect(weightCount(uNet([256, 256, 3], 1, 32), true)).toBe(7_763_041);
    expect(weightCount(uNet([128, 128, 3], 1), true)).toBe(1_942_577);
  });

  it('answers a logit for every pixel and mask, and refuses sides it cannot halve four times', () => {
    expect(uNet([48, 32, 1], 2).outputShape).toEqual([48, 32, 2]);
    expect(() => uNet([100, 96, 3], 1)).toThrow('A U-Net takes pictures whose sides are multiples of 16, not 96 × 100. Resize them first.');
  });
});

describe('residual networks', () => {
  it.each([
    [18, resnet18, 11_689_512],
    [34, resnet34, 21_797_672],
    [50, resnet50, 25_557_032],
    [101, resnet101, 44_549_160],
  ])('of %i layers have the published parameters at 224 px and 1,000 classes', (_layers, build, parameters) => {
    const network = build([224, 224, 3], 1000);
    expect(weightCount(network, true)).toBe(parameters);
    const pooled = network.nodes.findIndex(({ layer }) => layer.className === 'GlobalAveragePooling2D');
    expect(network.nodes[pooled - 1].layer.outputShape.slice(0, 2)).toEqual([7, 7]);
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
