// AmoebaNet-D (Real et al. 2018, arXiv 1802.01548): cells found by evolution, built as TensorFlow's reference has them (tensorflow/tpu,
// models/official/amoeba_net, whose normal cell joins other states than the paper's figure), without the auxiliary head. With that, as in
// GPipe's table 1 (Huang et al. 2018, arXiv 1811.06965), 82 M parameters for (18, 208) layers and filters; 122 M for the (18, 256) here.
import type { ModelSettings } from '#shared/model-settings';
import { add } from '../layers/add';
import { averagePooling2d } from '../layers/average-pooling-2d';
import { concatenate } from '../layers/concatenate';
import { conv2d } from '../layers/conv-2d';
import { dense } from '../layers/dense';
import { globalAveragePooling2d } from '../layers/global-average-pooling-2d';
import type { Shape } from '../layers/layer';
import { maxPooling2d } from '../layers/max-pooling-2d';
import { normalization } from '../layers/normalization';
import { relu } from '../layers/relu';
import { shift2d } from '../layers/shift-2d';
import { NetworkBuilder, type Network } from '../network';
import { scaled } from './width';

type Operation = 'none' | 'conv 1x1' | 'conv 3x3' | 'conv 1x7 7x1' | 'max pool 2x2' | 'max pool 3x3' | 'avg pool 3x3';

interface Cell {
  /** Two by two, what is added up to the next state: an operation on a state. States 0 and 1 are the cell's inputs. */
  operations: readonly (readonly [state: number, operation: Operation])[];
  /** States that are its answer. */
  joined: readonly number[];
}

const NORMAL: Cell = {
  operations: [
    [1, 'conv 1x1'],
    [1, 'max pool 3x3'],
    [1, 'none'],
    [0, 'conv 1x7 7x1'],
    [0, 'conv 1x1'],
    [0, 'conv 1x7 7x1'],
    [2, 'max pool 3x3'],
    [2, 'none'],
    [1, 'avg pool 3x3'],
    [5, 'conv 1x1'],
  ],
  joined: [0, 3, 4, 6],
};
const REDUCTION: Cell = {
  operations: [
    [0, 'max pool 2x2'],
    [0, 'max pool 3x3'],
    [2, 'none'],
    [1, 'conv 3x3'],
    [2, 'conv 1x7 7x1'],
    [2, 'max pool 3x3'],
    [3, 'none'],
    [1, 'max pool 2x2'],
    [2, 'avg pool 3x3'],
    [3, 'conv 1x1'],
  ],
  joined: [4, 5, 6],
};

export interface AmoebaNetOptions extends ModelSettings {
  /** Normal cells, a multiple of 3. */
  layers?: number;
  /** Filters of the cells in front of the first reduction; those behind have twice and four times as many. */
  filters?: number;
}

export function amoebaNetD(inputShape: Shape, classes: number, options: AmoebaNetOptions = {}): Network {
  const { layers = 18, filters = scaled(256, options.width) } = options;
  const net = new NetworkBuilder(inputShape);
  const normalize = (x: number): number => net.add(normalization(options.normalization), x);
  const convolve = (x: number, units: number, kernelSize: number | [number, number] = 1, strides = 1): number =>
    normalize(net.add(conv2d({ filters: units, kernelSize, strides, useBias: false }), net.add(relu(), x)));

  /** Halves a picture by two convolutions, of which the second sees the pixels between those of the first. */
  const halve = (x: number, units: number): number => {
    const rectified = net.add(relu(), x);
    const half = (from: number, share: number): number =>
      net.add(conv2d({ filters: share, kernelSize: 1, strides: 2, useBias: false }), from);
    const less = Math.floor(units / 2);
    return normalize(net.add(concatenate(), half(rectified, less), half(net.add(shift2d(), rectified), units - less)));
  };

  const operate = (operation: Operation, x: number, units: number, strides: number): number => {
    const inner = units / 4;
    switch (operation) {
      case 'none':
        return strides === 1 ? x : halve(x, units);
      case 'conv 1x1':
        return convolve(x, units, 1, strides);
      case 'conv 3x3':
        return convolve(convolve(convolve(x, inner), inner, 3, strides), units);
      case 'conv 1x7 7x1':
        return convolve(convolve(convolve(convolve(x, inner), inner, [1, 7]), inner, [7, 1]), units);
      case 'max pool 2x2':
        return net.add(maxPooling2d({ poolSize: 2, strides }), x);
      case 'max pool 3x3':
        return net.add(maxPooling2d({ poolSize: 3, strides }), x);
      case 'avg pool 3x3':
        return net.add(averagePooling2d({ poolSize: 3 }), x);
    }
  };

  /** The two last answers, and whether the later one is half as large. */
  let [before, last, isHalved] = [net.input, net.input, false];
  const cell = ({ operations, joined }: Cell, units: number): void => {
    const reduces = operations === REDUCTION.operations;
    const skipped = isHalved ? halve(before, units) : net.shape(before)[2] === units ? before : convolve(before, units);
    const states = [convolve(last, units), skipped];
    for (let i = 0; i < operations.length; i += 2) {
      const terms = operations
        .slice(i, i + 2)
        .map(([state, operation]) => operate(operation, states[state], units, reduces && state < 2 ? 2 : 1));
      states.push(net.add(add(), ...terms));
    }
    const answer = net.add(concatenate(), ...joined.map((state) => states[state]));
    [before, last, isHalved] = [last, answer, reduces];
  };

  last = before = normalize(net.add(conv2d({ filters: filters / 4, kernelSize: 3, strides: 2, useBias: false }), net.input));
  cell(REDUCTION, filters / 2);
  cell(REDUCTION, filters);
  for (const scale of [1, 2, 4]) {
    if (scale > 1) cell(REDUCTION, scale * filters);
    for (let i = 0; i < layers / 3; i++) cell(NORMAL, scale * filters);
  }
  net.add(dense({ units: classes }), net.add(globalAveragePooling2d(), last));
  return net.build();
}
