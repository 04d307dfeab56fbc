// Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391): which places of a late feature map raise the score of a class. The gradient of the
// score to the map says what each channel counts; the channels so weighted, where positive, are the answer. The gradient of each place is
// taken as it is (HiResCAM, Draelos and Carin 2020, arXiv 2011.08891): its mean over all places, as in the first paper, is the same where a
// global average follows, and misleads where each place has weights of its own, as in front of a dense layer.
// The score is the class's logit above the mean of all: what raises all logits alike changes no probability.
import { dispose, mul, relu, reshape, scalar, softmax, sum, tidy, type Scalar, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { CallContext } from './layers/layer';
import { lastReaders, runNodes, type Network } from './network';
import type { TensorFunction, TensorSpec } from './runtime';
import { scaledInput, weightSpecs } from './step';
import { backpropagate, record } from './tape';

/** A coarser map says nothing of where. */
const FEWEST_PLACES = 6;
const INFERENCE: CallContext = { training: false, onBatchStatistics: () => {} };

/**
 * The place whose output is looked at: the last feature map of at least 6 × 6 that all that comes later goes through. Undefined where there is
 * none, or where attention mixes all places afterwards, so that a place of the map is none of the picture.
 */
export function lastFeatureMap(network: Network): number | undefined {
  const last = lastReaders(network);
  const { nodes } = network;
  for (let place = nodes.length - 1; place >= 0; place--) {
    const { className, outputShape } = nodes[place].layer;
    if (className === 'Attention') return undefined;
    const [height, width] = outputShape;
    if (outputShape.length !== 3 || height < FEWEST_PLACES || width < FEWEST_PLACES) continue;
    const isPassedBy = last.some((reader, from) => from < place && reader > place);
    if (!isPassedBy && last[place] < nodes.length) return place;
  }
  return undefined;
}

/** Of a class among so many: what each logit counts in its score. */
export const scoreOf = (label: number, classes: number): Float32Array =>
  Float32Array.from({ length: classes }, (_, i) => (i === label ? 1 : 0) - 1 / classes);

/** [x [1, height, width, channels], what each logit counts [classes], ...weights] → [map [height, width], probabilities [1, classes]], the map 0 or more. */
export const gradCam =
  (network: Network, place: number): TensorFunction =>
  ([x, counts, ...weights]) => {
    const end = network.nodes.length;
    const before = runNodes(network, [0, place + 1], new Map([[-1, scaledInput(network, x)]]), weights, INFERENCE);
    const features = before.get(place)!;
    return tidy(() => {
      let logits!: Tensor;
      const recording = record(() => {
        logits = runNodes(network, [place + 1, end], before, weights, INFERENCE).get(end - 1)!;
        return [sum(mul(logits, counts)), logits];
      });
      const [score] = recording.outputs as [Scalar, Tensor];
      const [gradient] = backpropagate(recording, [[score, scalar(1)]], [features]);
      score.dispose();
      // A class that nothing of the map leads to has no gradient.
      const map = gradient ? relu(sum(mul(features, gradient), -1)) : mul(sum(features, -1), 0);
      dispose(features);
      return [reshape(map, map.shape.slice(1)), softmax(logits as Tensor2D)];
    });
  };

export const gradCamSpecs = (network: Network): TensorSpec[] => [
  { shape: [1, ...network.inputShape], dtype: 'float32' },
  { shape: [network.classes], dtype: 'float32' },
  ...weightSpecs(network),
];
