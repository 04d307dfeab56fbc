// A picture file as the model sees it: decoded by the browser, then the same arithmetic as in training.
import { toChannels } from '#datasets/channels';
import { resize } from '#datasets/resize/resize';
import { unvaried, vary } from '#engine/augment/vary';
import type { PictureMetadata } from '#engine/layers-model';
import { FailureError } from '#shared/failure';
import type { Prediction } from '#shared/prediction';

/** Larger ones take more memory than a page should. */
const MOST_PIXELS = 50e6;

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** uint8 height × width × channels of the network's input. @throws FailureError bad-setting */
export async function readPicture(file: Blob, { inputShape, preprocessing }: PictureMetadata): Promise<Prediction['seen']> {
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' }).catch(() => {
    throw bad('This browser cannot open that file as a picture. Give it a PNG, JPEG, WebP or GIF file.');
  });
  const given = { width: bitmap.width, height: bitmap.height };
  if (given.width * given.height > MOST_PIXELS) {
    bitmap.close();
    throw bad(
      `The picture has ${given.width} × ${given.height} pixels, and at most ${MOST_PIXELS / 1e6} million are read. Make a smaller copy of it.`,
    );
  }
  const [height, width, channels] = inputShape;
  const input = { width, height, channels };
  const stored = { ...input, ...preprocessing.stored };
  const colours = new Uint8Array(3 * given.width * given.height);
  toChannels(overWhite(bitmap), 4, colours, 3);
  const pixels = new Uint8Array(stored.width * stored.height * channels);
  toChannels(isOfSize(given, stored) ? colours : resize(colours, given, 3, stored), 3, pixels, channels === 1 ? 1 : 3);
  if (isOfSize(stored, input)) return { ...input, pixels };
  const into = new Uint8Array(width * height * channels);
  vary(pixels, stored, unvaried(stored), input, into);
  return { ...input, pixels: into };
}

interface Size {
  width: number;
  height: number;
}

const isOfSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** Upright already; the browser turns it as its EXIF data says. */
function overWhite(bitmap: ImageBitmap): Uint8Array {
  const { width, height } = bitmap;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw bad('This browser has no room left to draw the picture. Close other pages and try again.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
