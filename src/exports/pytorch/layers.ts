// Every layer of ours in PyTorch, by the class it has in Keras: the module it becomes, and the expression that calls it.
import type { Layer, Shape } from '#engine/layers/layer';
import { knownSetting, transposedPadding, windowOf, type Padding, type Pair, type Window } from '../channels-first';
import { embeddedParts } from '../embedded-parts';

export interface LayerInCode {
  /** What makes its module or parameter; absent where a function is enough. */
  module?: string;
  /** @param self the module's name, e.g. "self.dense_1"; `inputs` are names of variables */
  call(self: string, inputs: readonly string[]): string;
}

type Writer = (layer: Layer, inputShapes: readonly Shape[]) => LayerInCode;

/** A module that is called with what it takes. */
const module = (constructor: string): LayerInCode => ({ module: constructor, call: (self, [x]) => `${self}(${x})` });
const call = (written: (inputs: readonly string[]) => string): LayerInCode => ({ call: (_, inputs) => written(inputs) });

const python = (value: boolean): string => (value ? 'True' : 'False');
/** One number for a square. */
const sizes = ([rows, columns]: Pair): string => (rows === columns ? `${rows}` : `(${rows}, ${columns})`);
const last = (shape: Shape): number => shape[shape.length - 1];

/** PyTorch's own padding is the same on both sides. */
const isEven = ({ rows, columns }: Window): boolean => rows[0] === rows[1] && columns[0] === columns[1];

/** Arguments of a window behind its first ones. */
function windowArguments(window: Window): string {
  const { strides, rows, columns } = window;
  const padding = isEven(window) && (rows[0] > 0 || columns[0] > 0) ? `, padding=${sizes([rows[0], columns[0]])}` : '';
  return `${Math.max(...strides) > 1 ? `, stride=${sizes(strides)}` : ''}${padding}`;
}

const padded = (x: string, window: Window, value = ''): string =>
  isEven(window) ? x : `F.pad(${x}, (${[...window.columns, ...window.rows].join(', ')})${value})`;

const convolution =
  (isDepthwise: boolean): Writer =>
  (layer, [shape]) => {
    const window = windowOf(layer, shape);
    const [channels, filters] = [last(shape), last(layer.outputShape)];
    const groups = isDepthwise ? `, groups=${channels}` : '';
    const bias = layer.config.use_bias ? '' : `, bias=${python(false)}`;
    return {
      module: `nn.Conv2d(${channels}, ${filters}, ${sizes(window.kernel)}${windowArguments(window)}${groups}${bias})`,
      call: (self, [x]) => `${self}(${padded(x, window)})`,
    };
  };

const transposedConvolution: Writer = ({ config, outputShape: [height, width, filters] }, [shape]) => {
  const [kernel, strides] = [config.kernel_size, config.strides] as [Pair, Pair];
  const paddings = kernel.map((size, i) => transposedPadding(size, strides[i]));
  const padding = paddings.map(([before]) => before) as unknown as Pair;
  // What is odd goes behind, and PyTorch leaves it there.
  const cut = paddings.some(([before, behind]) => before !== behind) ? `[:, :, :${height}, :${width}]` : '';
  return {
    module: `nn.ConvTranspose2d(${last(shape)}, ${filters}, ${sizes(kernel)}, ${sizes(strides)}${Math.max(...padding) > 0 ? `, ${sizes(padding)}` : ''})`,
    call: (self, [x]) => `${self}(${x})${cut}`,
  };
};

const maxPooling: Writer = (layer, [shape]) => {
  const window = windowOf(layer, shape);
  return call(
    ([x]) =>
      `F.max_pool2d(${padded(x, window, ', value=-math.inf')}, ${sizes(window.kernel)}${windowArguments(window)}${stayingStride(window)})`,
  );
};

/** PyTorch strides by the window unless told otherwise. */
const stayingStride = ({ strides }: Window): string => (Math.max(...strides) > 1 ? '' : ', stride=1');

const averagePooling: Writer = (layer, [shape]) => {
  const window = windowOf(layer, shape);
  if (!isEven(window)) throw new Error('PyTorch averages no window that reaches further out on one side than on the other.');
  const rest = `${windowArguments(window)}${stayingStride(window)}, count_include_pad=${python(false)}`;
  return call(([x]) => `F.avg_pool2d(${x}, ${sizes(window.kernel)}${rest})`);
};

