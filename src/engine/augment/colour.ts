// Brightness, contrast and saturation, in that order, as torchvision's ColorJitter defines them; each factor 1 changes nothing.

export interface Colour {
  brightness: number;
  /** About the picture's mean grey. */
  contrast: number;
  /** About each pixel's grey; pictures with one channel have none. */
  saturation: number;
}

/** Rec. 601. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

const byte = (value: number): number => Math.min(255, Math.max(0, value));

/** In place. */
export function colour(pixels: Uint8Array, channels: number, { brightness, contrast, saturation }: Colour): void {
  const grey = (i: number): number =>
    channels === 3
      ? RED * byte(brightness * pixels[i]) + GREEN * byte(brightness * pixels[i + 1]) + BLUE * byte(brightness * pixels[i + 2])
      : byte(brightness * pixels[i]);
  let mean = 0;
  for (let i = 0; i < pixels.length; i += channels) mean += grey(i);
  mean /= pixels.length / channels;
  // One table for brightness and contrast: they treat every channel alike.
  const table = Float32Array.from({ length: 256 }, (_, value) => byte(mean + contrast * (byte(brightness * value) - mean)));
  if (channels !== 3) {
    for (let i = 0; i < pixels.length; i++) pixels[i] = table[pixels[i]] + 0.5;
    return;
  }
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [table[pixels[i]], table[pixels[i + 1]], table[pixels[i + 2]]];
    const own = RED * r + GREEN * g + BLUE * b;
    pixels[i] = byte(own + saturation * (r - own)) + 0.5;
    pixels[i + 1] = byte(own + saturation * (g - own)) + 0.5;
    pixels[i + 2] = byte(own + saturation * (b - own)) + 0.5;
  }
}
