// Layers of Keras as layers of ours, with the names of their weights: one of theirs may be several of ours (an activation inside a
// convolution), or none (what says probability at the end; the loss works on what comes before).
import type { OwnLayer } from '#shared/own-layers';
import { refused } from './refused';
import type { FileLayer, Topology } from './topology';

/** Where one of our weights comes from. */
export interface WeightSource {
  /** Its models and itself, the outermost first. */
  path: readonly string[];
  weight: string;
  /** Instead, where the file left it out: γ of 1, β and bias of 0. */
  absent?: number;
  /** Of a variance: what the layer adds to it before the root. */
  epsilon?: number;
}

export interface Translated {
  layers: OwnLayer[];
  sources: WeightSource[];
}

type Without<T> = T extends unknown ? Omit<T, 'inputs'> : never;
type Piece = Without<OwnLayer>;

interface Part {
  pieces: Piece[];
  sources: WeightSource[];
}

/** A scale below this turns bytes into small numbers, where the picture comes to it: the model takes 0 to 255, and ours hand it 0 to 1. */
const SCALE_OF_BYTES = 1 / 16;
const BYTES = 255;

/** @throws FailureError bad-model, naming the layer that is none of ours */
export function translate(file: string, { layers, output }: Topology): Translated {
  const result: Translated = { layers: [], sources: [] };
  /** Of each of the file's layers, where its value is in ours. */
  const places = new Map([[-1, -1]]);
  for (const [place, layer] of layers.entries()) {
    const inputs = layer.inputs.map((from) => places.get(from)!);
    const { pieces, sources } = partOf(file, layer, place === output, isPicture(layers, layer.inputs[0]));
    pieces.forEach((piece, i) => result.layers.push({ ...piece, inputs: i === 0 ? inputs : [result.layers.length - 1] } as OwnLayer));
    result.sources.push(...sources);
    places.set(place, pieces.length > 0 ? result.layers.length - 1 : inputs[0]);
  }
  if (places.get(output) !== result.layers.length - 1)
    throw refused(file, `its last layer is not the one that answers. Save the model again.`);
  return result;
}

const OF_THE_SAME_RANGE = ['ZeroPadding2D', 'MaxPooling2D', 'AveragePooling2D'];

/** Whether what stands there is the picture itself, at most padded or pooled. */
const isPicture = (layers: readonly FileLayer[], place: number): boolean =>
  place < 0 || (OF_THE_SAME_RANGE.includes(layers[place].className) && isPicture(layers, layers[place].inputs[0]));

