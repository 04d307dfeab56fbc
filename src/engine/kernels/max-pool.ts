// Max pooling that keeps for its gradient where each largest value was, a byte each, instead of its input and its output. Only for engines
// with a kernel of their own (coded-pooling.ts asks).
import { clone, customGrad, engine, type GradSaveFunc, type NamedTensorMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/** {x: NHWC}, PoolingWindows → [y: NHWC, codes: the place in its window of each of y, 1 byte]. */
export const MAX_POOL = 'OverbatchMaxPool';
/** {dy, codes}, PoolingWindows and {height, width} of x → [dx]. */
export const MAX_POOL_GRADIENT = 'OverbatchMaxPoolGradient';

export interface PoolingWindows {
  /** Of a square. */
  window: number;
  stride: number;
  padding: 'same' | 'valid';
}

/** Places that a code can tell apart. */
export const MOST_PLACES = 256;

const run = (kernel: string, inputs: Record<string, Tensor>, attributes: PoolingWindows): Tensor[] =>
  engine().runKernel(kernel, inputs as unknown as NamedTensorMap, { ...attributes }) as unknown as Tensor[];

/** The largest value of each window; differentiable. What is not a number is the largest. */
export function codedMaxPool(x: Tensor4D, windows: PoolingWindows): Tensor4D {
  // Run outside customGrad, whose scope would dispose of the codes; the clone inside it shares y's bytes.
  const [pooled, codes] = run(MAX_POOL, { x }, windows);
  const [, height, width] = x.shape;
  return customGrad((...[, save]: (Tensor | GradSaveFunc)[]) => {
    (save as GradSaveFunc)([codes]);
    return {
      value: clone(pooled),
      gradFunc: (dy: Tensor, [places]: Tensor[]) => run(MAX_POOL_GRADIENT, { dy, codes: places }, { ...windows, ...{ height, width } })[0],
    };
  })(x) as Tensor4D;
}
