// The networks whose steps are timed to tell what each kind of work takes (bench/step-times.ts): of the catalogue, small to large, and own ones
// with large depthwise filters.
import { CATALOGUE } from '#engine/models/catalogue';
import { ownNetwork } from '#engine/models/own';
import type { Network } from '#engine/network';
import type { OwnLayer } from '#shared/own-layers';
import type { CatalogueName } from '#shared/run-spec';

export interface StepCase {
  name: string;
  shape: number[];
  build(): Network;
  /** N_μ. */
  sizes: number[];
}

const OF_CATALOGUE: [CatalogueName, number[], number, number[]][] = [
  ['small-cnn', [8, 8, 1], 10, [32, 256]],
  ['small-cnn', [32, 32, 3], 10, [16, 64]],
  ['small-cnn', [96, 96, 3], 5, [8]],
  ['mlp', [12], 3, [32]],
  ['mlp', [64], 10, [32, 256]],
  ['mlp', [28, 28, 1], 10, [32, 64, 256]],
  ['linear', [10], 2, [32]],
  ['linear', [32, 32, 3], 10, [64]],
  ['lenet', [28, 28, 1], 10, [32, 256]],
  ['resnet-8', [8, 8, 1], 10, [32]],
  ['resnet-8', [32, 32, 3], 10, [8, 32]],
  ['resnet-18', [64, 64, 3], 10, [4]],
  ['resnet-18', [96, 96, 3], 10, [4, 16]],
  ['resnet-50', [96, 96, 3], 10, [2]],
  ['mobilenet-v2', [64, 64, 3], 10, [8]],
  ['mobilenet-v2', [96, 96, 3], 10, [4]],
  ['efficientnet-lite0', [96, 96, 3], 10, [4]],
  ['vit-tiny', [64, 64, 3], 10, [4, 12]],
  ['u-net-light', [32, 32, 3], 3, [8]],
  ['u-net-light', [64, 64, 3], 2, [4]],
  ['u-net', [32, 32, 3], 3, [4]],
  ['u-net', [96, 96, 3], 2, [2]],
  ['resnet-18', [224, 224, 3], 10, [2]],
  ['mobilenet-v2', [160, 160, 3], 10, [4]],
  ['resnet-50', [160, 160, 3], 10, [4]],
  ['resnet-50', [224, 224, 3], 10, [2, 16]],
];

/** [side of the picture, channels, side of the depthwise filters, N_μ] */
const OF_DEPTHWISE: [number, number, number, number[]][] = [
  [32, 32, 3, [8]],
  [32, 32, 5, [8]],
  [32, 32, 7, [8]],
  [64, 24, 5, [4]],
];

/** Three depthwise layers with a convolution before and after each. */
function depthwiseNetwork(side: number, channels: number, kernelSize: number): Network {
  const layers: OwnLayer[] = [];
  const add = (layer: OwnLayer): void => void layers.push({ ...layer, inputs: [layers.length - 1] });
  const pointwise = (): void =>
    add({ kind: 'conv2d', inputs: [], filters: channels, kernelSize: [1, 1], strides: 1, padding: 'same', useBias: true });
  pointwise();
  for (let i = 0; i < 3; i++) {
    add({ kind: 'depthwise', inputs: [], kernelSize, strides: 1, padding: 'same', useBias: true });
    add({ kind: 'relu', inputs: [] });
    pointwise();
  }
  add({ kind: 'global-average', inputs: [] });
  add({ kind: 'dense', inputs: [], units: 10 });
  return ownNetwork([side, side, 3], 10, { ownLayers: layers });
}

export const STEP_CASES: StepCase[] = [
  ...OF_CATALOGUE.map(([name, shape, classes, sizes]) => ({ name, shape, sizes, build: () => CATALOGUE[name].build(shape, classes) })),
  ...OF_DEPTHWISE.map(([side, channels, kernelSize, sizes]) => ({
    name: `depthwise ${kernelSize} × ${kernelSize}`,
    shape: [side, side, 3],
    sizes,
    build: () => depthwiseNetwork(side, channels, kernelSize),
  })),
];
