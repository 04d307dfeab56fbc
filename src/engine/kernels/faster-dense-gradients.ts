// Where our op for the gradient of dense weights is faster than TensorFlow's product and the sum behind it (bench/NOTES.md, 2026-11-29).

/** Of AVX2: with narrower registers TensorFlow's product takes half as long. */
const SMALLEST_TILE = 16;
/** Samples that one sum takes, in a register from the first to the last. */
const MOST_SAMPLES = 1024;
/** So few that what is saved, passing over the weights once more, weighs more than the product; or so little work that it is the calls that cost. */
const FEW_SAMPLES = 64;
const LITTLE_WORK = 2 ** 24;

/** Of xᵀ · dy of x [samples, channels] and dy [samples, filters]. @param tile filters that our op computes at a time */
export const isFasterDenseGradient = (samples: number, channels: number, filters: number, tile: number): boolean =>
  tile >= SMALLEST_TILE && samples <= MOST_SAMPLES && (samples <= FEW_SAMPLES || samples * channels * filters <= LITTLE_WORK);
