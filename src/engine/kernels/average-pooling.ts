// Average pooling by windows around every place, with a gradient of ours: TF.js's cpu and WebAssembly kernels divide it by the whole window
// at the border too, where fewer places were averaged.
import { avgPool, customGrad, div, mul, tensor, type GradSaveFunc, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/** Places of a window around each of `size` places that lie inside. */
const inside = (size: number, reach: number): number[] =>
  Array.from({ length: size }, (_, at) => Math.min(at + reach, size - 1) - Math.max(at - reach, 0) + 1);

/** Places of each window that lie inside the picture, [height, width, 1]. */
function countsOf([, height, width]: number[], poolSize: number): Tensor {
  const reach = (poolSize - 1) / 2;
  return mul(tensor(inside(height, reach), [height, 1, 1]), tensor(inside(width, reach), [1, width, 1]));
}

/** @param poolSize odd; the gradient keeps nothing */
export const averagePool = (x: Tensor4D, poolSize: number): Tensor4D =>
  customGrad((...[input]: (Tensor | GradSaveFunc)[]) => ({
    value: avgPool(input as Tensor4D, poolSize, 1, 'same'),
    gradFunc: (dy: Tensor) => {
      const counts = countsOf(dy.shape, poolSize);
      return mul(avgPool(div(dy, counts) as Tensor4D, poolSize, 1, 'same'), counts);
    },
  }))(x) as Tensor4D;
