// Group normalization (Wu and He 2018, arXiv 1803.08494): each group of channels of each sample by its own mean and variance. Its gradient
// keeps the input and two numbers a group. Channels are summed over places first, so that every reduction runs along the memory.
import {
  add,
  customGrad,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  tile,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** How a picture's values lie: [n, places, channels], each group of channels beside each other. */
interface Lay {
  n: number;
  places: number;
  channels: number;
  groups: number;
}

/** The mean over each group's values, back at each of its channels: [n, 1, channels]. */
function groupMean(x: Tensor, { n, channels, groups }: Lay): Tensor {
  const size = channels / groups;
  const means = mean(reshape(mean(x, 1), [n, groups, size]), 2, true);
  return reshape(size === 1 ? means : tile(means, [1, 1, size]), [n, 1, channels]);
}

/** @param x channels last; differentiable in x, scale and offset */
export const groupNorm = (x: Tensor, scale: Tensor1D, offset: Tensor1D, groups: number, epsilon: number): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [input, gamma, beta] = args as Tensor[];
    const [n, channels] = [input.shape[0], gamma.size];
    const lay: Lay = { n, places: input.size / (n * channels), channels, groups };
    const flat = (t: Tensor): Tensor => reshape(t, [n, lay.places, channels]);
    const average = groupMean(flat(input), lay);
    const centred = sub(flat(input), average);
    const inverse = rsqrt(add(groupMean(square(centred), lay), epsilon));
    (args[3] as GradSaveFunc)([input, gamma, average, inverse]);
    return {
      value: reshape(add(mul(centred, mul(inverse, gamma)), beta), input.shape),
      gradFunc: (dy: Tensor, [savedInput, savedGamma, savedAverage, savedInverse]: Tensor[]) => {
        const slope = flat(dy);
        const normal = mul(sub(flat(savedInput), savedAverage), savedInverse);
        const inner = mul(slope, savedGamma);
        const along = mul(normal, groupMean(mul(inner, normal), lay));
        const dx = mul(sub(sub(inner, groupMean(inner, lay)), along), savedInverse);
        return [reshape(dx, savedInput.shape), sum(mul(slope, normal), [0, 1]), sum(slope, [0, 1])];
      },
    };
  })(x, scale, offset);
