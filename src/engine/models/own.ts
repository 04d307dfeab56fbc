// A network of a person's own, from its list of layers (shared/own-layers.ts). Its last layer with weights gets as many outputs as are asked for.
import { assertNever } from '#shared/assert-never';
import type { BuiltWith } from '#shared/model-settings';
import type { OwnLayer } from '#shared/own-layers';
import { add } from '../layers/add';
import { innerAveragePooling2d } from '../layers/average-pooling-2d';
import { batchNormalization } from '../layers/batch-normalization';
import { concatenate } from '../layers/concatenate';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { depthwiseConv2d } from '../layers/depthwise-conv-2d';
import { dropout } from '../layers/dropout';
import { flatten } from '../layers/flatten';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { LayerFactory, Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { relu } from '../layers/relu';
import { relu6 } from '../layers/relu6';
import { rescaling } from '../layers/rescaling';
import { zeroPadding2d } from '../layers/zero-padding-2d';
import { NetworkBuilder, type Network } from '../network';

/** @throws RangeError where the layers do not fit each other or the picture, or do not end in one number a class */
export function ownNetwork(inputShape: Shape, outputs: number, { ownLayers: layers = [] }: BuiltWith): Network {
  const net = new NetworkBuilder(inputShape);
  const head = layers.findLastIndex(({ kind }) => kind === 'dense' || kind === 'conv2d');
  for (const [place, layer] of layers.entries()) {
    if (layer.inputs.some((from) => from >= place)) throw new RangeError('A layer comes before one that it reads.');
    const shapes = layer.inputs.map((from) => net.shape(from));
    refuseMisfit(layer, shapes);
    const added = net.add(factoryOf(layer, place === head ? outputs : undefined), ...layer.inputs);
    if (net.shape(added).some((size) => !Number.isSafeInteger(size) || size < 1)) throw new RangeError('A picture is too small for it.');
  }
  const network = net.build();
  if (network.outputShape.length !== 1 || network.classes !== outputs)
    throw new RangeError('It does not end in one number for each class.');
  return network;
}

function factoryOf(layer: OwnLayer, outputs: number | undefined): LayerFactory {
  switch (layer.kind) {
    case 'conv2d':
      return conv2d({ ...layer, filters: outputs ?? layer.filters });
    case 'depthwise':
      return depthwiseConv2d(layer);
    case 'dense':
      return dense({ units: outputs ?? layer.units });
    case 'batch-norm':
      return batchNormalization();
    case 'relu':
      return relu();
    case 'relu6':
      return relu6();
    case 'max-pool':
      return maxPooling2d(layer);
    case 'average-pool':
      return innerAveragePooling2d(layer);
    case 'global-average':
      return globalAveragePooling2d();
    case 'flatten':
      return flatten();
    case 'add':
      return add();
    case 'concatenate':
      return concatenate();
    case 'dropout':
      return dropout(layer);
    case 'zero-padding':
      return zeroPadding2d(layer);
    case 'rescaling':
      return rescaling(layer);
    default:
      return assertNever(layer);
  }
}

const OF_PICTURES: readonly OwnLayer['kind'][] = [
  'conv2d',
  'depthwise',
  'max-pool',
  'average-pool',
  'global-average',
  'zero-padding',
  'batch-norm',
];

function refuseMisfit({ kind, inputs }: OwnLayer, [first, ...others]: Shape[]): void {
  const wants = kind === 'add' ? 2 : kind === 'concatenate' ? inputs.length : 1;
  if (inputs.length !== wants) throw new RangeError(`A layer "${kind}" reads ${wants} others, not ${inputs.length}.`);
  if (OF_PICTURES.includes(kind) && first.length !== 3)
    throw new RangeError(`A layer "${kind}" reads pictures, and gets a row of numbers.`);
  if (kind === 'dense' && first.length !== 1) throw new RangeError('A dense layer reads a row of numbers, and gets a picture.');
  const isApart = (shape: Shape): boolean =>
    shape.length !== first.length || shape.some((size, axis) => size !== first[axis] && (kind === 'add' || axis < shape.length - 1));
  if (others.some(isApart)) throw new RangeError(`A layer "${kind}" reads pictures of different sizes.`);
}