/** A picture's places are told in the order that they have with the channels last. */
const reshape: Writer = ({ outputShape }, [shape]) =>
  call(([x]) => {
    const places = shape.length === 3 ? `${x}.permute(0, 2, 3, 1)` : x;
    const shaped = outputShape.length === 1 ? `${places}.flatten(1)` : `${places}.reshape(-1, ${outputShape.join(', ')})`;
    return outputShape.length === 3 ? `${shaped}.permute(0, 3, 1, 2)` : shaped;
  });

const parameter = ({ weights: [{ shape }] }: Layer): string => `nn.Parameter(torch.zeros(${shape.join(', ')}))`;

const zeroPadding: Writer = ({ config }) => {
  const [rows, columns] = config.padding as [Padding, Padding];
  return call(([x]) => `F.pad(${x}, (${[...columns, ...rows].join(', ')}))`);
};

/** Of each category the vector of its value, of other columns the numbers themselves. */
const categoryEmbedding: Writer = (layer, [[width]]) => {
  const parameters = layer.weights.map(({ name, shape }) => `"${name}": nn.Parameter(torch.zeros(${shape.join(', ')}))`);
  return {
    module: `nn.ParameterDict({${parameters.join(', ')}})`,
    call(self, [x]) {
      let next = 0;
      const pieces = embeddedParts(layer, width).map(({ from, size, dimensions }) => {
        const own = `${x}[:, ${from}:${from + size}]`;
        return dimensions === undefined ? own : `${own} @ ${self}["${layer.weights[next++].name}"]`;
      });
      return `torch.cat([${pieces.join(', ')}], 1)`;
    },
  };
};

const WRITERS: Readonly<Record<string, Writer>> = {
  Activation: (layer) => call(([x]) => `F.${knownSetting(layer, 'activation', ['relu', 'gelu'])}(${x})`),
  Add: () => call(([a, b]) => `${a} + ${b}`),
  Attention: ({ config }) => call(([x]) => `attention(${x}, heads=${config.heads})`),
  AveragePooling2D: averagePooling,
  BatchNormalization: ({ config }, [shape]) => module(`BatchNorm2d(${last(shape)}, eps=${config.epsilon})`),
  CategoryEmbedding: categoryEmbedding,
  ClassToken: (layer) => ({
    module: parameter(layer),
    call: (self, [x]) => `torch.cat((${self}.expand(len(${x}), 1, -1), ${x}), 1)`,
  }),
  Concatenate: (_, [shape]) => call((inputs) => `torch.cat((${inputs.join(', ')}), ${shape.length === 3 ? 1 : -1})`),
  Conv2D: convolution(false),
  Conv2DTranspose: transposedConvolution,
  Dense: ({ outputShape }, [shape]) => module(`nn.Linear(${last(shape)}, ${last(outputShape)})`),
  DepthwiseConv2D: convolution(true),
  Dropout: ({ config }) => module(`nn.Dropout(${config.rate})`),
  FirstToken: () => call(([x]) => `${x}[:, 0]`),
  Flatten: reshape,
  GlobalAveragePooling2D: () => call(([x]) => `${x}.mean((2, 3))`),
  GroupNormalization: ({ config }, [shape]) => module(`nn.GroupNorm(${config.groups}, ${last(shape)}, eps=${config.epsilon})`),
  LayerNormalization: ({ config }, [shape]) => module(`nn.LayerNorm(${last(shape)}, eps=${config.epsilon})`),
  MaxPooling2D: maxPooling,
  PositionEmbedding: (layer) => ({ module: parameter(layer), call: (self, [x]) => `${x} + ${self}` }),
  ReLU: (layer) => call(([x]) => `F.relu${knownSetting(layer, 'max_value', [6])}(${x})`),
  Rescaling: ({ config }) => call(([x]) => `${x} * ${config.scale} + ${config.offset}`),
  Reshape: reshape,
  // Zeros come in behind, and one pixel goes in front.
  Shift2D: () => call(([x]) => `F.pad(${x}, (-1, 1, -1, 1))`),
  ZeroPadding2D: zeroPadding,
};

/** @throws Error for a layer that has none yet: a test writes every one there is */
export function layerInCode(layer: Layer, inputShapes: readonly Shape[]): LayerInCode {
  const writer = WRITERS[layer.className];
  if (!writer) throw new Error(`The layer ${layer.className} has no code in PyTorch yet. Add it to exports/pytorch/layers.ts.`);
  return writer(layer, inputShapes);
}
