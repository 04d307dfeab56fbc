// How far apart two lists of arrays are.

/** ‖a − b‖ ÷ ‖b‖. */
export const relativeL2 = (a: readonly (Float32Array | Float64Array)[], b: readonly (Float32Array | Float64Array)[]): number => {
  let [difference, size] = [0, 0];
  a.forEach((v, i) => v.forEach((x, k) => ((difference += (x - b[i][k]) ** 2), (size += b[i][k] ** 2))));
  return Math.sqrt(difference) / Math.max(Math.sqrt(size), 1e-30);
};

/** Largest |a − b| / max(1, |b|). */
export const worstWeight = (a: readonly Float32Array[], b: readonly Float32Array[]): number =>
  Math.max(...a.flatMap((v, i) => Array.from(v, (x, k) => Math.abs(x - b[i][k]) / Math.max(1, Math.abs(b[i][k])))));
