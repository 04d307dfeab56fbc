// What plain thresholding makes of pictures with masks, at its best: the control beside a network that is to find more than light and dark.
import { openPacked } from '#datasets/packed-dataset';

/** Share of the largest brightness. */
const STEPS = 64;

const median = (values: Uint8Array): number => Uint8Array.from(values).sort()[values.length >> 1];

/**
 * The best mean IoU over classes of any rule "what is at least so much brighter or darker than its picture's median is of that class, the rest is the
 * first class", found on the very pictures it is judged on.
 * @param indices of the pictures
 */
export async function bestThresholdIoU(folder: string, indices: Int32Array): Promise<number> {
  const dataset = await openPacked(folder, 0);
  try {
    const { width, height, labels } = dataset.manifest;
    const size = width * height;
    const pictures = dataset.read(indices);
    const masks = dataset.masks!.read(indices);
    const distance = Uint8Array.from(pictures);
    for (let at = 0; at < distance.length; at += size) {
      const middle = median(pictures.subarray(at, at + size));
      for (let i = at; i < at + size; i++) distance[i] = Math.abs(pictures[i] - middle);
    }
    let best = 0;
    for (let step = 0; step < STEPS; step++) {
      const threshold = ((step + 1) * 255) / STEPS;
      for (let shape = 1; shape < labels.length; shape++) {
        const found = (i: number): number => (distance[i] >= threshold ? shape : 0);
        best = Math.max(best, meanIoU(labels.length, masks, found));
      }
    }
    return best;
  } finally {
    dataset.close();
  }
}

function meanIoU(classes: number, masks: Uint8Array, found: (place: number) => number): number {
  const [both, either] = [new Float64Array(classes), new Float64Array(classes)];
  masks.forEach((label, i) => {
    const guess = found(i);
    if (guess === label) both[label]++;
    either[label]++;
    if (guess !== label) either[guess]++;
  });
  return both.reduce((sum, count, label) => sum + count / Math.max(1, either[label]), 0) / classes;
}
