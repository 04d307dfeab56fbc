// Makers of small things to learn with: a net, pictures, a learner on a runtime.
import { initialWeights } from '#engine/initialize';
import { add } from '#engine/layers/add';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { dropout } from '#engine/layers/dropout';
import { flatten } from '#engine/layers/flatten';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { createLearner, disposeLearner } from '#engine/learner';
import type { PieceReader, Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { NetworkBuilder, type Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import type { Objective } from '#engine/objectives/objective';
import { createOptimizer, type Optimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { uploadSamples, type TrainingData } from '#engine/training-data';

export const TINY_SHAPE = [6, 6, 2] as const;
export const TINY_CLASSES = 3;

/** Convolution, optional BatchNorm, ReLU, pooling, two dense layers; dropout after either ReLU where a rate is given. */
export function tinyNetwork({ batchNorm = false, dropoutRate = 0 } = {}): Network {
  const net = new NetworkBuilder(TINY_SHAPE);
  let x = net.add(conv2d({ filters: 4, kernelSize: 3, useBias: !batchNorm }), net.input);
  if (batchNorm) x = net.add(batchNormalization(), x);
  x = net.add(relu(), x);
  if (dropoutRate > 0) x = net.add(dropout({ rate: dropoutRate }), x);
  x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), x);
  x = net.add(relu(), net.add(dense({ units: 8 }), net.add(flatten(), x)));
  if (dropoutRate > 0) x = net.add(dropout({ rate: dropoutRate }), x);
  net.add(dense({ units: TINY_CLASSES }), x);
  return net.build();
}

/** Two residual blocks, the second with stride 2 and a 1 × 1 convolution beside it. */
export function residualNetwork(): Network {
  const net = new NetworkBuilder(TINY_SHAPE);
  const convolution = (x: number, filters: number, kernelSize: number, strides: number): number =>
    net.add(batchNormalization(), net.add(conv2d({ filters, kernelSize, strides, useBias: false }), x));
  let x = net.add(relu(), convolution(net.input, 4, 3, 1));
  for (const [filters, strides] of [
    [4, 1],
    [8, 2],
  ]) {
    const y = convolution(net.add(relu(), convolution(x, filters, 3, strides)), filters, 3, 1);
    x = net.add(relu(), net.add(add(), strides === 1 ? x : convolution(x, filters, 1, strides), y));
  }
  net.add(dense({ units: TINY_CLASSES }), net.add(globalAveragePooling2d(), x));
  return net.build();
}

/** Random pictures whose label shows in their brightness, so that there is something to learn. */
export function tinyData(count: number, validation = 0): TrainingData & { used: number[] } {
  const random = randomStream(7);
  const size = TINY_SHAPE.reduce((a, b) => a * b, 1);
  const labels = Int32Array.from({ length: count }, () => Math.floor(TINY_CLASSES * random()));
  const pixels = Uint8Array.from({ length: count * size }, (_, i) => Math.floor(100 * random()) + 70 * labels[Math.floor(i / size)]);
  const used: number[] = [];
  return {
    inputShape: [...TINY_SHAPE],
    classes: TINY_CLASSES,
    train: Int32Array.from({ length: count - validation }, (_, i) => i),
    validation: Int32Array.from({ length: validation }, (_, i) => count - validation + i),
    used,
    read(list, start, n) {
      const indices = list.indices.subarray(start, start + n);
      used.push(...indices);
      const taken = new Uint8Array(indices.length * size);
      indices.forEach((index, k) => taken.set(pixels.subarray(index * size, (index + 1) * size), k * size));
      return { pixels: taken, labels: indices.map((index) => labels[index]) };
    },
  };
}

export const readFrom =
  (data: TrainingData, indices: Int32Array): PieceReader =>
  (start, size) =>
    uploadSamples(data.read({ indices }, start, size), data.inputShape);

/** A workbench for the time of `use`; everything it made is gone afterwards. */
export async function withBench<T>(
  runtime: Runtime,
  network: Network,
  optimizer: Optimizer,
  use: (bench: Workbench) => Promise<T>,
  objective: Objective = CLASSES,
): Promise<T> {
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, initialWeights(network, 1)),
    programs: new Programs(runtime, network, optimizer, objective),
  };
  try {
    return await use(bench);
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

export const plainSgd = (): Optimizer => createOptimizer('sgd');
