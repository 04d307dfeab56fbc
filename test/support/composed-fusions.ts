// Kernels that only TensorFlow has, composed from stock ops for the backend they are compared with.
import {
  add,
  getKernel,
  mul,
  registerKernel,
  relu,
  relu6,
  step,
  sub,
  tidy,
  type KernelFunc,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { engine } from '@tensorflow/tfjs-core';
import {
  BATCH_NORM_ACTIVATION,
  BATCH_NORM_ACTIVATION_GRAD,
  BATCH_NORM_ADD_ACTIVATION_GRAD,
  type Activation,
} from '#engine/kernels/batch-norm-activation';
import { BATCH_NORM, BATCH_NORM_GRAD } from '#engine/kernels/fused';

type Inputs = Record<string, Tensor>;

const run = (kernel: string, inputs: Inputs, attrs = {}): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, attrs) as unknown as Tensor[];

const activate = (x: Tensor, activation: Activation): Tensor =>
  ({ none: () => x, relu: () => relu(x), relu6: () => relu6(x) })[activation]();

const openIn = (y: Tensor, activation: Activation): Tensor =>
  ({ none: () => add(mul(y, 0), 1), relu: () => step(y), relu6: () => mul(step(y), step(sub(6, y))) })[activation]();

const slopes = ({ dy, x, scale, mean, inverse }: Inputs, open: Tensor): Tensor[] => {
  const dz = mul(dy, open);
  return [...run(BATCH_NORM_GRAD, { dy: dz, x, scale, saved0: mean, saved1: inverse, saved2: inverse }), dz];
};

const kernels: Record<string, (inputs: Inputs, attributes: { epsilon: number; activation: Activation }) => Tensor[]> = {
  [BATCH_NORM_ACTIVATION]: ({ x, scale, offset, side }, { epsilon, activation }) => {
    const [normalized, mean, variance, , inverse] = run(BATCH_NORM, { x, scale, offset }, { epsilon });
    return [activate(side ? add(side, normalized) : normalized, activation), mean, variance, inverse];
  },
  [BATCH_NORM_ACTIVATION_GRAD]: (inputs, { activation }) => {
    const { x, mean, inverse, scale, offset } = inputs;
    return slopes(inputs, openIn(add(mul(mul(sub(x, mean), inverse), scale), offset), activation)).slice(0, 3);
  },
  [BATCH_NORM_ADD_ACTIVATION_GRAD]: (inputs, { activation }) => slopes(inputs, openIn(inputs.y, activation)),
};

export function registerComposedFusions(backendName: string): void {
  for (const [kernelName, compute] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName)) continue;
    const kernelFunc: KernelFunc = ({ inputs, attrs }) => tidy(() => compute(inputs as unknown as Inputs, attrs as never));
    registerKernel({ kernelName, backendName, kernelFunc });
  }
}
