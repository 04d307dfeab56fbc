// Random pictures in memory, whose class shows in their brightness so that there is something to learn.
import type { Network } from '#engine/network';
import { randomStream } from '#engine/random';
import type { TrainingData } from '#engine/training-data';

const SEED = 1;

export function randomPictures({ inputShape, classes }: Network, count: number, validation = 0): TrainingData {
  const random = randomStream(SEED);
  const size = inputShape.reduce((a, b) => a * b, 1);
  const labels = Int32Array.from({ length: count + validation }, () => Math.floor(classes * random()));
  const pixels = new Uint8Array((count + validation) * size);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 128 * (random() + labels[Math.floor(i / size)] / classes);
  return {
    inputShape: [...inputShape],
    classes,
    train: Int32Array.from({ length: count }, (_, i) => i),
    validation: Int32Array.from({ length: validation }, (_, i) => count + i),
    read({ indices }, start, n) {
      const taken = new Uint8Array(n * size);
      const own = indices.subarray(start, start + n);
      own.forEach((index, k) => taken.set(pixels.subarray(index * size, (index + 1) * size), k * size));
      return { pixels: taken, labels: own.map((index) => labels[index]) };
    },
  };
}
