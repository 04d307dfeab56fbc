// Moves a mask as its picture was moved: every pixel takes the class of the one place that it shows (nearest neighbour). Colours and
// holes change no class; what lay outside the picture has none.
import { IGNORED } from '#shared/mask-index';
import type { PictureSize } from './draw';
import type { Variation } from './vary';

type Size = Pick<PictureSize, 'width' | 'height'>;

/** @param source height × width class indices; `into` likewise, of the target's size */
export function moveMask(source: Uint8Array, from: Size, { part, flip = false, angle = 0 }: Variation, to: Size, into: Uint8Array): void {
  const { width, height } = to;
  const [scaleX, scaleY] = [part.width / width, part.height / height];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [part.left + part.width / 2, part.top + part.height / 2];
  let at = 0;
  for (let y = 0; y < height; y++) {
    const down = (y + 0.5 - height / 2) * scaleY;
    for (let x = 0; x < width; x++) {
      const across = (x + 0.5 - width / 2) * (flip ? -scaleX : scaleX);
      const column = Math.floor(middleX + cosine * across - sine * down);
      const row = Math.floor(middleY + sine * across + cosine * down);
      const isOutside = column < 0 || row < 0 || column >= from.width || row >= from.height;
      into[at++] = isOutside ? IGNORED : source[row * from.width + column];
    }
  }
}
