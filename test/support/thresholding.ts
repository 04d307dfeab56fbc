// What plain thresholding makes of pictures with masks, at its best: the control beside a network that is to find more than light and dark.
import { openPacked } from '#datasets/packed-dataset';

/** Brightness beside a picture's median, from −255 to 255, in steps. */
const STEP = 4;
const LEVELS = Math.ceil(511 / STEP);

const median = (values: Uint8Array): number => Uint8Array.from(values).sort()[values.length >> 1];

/**
 * The best mean IoU over classes of any rule with two thresholds, one below and one above the picture's median, and a class of its own for what is
 * darker than the first, between them, and brighter than the second; found on the very pictures it is judged on.
 * @param indices of the pictures
 */
export async function bestThresholdIoU(folder: string, indices: Int32Array): Promise<number> {
  const dataset = await openPacked(folder, 0);
  try {
    const { width, height, labels } = dataset.manifest;
    const size = width * height;
    const pictures = dataset.read(indices);
    const masks = dataset.masks!.read(indices);
    // How many pixels of each class have each brightness: all that such a rule can go by.
    const below = labels.map(() => new Float64Array(LEVELS + 1));
    for (let at = 0; at < pictures.length; at += size) {
      const middle = median(pictures.subarray(at, at + size));
      for (let i = at; i < at + size; i++) below[masks[i]][1 + Math.floor((pictures[i] - middle + 255) / STEP)]++;
    }
    for (const counts of below) for (let level = 1; level <= LEVELS; level++) counts[level] += counts[level - 1];
    let best = 0;
    for (let dark = 0; dark <= LEVELS; dark++)
      for (let bright = dark; bright <= LEVELS; bright++) best = Math.max(best, bestClasses(below, [0, dark, bright, LEVELS]));
    return best;
  } finally {
    dataset.close();
  }
}

/** @param below pixels of each class under each level @param cuts where one part of the brightness ends and the next begins */
function bestClasses(below: readonly Float64Array[], cuts: readonly number[]): number {
  const classes = below.length;
  const parts = cuts.slice(1).map((end, part) => below.map((counts) => counts[end] - counts[cuts[part]]));
  const all = below.map((counts) => counts[counts.length - 1]);
  let best = 0;
  for (let rule = 0; rule < classes ** parts.length; rule++) {
    const classOf = parts.map((_, part) => Math.floor(rule / classes ** part) % classes);
    const [found, both] = [all.map(() => 0), all.map(() => 0)];
    parts.forEach((pixels, part) => {
      found[classOf[part]] += pixels.reduce((a, b) => a + b);
      both[classOf[part]] += pixels[classOf[part]];
    });
    const ious = all.map((count, label) => both[label] / Math.max(1, count + found[label] - both[label]));
    best = Math.max(best, ious.reduce((a, b) => a + b) / classes);
  }
  return best;
}
