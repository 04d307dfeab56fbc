// Forecasts beside what is counted, on an engine that forecasts: every part of a mini-batch, and every way a run can take.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseKept } from '#engine/exact-batch-norm/keep';
import { exactBatchNorm, type ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { fromFeatures, untilFeatures } from '#engine/features';
import { forecast, forecastPeak } from '#engine/forecast';
import { add } from '#engine/layers/add';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { depthwiseConv2d } from '#engine/layers/depthwise-conv-2d';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { CATALOGUE } from '#engine/models/catalogue';
import { uNetLight } from '#engine/models/u-net-light';
import { vitTiny } from '#engine/models/vit-tiny';
import { NetworkBuilder, type Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import { createOptimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { withSavers } from '#engine/savers/saver-plan';
import { frozenEnd, withTrainedPart } from '#engine/trained-part';
import { trial } from '#engine/trial';
import { SAVER_NAMES, type Precision } from '#shared/run-spec';
import { CASES, caseName, objectiveFor, readCase } from '../../bench/forecast-cases';
import { withBench } from './tiny';

export interface Bounds {
  /** Of all cases, from shapes alone. */
  median: number;
  worst: number;
  /** By the planner's line. */
  line: number;
}

const ASSERTED = 5;
const MICRO = 6;

const resnet = (): Network => CATALOGUE['resnet-8'].build([16, 16, 3], 10);
const vit = (): Network => vitTiny([12, 12, 3], 3, { patch: 2, blocks: 2, width: 24 });

/** Filter gradients by other means would take most of the memory. */
function largeDepthwise(): Network {
  const net = new NetworkBuilder([8, 8, 3]);
  const wide = net.add(conv2d({ filters: 256, kernelSize: 1 }), net.input);
  net.add(dense({ units: 3 }), net.add(globalAveragePooling2d(), net.add(depthwiseConv2d({ kernelSize: 5 }), wide)));
  return net.build();
}

/** What arrives is handed on as the sum's other part: the gradient of BatchNorm is not written over it. */
function linearSum(): Network {
  const net = new NetworkBuilder([16, 16, 3]);
  const normalized = (filters: number, from: number): number =>
    net.add(batchNormalization(), net.add(conv2d({ filters, kernelSize: 1 }), from));
  const wide = normalized(64, net.input);
  const sum = net.add(add(), wide, normalized(64, normalized(4, wide)));
  // Behind pooling by codes nothing but this gradient is the worst moment.
  net.add(dense({ units: 3 }), net.add(globalAveragePooling2d(), net.add(maxPooling2d({ poolSize: 4, strides: 4 }), sum)));
  return net.build();
}

export function forecasts(load: () => Promise<Runtime>, bounds: Bounds): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  }, 60_000);

  /** What is said, by what is counted. */
  const ratio = async (network: Network, exact?: ExactBatchNorm): Promise<number> => {
    const objective = objectiveFor(network);
    const optimizer = createOptimizer('adam');
    const before = [memory().numTensors, runtime.meter.inUseBytes()];
    const [said] = forecast(runtime, network, optimizer, [MICRO], objective, exact)!;
    expect([memory().numTensors, runtime.meter.inUseBytes()]).toEqual(before);
    const peakBytes = await withBench(
      runtime,
      network,
      optimizer,
      async (bench) => {
        bench.exact = exact;
        return (await trial(bench, MICRO, [MICRO], () => 0)).peakBytes;
      },
      objective,
    );
    return forecastPeak(said) / peakBytes;
  };
  const expectNear = (found: number): void => {
    expect(found).toBeGreaterThan(1 - bounds.worst);
    expect(found).toBeLessThan(1 + bounds.worst);
  };

  it('is near what is counted, and the planner’s line nearer, at sizes that nobody tried', async () => {
    const shapes: number[] = [];
    for (const asked of CASES.slice(0, ASSERTED)) {
      const { micro, forecastBytes, fittedBytes, countedBytes } = await readCase(runtime, asked);
      shapes.push(Math.abs(forecastBytes / countedBytes - 1));
      expect(shapes.at(-1), caseName(asked, micro)).toBeLessThanOrEqual(bounds.worst);
      expect(Math.abs(fittedBytes / countedBytes - 1), caseName(asked, micro)).toBeLessThanOrEqual(bounds.line);
    }
    expect(shapes.sort((a, b) => a - b)[ASSERTED >> 1]).toBeLessThanOrEqual(bounds.median);
  }, 120_000);

  describe('of exact BatchNorm, whose stages run one after another', () => {
    const network = (): Network => ({ ...resnet(), batchNorm: 'exact' });
    const all = exactBatchNorm(network());
    it.each([
      ['all is parked that later stages read', all],
      ['half of that', chooseKept(network(), CLASSES, all.parkedBytesPerSample / 2)],
      ['as little as can be', chooseKept(network(), CLASSES, 0)],
    ])('%s', async (_, exact) => {
      expectNear(await ratio(network(), exact));
      const [said] = forecast(runtime, network(), createOptimizer('sgd'), [MICRO], CLASSES, exact)!;
      expect(said.parkedBytesPerSample).toBe(exact.parkedBytesPerSample);
    });
  });

  it.each(SAVER_NAMES)('with the memory saver %s', async (name) => {
    const [plain, saving] = [vit(), withSavers(vit(), [name])];
    expectNear(await ratio(saving));
    const stepOf = (network: Network): number => forecast(runtime, network, createOptimizer('adam'), [MICRO])![0].stepBytes;
    expect(stepOf(saving)).toBeLessThanOrEqual(stepOf(plain));
  });

  it.each(['head', 'last-stages'] as const)('where only the %s is trained, of the whole network', async (part) => {
    expectNear(await ratio(withTrainedPart(resnet(), part)));
  });

  it('of the last layer alone, on features', async () => {
    const network = withTrainedPart(resnet(), 'head');
    expect(untilFeatures(network, frozenEnd(network)).nodes.length).toBeGreaterThan(1);
    expectNear(await ratio(fromFeatures(network, frozenEnd(network))));
  });

  it('of masks, and of rows', async () => {
    expectNear(await ratio(uNetLight([16, 16, 3], 3)));
    expectNear(await ratio(CATALOGUE.mlp.build([5], 2)));
  });

  it('of sums that BatchNorm ends in, to a hundredth', async () => {
    expect(Math.abs((await ratio(linearSum())) - 1)).toBeLessThan(0.01);
  });

  it('in the numbers of fast mode, where the engine has them', async () => {
    for (const precision of ['bfloat16', 'float16'] as Precision[]) {
      if (runtime.precisionProblems[precision] !== undefined) continue;
      expectNear(await ratio({ ...resnet(), precision }));
      expectNear(await ratio({ ...largeDepthwise(), precision }));
    }
  });
}
