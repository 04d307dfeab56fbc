// A convolution with its bias, ReLU and 2 × 2 max pooling as one operation. Three of four values are dropped by the pooling at once: they are
// never in memory, and no gradient is computed through them. Only for engines with a kernel of their own (fused-network.ts asks).
import {
  clone,
  customGrad,
  engine,
  type GradSaveFunc,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

export type Padding = 'same' | 'valid';

/** {x: NHWC, filters: [height, width, in, out], bias: [out]}, {padding} → [y: NHWC, codes: where in each window y was, 1 byte each]. */
export const POOLED_CONVOLUTION = 'OverbatchPooledConvolution';
/** {x, filters, dy, codes}, {padding} → [gradient of filters, of bias]. */
export const POOLED_CONVOLUTION_FILTER_GRAD = 'OverbatchPooledConvolutionFilterGradient';
/** {x, filters, dy, codes}, {padding} → [gradient of x]. */
export const POOLED_CONVOLUTION_INPUT_GRAD = 'OverbatchPooledConvolutionInputGradient';

const run = (kernel: string, inputs: Record<string, Tensor>, padding: Padding): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, { padding }) as unknown as Tensor[];

/** maxPool(relu(conv2d(x, filters, stride 1) + bias), 2 × 2, stride 2, "same"); differentiable in all three. */
export function pooledConvolution(x: Tensor4D, filters: Tensor4D, bias: Tensor1D, padding: Padding): Tensor4D {
  // Run outside customGrad, whose scope would dispose of the codes; the clone inside it shares y's bytes.
  const [pooled, codes] = run(POOLED_CONVOLUTION, { x, filters, bias }, padding);
  return customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [a, f] = args as [Tensor, Tensor];
    (args[3] as GradSaveFunc)([a, f, codes]);
    return {
      value: clone(pooled),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const inputs = { x: saved[0], filters: saved[1], dy, codes: saved[2] };
        return [...run(POOLED_CONVOLUTION_INPUT_GRAD, inputs, padding), ...run(POOLED_CONVOLUTION_FILTER_GRAD, inputs, padding)];
      },
    };
  })(x, filters, bias) as Tensor4D;
}
