// The pooled convolution on TensorFlow: ops of our own (native/ops), which have kernels for the processor alone.
import { registerKernel, tidy, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_FILTER_GRAD, POOLED_CONVOLUTION_INPUT_GRAD, type Padding } from './pooled-convolution';

const BACKEND = 'tensorflow';

interface TensorFlowBackend {
  binding: Record<'TF_ATTR_STRING', number>;
  executeMultipleOutputs(
    op: string,
    attributes: { name: string; type: number; value: string }[],
    inputs: Tensor[],
    outputs: number,
  ): Tensor[];
}

/** Names of the inputs in the op's order, and how many results it has. */
const OPS: Record<string, { inputs: readonly string[]; outputs: number }> = {
  [POOLED_CONVOLUTION]: { inputs: ['x', 'filters', 'bias'], outputs: 2 },
  [POOLED_CONVOLUTION_FILTER_GRAD]: { inputs: ['x', 'filters', 'dy', 'codes'], outputs: 2 },
  [POOLED_CONVOLUTION_INPUT_GRAD]: { inputs: ['x', 'filters', 'dy', 'codes'], outputs: 1 },
};

export function registerTensorFlowPooledConvolution(): void {
  for (const [kernelName, { inputs: names, outputs }] of Object.entries(OPS)) {
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
      const { binding, executeMultipleOutputs } = backend as TensorFlowBackend;
      const { padding } = attrs as unknown as { padding: Padding };
      const attributes = [{ name: 'padding', type: binding.TF_ATTR_STRING, value: padding.toUpperCase() }];
      const given = names.map((name) => inputs[name] as Tensor);
      return tidy(() => executeMultipleOutputs.call(backend, kernelName, attributes, given, outputs));
    };
    registerKernel({ kernelName, backendName: BACKEND, kernelFunc });
  }
}
