// What a model says about one picture: its class, or the class of every pixel.
import type { PictureSource } from '#shared/asking';
import type { Prediction } from '#shared/prediction';
import { openGiven } from './given-picture';
import { anyInput, inputLayout } from './input-picture';
import { maskInTiles, seenInTiles } from './mask-in-tiles';
import { maskOf, sharesOf } from './masks';
import type { OpenModel } from './open-model';

export interface Asking {
  /** Masks: see the picture all at once, however large it is. */
  whole?: boolean;
  signal: AbortSignal;
}

const byProbability = (a: { probability: number }, b: { probability: number }): number => b.probability - a.probability;

const sorted = (labels: readonly string[], shares: ArrayLike<number>): Prediction['classes'] =>
  labels.map((label, i) => ({ label, probability: shares[i] })).sort(byProbability);

/** @throws FailureError bad-setting for what is no picture, out-of-memory, cancelled */
export async function answerPicture(model: OpenModel, source: PictureSource, asking: Asking): Promise<Prediction> {
  const { metadata } = model;
  const { labels } = metadata;
  if (metadata.output === 'pixel probabilities' && !('sample' in source)) {
    const picture = openGiven(source);
    const seen = asking.whole ? undefined : seenInTiles(picture, metadata);
    if (seen) {
      const { pixels, mask, tiles } = await maskInTiles(model, picture, seen, asking.signal);
      const classes = sorted(labels, sharesOf(mask, labels.length));
      return {
        classes,
        mask: { labels: [...labels], pixels: mask, tiles },
        seen: { ...seen, channels: inputLayout(metadata).channels, pixels },
      };
    }
  }
  const pixels = await anyInput(source, metadata);
  const probabilities = await model.predict(pixels, 1);
  const seen = { ...inputLayout(metadata), pixels };
  if (metadata.output !== 'pixel probabilities') return { classes: sorted(labels, probabilities), seen };
  const mask = maskOf(probabilities, labels.length);
  return { classes: sorted(labels, sharesOf(mask, labels.length)), mask: { labels: [...labels], pixels: mask }, seen };
}
