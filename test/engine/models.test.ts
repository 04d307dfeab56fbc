// Architectures have the published size and build for any picture; their first weights repeat.
import { describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { amoebaNetD } from '#engine/models/amoebanet-d';
import { CATALOGUE } from '#engine/models/catalogue';
import { efficientNetLite0 } from '#engine/models/efficientnet-lite0';
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
import { uNetLight } from '#engine/models/u-net-light';
import { vitTiny } from '#engine/models/vit-tiny';
import { weightCount } from '#engine/network';
import { normalizations } from '#engine/statistics';
import { withTrainedPart } from '#engine/trained-part';
import { verdictOf } from '#engine/verdict';
import { MODEL_NAMES } from '#shared/run-spec';

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

describe('EfficientNet-Lite0', () => {
  const network = efficientNetLite0([224, 224, 3], 1000);

  it('has the 4,652,008 parameters of the published net at 1,000 classes, and two running statistics for each of 21,008 channels', () => {
    expect(weightCount(network, true)).toBe(4_652_008);
    expect(weightCount(network)).toBe(4_652_008 + 2 * 21_008);
  });

  it.each([
    ['everything', 4_652_008],
    ['last-stages', 3_874_632],
    ['head', 1_281_000],
  ] as const)('trains %s: %i of them', (part, count) => {
    expect(weightCount(withTrainedPart(network, part), true)).toBe(count);
  });

  it('takes pictures of any size', () => {
    for (const size of [1, 33, 160]) expect(weightCount(efficientNetLite0([size, size, 3], 1000))).toBe(weightCount(network));
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

describe('AmoebaNet-D', () => {
  // As torchgpipe's table of memory has them, which are those of GPipe's table 1 with more digits; half a per cent is their rounding.
  it.each([
    [18, 208, 81.5e6],
    [18, 416, 319e6],
    [18, 544, 542.7e6],
    [36, 544, 1.06e9],
    [72, 512, 1.84e9],
  ])('has the published size with %i layers and %i filters, at 224 px and 1,000 classes', (layers, filters, published) => {
    const parameters = weightCount(amoebaNetD([224, 224, 3], 1000, { layers, filters }), true);
    expect(Math.abs(parameters / published - 1)).toBeLessThan(0.005);
  });
});

describe('ViT-Tiny', () => {
  it('has the 5,717,416 parameters of timm and DeiT at 224 px and 1,000 classes', () => {
    expect(weightCount(vitTiny([224, 224, 3], 1000), true)).toBe(5_717_416);
  });

  it.each([
    [224, 14 * 14 + 1],
    [64, 8 * 8 + 1],
    [32, 8 * 8 + 1],
    [8, 8 * 8 + 1],
  ])('of a picture of %i px sees %i tokens', (side, tokens) => {
    const { nodes } = vitTiny([side, side, 3], 10);
    expect(nodes.find(({ layer }) => layer.className === 'ClassToken')!.layer.outputShape).toEqual([tokens, 192]);
  });
});

describe('light U-Net', () => {
  it('has a fifth of the U-Net’s weights, and its answer', () => {
    expect(weightCount(uNetLight([128, 128, 3], 1), true) / weightCount(uNet([128, 128, 3], 1), true)).toBeCloseTo(0.2, 2);
    expect(uNetLight([48, 32, 1], 2).outputShape).toEqual([48, 32, 2]);
  });
});

describe('normalization by groups', () => {
  const normalizing = MODEL_NAMES.filter((name) => normalizations(CATALOGUE[name].build([64, 64, 3], 4)).length > 0);

  it.each(normalizing)('%s has it everywhere in place of BatchNorm, with as many trained numbers', (name) => {
    const [batch, group] = (['batch', 'group'] as const).map((normalization) => CATALOGUE[name].build([64, 64, 3], 4, { normalization }));
    expect(normalizations(group)).toEqual([]);
    expect(group.nodes.map(({ layer }) => layer.className.replace('Group', 'Batch'))).toEqual(
      batch.nodes.map(({ layer }) => layer.className),
    );
    expect(weightCount(group, true)).toBe(weightCount(batch, true));
    // The control: only one of the two results depends on the pieces.
    expect([batch, group].map((network) => verdictOf(network, [2, 2]).kind)).toEqual(['not-identical', 'identical']);
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