function partOf(file: string, layer: FileLayer, isOutput: boolean, seesPicture: boolean): Part {
  const { className, name, config } = layer;
  const path = [...layer.within, name];
  const bad = (why: string): Error => refused(file, `its layer "${name}" (${className}) ${why}.`);
  const pair = (field: string, usual: number): [number, number] => {
    const value = config[field] ?? usual;
    const [first, second = first] = (Array.isArray(value) ? value : [value]) as number[];
    return [first, second];
  };
  const single = (field: string, usual: number): number => {
    const [first, second] = pair(field, usual);
    if (first !== second) throw bad(`has a ${field} of ${first} × ${second}; only squares can be trained here`);
    return first;
  };
  const padding = (): 'same' | 'valid' => {
    only('padding', 'same', 'valid');
    return config.padding === 'same' ? 'same' : 'valid';
  };
  const only = (field: string, ...allowed: unknown[]): void => {
    const value = config[field];
    if (value !== undefined && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value)))
      throw bad(`has the ${field} ${JSON.stringify(value)}, which cannot be trained here`);
  };
  const activation = (value: unknown): Piece[] => {
    if (value === undefined || value === null || value === 'linear') return [];
    if (value === 'relu' || value === 'relu6') return [{ kind: value }];
    if (isOutput && (value === 'softmax' || value === 'sigmoid')) return [];
    throw bad(`has the activation ${JSON.stringify(value)}, which cannot be trained here`);
  };
  const from = (...weights: string[]): WeightSource[] => weights.map((weight) => ({ path, weight }));
  const useBias = config.use_bias !== false;
  const plain = (): void => {
    only('data_format', 'channels_last');
    only('dilation_rate', [1, 1], 1);
    only('groups', 1);
    only('depth_multiplier', 1);
  };
  const alone = (piece: Piece): Part => ({ pieces: [piece], sources: [] });

  switch (className) {
    case 'Conv2D': {
      plain();
      const strides = single('strides', 1);
      const conv: Piece = {
        kind: 'conv2d',
        filters: Number(config.filters),
        kernelSize: pair('kernel_size', 1),
        strides,
        padding: padding(),
        useBias,
      };
      return { pieces: [conv, ...activation(config.activation)], sources: from('kernel', ...(useBias ? ['bias'] : [])) };
    }
    case 'DepthwiseConv2D': {
      plain();
      const shape = { kernelSize: single('kernel_size', 1), strides: single('strides', 1) };
      const pieces = [{ kind: 'depthwise', ...shape, padding: padding(), useBias } as const, ...activation(config.activation)];
      return { pieces, sources: from('depthwise_kernel', ...(useBias ? ['bias'] : [])) };
    }
    case 'SeparableConv2D': {
      plain();
      const shape = { kernelSize: single('kernel_size', 1), strides: single('strides', 1) };
      const across: Piece = { kind: 'conv2d', filters: Number(config.filters), kernelSize: [1, 1], strides: 1, padding: 'valid', useBias };
      return {
        pieces: [{ kind: 'depthwise', ...shape, padding: padding(), useBias: false }, across, ...activation(config.activation)],
        sources: from('depthwise_kernel', 'pointwise_kernel', ...(useBias ? ['bias'] : [])),
      };
    }
    case 'Dense': {
      const bias = { path, weight: 'bias', ...(!useBias && { absent: 0 }) };
      return {
        pieces: [{ kind: 'dense', units: Number(config.units) }, ...activation(config.activation)],
        sources: [...from('kernel'), bias],
      };
    }
    case 'BatchNormalization': {
      only('axis', -1, 3, [3], [-1]);
      const epsilon = Number(config.epsilon ?? 1e-3);
      if (!(epsilon >= 0 && epsilon < 1)) throw bad(`has the epsilon ${JSON.stringify(config.epsilon)}, which cannot be trained here`);
      return {
        pieces: [{ kind: 'batch-norm' }],
        sources: [
          { path, weight: 'gamma', ...(config.scale === false && { absent: 1 }) },
          { path, weight: 'beta', ...(config.center === false && { absent: 0 }) },
          { path, weight: 'moving_mean' },
          { path, weight: 'moving_variance', epsilon },
        ],
      };
    }
    case 'Activation':
      return { pieces: activation(config.activation), sources: [] };
    case 'ReLU':
      only('max_value', null, 6);
      only('negative_slope', 0, null, [0]);
      only('threshold', 0, null, [0]);
      return alone({ kind: config.max_value === 6 ? 'relu6' : 'relu' });
    case 'Softmax':
      return { pieces: activation('softmax'), sources: [] };
    case 'MaxPooling2D': {
      plain();
      const poolSize = single('pool_size', 2);
      return alone({ kind: 'max-pool', poolSize, strides: single('strides', poolSize), padding: padding() });
    }
    case 'AveragePooling2D': {
      plain();
      only('padding', 'valid');
      const poolSize = single('pool_size', 2);
      return alone({ kind: 'average-pool', poolSize, strides: single('strides', poolSize) });
    }
    case 'GlobalAveragePooling2D':
      plain();
      only('keepdims', false);
      return alone({ kind: 'global-average' });
    case 'Flatten':
      plain();
      return alone({ kind: 'flatten' });
    case 'Add':
      return alone({ kind: 'add' });
    case 'Concatenate':
      only('axis', -1, 3);
      return alone({ kind: 'concatenate' });
    case 'Dropout':
      return alone({ kind: 'dropout', rate: Number(config.rate ?? 0) });
    case 'ZeroPadding2D': {
      plain();
      const twice = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value, value]);
      // Whatever they are: no numbers of pixels are refused with all other sizes.
      const [rows, columns] = twice(config.padding ?? 1).map((edge) => twice(edge) as [number, number]);
      return alone({ kind: 'zero-padding', rows, columns });
    }
    case 'Rescaling': {
      const [scale, offset] = [Number(config.scale), Number(config.offset ?? 0)];
      return alone({ kind: 'rescaling', scale: seesPicture && Math.abs(scale) <= SCALE_OF_BYTES ? scale * BYTES : scale, offset });
    }
    default:
      throw bad('is none that Overbatch can train');
  }
}
