// Group normalization (Wu and He 2018, arXiv 1803.08494): each group of channels of each sample by its own mean and variance. Its gradient
// keeps the input and two numbers a channel. Channels are summed over places first: every pass over the picture runs along the memory, and
// what joins the channels of a group is small.
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

/** Of one number a sample and channel [n, 1, channels] the mean over each group, at each of its channels. */
function groupMean(x: Tensor, groups: number): Tensor {
  const [n, , channels] = x.shape;
  const size = channels / groups;
  const means = mean(reshape(x, [n, groups, size]), 2, true);
  return reshape(size === 1 ? means : tile(means, [1, 1, size]), x.shape);
}

/** @param x channels last; differentiable in x, scale and offset */
export const groupNorm = (x: Tensor, scale: Tensor1D, offset: Tensor1D, groups: number, epsilon: number): Tensor =>
  customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [input, gamma, beta] = args as Tensor[];
    const [n, channels] = [input.shape[0], gamma.size];
    const places = input.size / (n * channels);
    const flat = (t: Tensor): Tensor => reshape(t, [n, places, channels]);
    const average = groupMean(mean(flat(input), 1, true), groups);
    const centred = sub(flat(input), average);
    const inverse = rsqrt(add(groupMean(mean(square(centred), 1, true), groups), epsilon));
    (args[3] as GradSaveFunc)([input, gamma, average, inverse]);
    return {
      value: reshape(add(mul(centred, mul(inverse, gamma)), beta), input.shape),
      gradFunc: (dy: Tensor, [savedInput, savedGamma, savedAverage, savedInverse]: Tensor[]) => {
        const [slope, away] = [flat(dy), sub(flat(savedInput), savedAverage)];
        const offsetSlopes = sum(slope, 1, true);
        const scaleSlopes = mul(sum(mul(slope, away), 1, true), savedInverse);
        // What moves a group's mean and its deviation takes back from each of its values.
        const [ofMean, ofDeviation] = [offsetSlopes, scaleSlopes].map((s) => groupMean(mul(s, mul(savedGamma, 1 / places)), groups));
        const direct = mul(slope, mul(savedInverse, savedGamma));
        const taken = add(mul(away, mul(square(savedInverse), ofDeviation)), mul(savedInverse, ofMean));
        return [reshape(sub(direct, taken), savedInput.shape), sum(scaleSlopes, [0, 1]), sum(offsetSlopes, [0, 1])];
      },
    };
  })(x, scale, offset);
