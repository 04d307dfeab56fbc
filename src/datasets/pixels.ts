// Arithmetic on decoded pixels: to 8 bits, over white.
import type { PictureHeader } from './formats/format';

/**
 * Any decoded layout as opaque 8-bit RGBA. 16 bits keep their upper 8, as libpng's strip and Pillow do;
 * transparent pixels are laid over white, rounded to nearest.
 */
export function flattenToRgba(raw: Uint8Array, { colour, alpha, depth }: PictureHeader): Uint8Array {
  const values = depth === 16 ? upperBytes(raw) : raw;
  const colours = colour === 'grey' ? 1 : 3;
  const stride = colours + (alpha ? 1 : 0);
  const pixels = values.length / stride;
  const rgba = new Uint8Array(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    const opacity = alpha ? values[i * stride + colours] : 255;
    for (let c = 0; c < 3; c++) {
      const value = values[i * stride + (colours === 1 ? 0 : c)];
      rgba[i * 4 + c] = opacity === 255 ? value : Math.round((value * opacity + 255 * (255 - opacity)) / 255);
    }
    rgba[i * 4 + 3] = 255;
  }
  return rgba;
}

/** The decoder gives 16-bit samples in the machine's byte order, which is little-endian wherever this runs. */
function upperBytes(raw: Uint8Array): Uint8Array {
  const upper = new Uint8Array(raw.length / 2);
  for (let i = 0; i < upper.length; i++) upper[i] = raw[i * 2 + 1];
  return upper;
}
