// What a model says about a picture, from what its network gives: its class, or the class of every pixel.
import type { Prediction } from '#shared/prediction';
import type { PictureMetadata } from './layers-model';
import { maskOf, sharesOf } from './pixel-classes';

export const ranked = (labels: readonly string[], shares: ArrayLike<number>): Prediction['classes'] =>
  labels.map((label, i) => ({ label, probability: shares[i] })).sort((a, b) => b.probability - a.probability);

/** @param probabilities of one picture: [classes], or [height, width, classes] */
export function pictureAnswer({ labels, output }: PictureMetadata, seen: Prediction['seen'], probabilities: Float32Array): Prediction {
  if (output !== 'pixel probabilities') return { classes: ranked(labels, probabilities), seen };
  const pixels = maskOf(probabilities, labels.length);
  return { classes: ranked(labels, sharesOf(pixels, labels.length)), mask: { labels: [...labels], pixels }, seen };
}
