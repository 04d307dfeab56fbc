// Pictures stored channel after channel, as pictures are shown: pixel after pixel.

export function interleaved(planes: Uint8Array, pixels: number, channels: number): Uint8Array {
  const out = new Uint8Array(pixels * channels);
  for (let c = 0, at = 0; c < channels; c++) for (let i = 0; i < pixels; i++) out[i * channels + c] = planes[at++];
  return out;
}
