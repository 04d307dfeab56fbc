// A part of a picture turned about its middle and brought to another size: bilinear, the mean of several places where it shrinks.
// Outside the picture is black.
import type { PictureSize } from './draw';
import type { Part } from './resample';

export function turn(
  source: Uint8Array,
  from: PictureSize,
  part: Part,
  flip: boolean,
  angle: number,
  to: PictureSize,
  into: Uint8Array,
): void {
  const { width, height, channels } = to;
  const [scaleX, scaleY] = [part.width / width, part.height / height];
  const places = Math.max(1, Math.round(Math.max(scaleX, scaleY)));
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [part.left + part.width / 2 - 0.5, part.top + part.height / 2 - 0.5];
  const sums = new Float32Array(channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sums.fill(0);
      for (let p = 0; p < places * places; p++) {
        const across = (x + ((p % places) + 0.5) / places - width / 2) * (flip ? -scaleX : scaleX);
        const down = (y + (Math.floor(p / places) + 0.5) / places - height / 2) * scaleY;
        addBilinear(source, from, middleX + cosine * across - sine * down, middleY + sine * across + cosine * down, sums);
      }
      for (let c = 0; c < channels; c++) into[at++] = sums[c] / (places * places) + 0.5;
    }
  }
}

function addBilinear(source: Uint8Array, { width, height, channels }: PictureSize, x: number, y: number, sums: Float32Array): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    const weight = (corner & 1 ? right : 1 - right) * (corner >> 1 ? below : 1 - below);
    if (weight === 0 || column < 0 || row < 0 || column >= width || row >= height) continue;
    const base = (row * width + column) * channels;
    for (let c = 0; c < channels; c++) sums[c] += weight * source[base + c];
  }
}
