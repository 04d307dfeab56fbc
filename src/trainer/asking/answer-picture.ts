// What a model says about one picture: its class, or the class of every pixel.
import { pictureAnswer, ranked } from '#engine/picture-answer';
import { sharesOf } from '#engine/pixel-classes';
import type { PictureSource } from '#shared/asking';
import type { Prediction } from '#shared/prediction';
import { openGiven } from './given-picture';
import { anyInput, inputLayout } from './input-picture';
import { maskInTiles, seenInTiles } from './mask-in-tiles';
import type { OpenModel } from './open-model';

export interface Asking {
  /** Masks: see the picture all at once, however large it is. */
  whole?: boolean;
  signal: AbortSignal;
}

/** @throws FailureError bad-setting for what is no picture, out-of-memory, cancelled */
export async function answerPicture(model: OpenModel, source: PictureSource, asking: Asking): Promise<Prediction> {
  const { metadata } = model;
  const { labels } = metadata;
  if (metadata.output === 'pixel probabilities' && !('sample' in source)) {
    const picture = await openGiven(source);
    const seen = asking.whole ? undefined : seenInTiles(picture, metadata);
    if (seen) {
      const { pixels, mask, tiles } = await maskInTiles(model, picture, seen, asking.signal);
      const classes = ranked(labels, sharesOf(mask, labels.length));
      return {
        classes,
        mask: { labels: [...labels], pixels: mask, tiles, scale: seen.scale },
        seen: { width: seen.width, height: seen.height, channels: inputLayout(metadata).channels, pixels },
      };
    }
  }
  const pixels = await anyInput(source, metadata);
  const probabilities = await model.predict(pixels, 1);
  const answer = pictureAnswer(metadata, { ...inputLayout(metadata), pixels }, probabilities);
  if (answer.mask && !('sample' in source)) answer.mask.isScaleUnknown = !metadata.preprocessing.files;
  return answer;
}
