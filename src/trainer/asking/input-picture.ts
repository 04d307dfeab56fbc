// A picture becomes what the network takes, by the very steps that training takes: decoded at the size an import stored, then brought to the
// input's size as a run reads what was stored.
import type { PixelLayout } from '#datasets/decode-picture';
import { openPacked } from '#datasets/packed-dataset';
import type { PictureMetadata } from '#engine/layers-model';
import { unvaried, vary } from '#engine/augment/vary';
import type { PictureSource } from '#shared/asking';
import { FailureError } from '#shared/failure';
import { openGiven, type GivenPicture } from './given-picture';

export function inputLayout({ inputShape: [height, width, channels] }: PictureMetadata): PixelLayout {
  return { width, height, channels: channels === 1 ? 1 : 3 };
}

/** uint8 height × width × channels of the network's input. @throws FailureError bad-setting */
export async function inputOf(picture: GivenPicture, metadata: PictureMetadata): Promise<Uint8Array> {
  const input = inputLayout(metadata);
  const stored = { ...input, ...metadata.preprocessing.stored };
  return fitted(await picture.decode(stored), stored, input);
}

function fitted(pixels: Uint8Array, stored: PixelLayout, input: PixelLayout): Uint8Array {
  if (stored.width === input.width && stored.height === input.height) return pixels;
  const into = new Uint8Array(input.width * input.height * input.channels);
  vary(pixels, stored, unvaried(stored), input, into);
  return into;
}

/** The same of any source. @throws FailureError bad-setting; dataset-missing, dataset-invalid where a version is gone or damaged */
export async function anyInput(source: PictureSource, metadata: PictureMetadata): Promise<Uint8Array> {
  if (!('sample' in source)) return inputOf(await openGiven(source), metadata);
  const dataset = await openPacked(source.datasetFolder, 0);
  try {
    const { count, width, height, channels } = dataset.manifest;
    const input = inputLayout(metadata);
    if (source.sample >= count || channels !== input.channels) {
      const problem = 'This picture is not of the data the model learnt from. Choose another picture or another model.';
      throw new FailureError({ kind: 'bad-setting', problem });
    }
    return fitted(dataset.read([source.sample]), { width, height, channels }, input);
  } finally {
    dataset.close();
  }
}
