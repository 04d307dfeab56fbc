// Convolutions and their gradients on TensorFlow's processor engine: ops of our own (native/ops), where they are the faster ones.
import {
  backend_util,
  getKernel,
  registerKernel,
  tidy,
  unregisterKernel,
  util,
  type KernelConfig,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import {
  isFasterConvolution,
  isFasterDepthwiseGradient,
  isFasterFilterGradient,
  isFasterInputGradient,
  type Rule,
} from './faster-convolutions';
import type { TensorFlowBackend } from './tensorflow';

const BACKEND = 'tensorflow';

type Shape4D = [number, number, number, number];

interface Attributes {
  filterShape: Shape4D;
  inputShape: Shape4D;
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

interface Convolution {
  op: string;
  /** What the op is given, in its order. */
  inputs: [string, string];
  /** Shapes of the picture and of the filter. */
  shapes(inputs: Record<string, Tensor4D>, attributes: Attributes): [Shape4D, Shape4D];
  sizes(info: backend_util.Conv2DInfo): Record<string, number>;
  isDepthwise?: true;
  isOurs: Rule;
}

const CONVOLUTIONS: Record<string, Convolution> = {
  Conv2D: {
    op: 'OverbatchConvolution',
    inputs: ['x', 'filter'],
    shapes: ({ x, filter }) => [x.shape, filter.shape],
    sizes: ({ outHeight, outWidth }) => ({ height: outHeight, width: outWidth }),
    isOurs: isFasterConvolution,
  },
  Conv2DBackpropInput: {
    op: 'OverbatchInputGradient',
    inputs: ['dy', 'filter'],
    shapes: ({ filter }, { inputShape }) => [inputShape, filter.shape],
    sizes: ({ inHeight, inWidth }) => ({ height: inHeight, width: inWidth }),
    isOurs: isFasterInputGradient,
  },
  Conv2DBackpropFilter: {
    op: 'OverbatchFilterGradient',
    inputs: ['x', 'dy'],
    shapes: ({ x }, { filterShape }) => [x.shape, filterShape],
    sizes: ({ filterHeight, filterWidth }) => ({ filter_height: filterHeight, filter_width: filterWidth }),
    isOurs: isFasterFilterGradient,
  },
  DepthwiseConv2dNativeBackpropFilter: {
    op: 'OverbatchDepthwiseFilterGradient',
    inputs: ['x', 'dy'],
    shapes: ({ x }, { filterShape }) => [x.shape, filterShape],
    sizes: ({ filterHeight, filterWidth }) => ({ filter_height: filterHeight, filter_width: filterWidth }),
    isDepthwise: true,
    isOurs: isFasterDepthwiseGradient,
  },
};

export function registerConvolutions(): void {
  for (const [name, convolution] of Object.entries(CONVOLUTIONS)) {
    const stock = getKernel(name, BACKEND);
    unregisterKernel(name, BACKEND);
    registerKernel(withOurs(stock, convolution));
  }
}

const isOne = (numbers: number | [number, number] = 1): boolean => [numbers].flat().every((n) => n === 1);

function withOurs(stock: KernelConfig, { op, inputs: names, shapes, sizes, isDepthwise, isOurs }: Convolution): KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) => {
      const inputs = call.inputs as unknown as Record<string, Tensor4D>;
      const asked = call.attrs as unknown as Attributes;
      const { strides, pad, dataFormat = 'NHWC', dilations, dimRoundingMode } = asked;
      const backend = call.backend as TensorFlowBackend;
      // Ours compute in float32 alone; processors with bfloat16 do not use the kernel of oneDNN that is wrong (faster-convolutions.ts), but that
      // of depthwise convolutions takes the same memory in bfloat16.
      const { tracedPrecision = DEFAULT_PRECISION } = backend.binding;
      const isNarrow = tracedPrecision !== DEFAULT_PRECISION && !isDepthwise;
      if (dataFormat !== 'NHWC' || !isOne(dilations) || isNarrow) return stock.kernelFunc(call);
      const [picture, filter] = shapes(inputs, asked);
      const info = backend_util.computeConv2DInfo(picture, filter, strides, 1, pad, dimRoundingMode, isDepthwise);
      if (!isOurs(info, backend.binding.tileColumns) || (inputs.dy && !util.arraysEqual(inputs.dy.shape, info.outShape)))
        return stock.kernelFunc(call);
      const values = {
        ...sizes(info),
        stride_down: info.strideHeight,
        stride_across: info.strideWidth,
        pad_top: info.padInfo.top,
        pad_left: info.padInfo.left,
      };
      const attributes = Object.entries(values).map(([key, value]) => ({ name: key, type: backend.binding.TF_ATTR_INT, value }));
      const tensors: Tensor[] = names.map((key) => inputs[key]);
      return tidy(() => backend.executeMultipleOutputs(op, attributes, tensors, 1)[0]);
    },
  };
}
