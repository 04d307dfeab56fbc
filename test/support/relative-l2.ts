// How far numbers are from what they should be.
export function relativeL2(found: readonly Float32Array[], expected: readonly Float32Array[]): number {
  let [difference, size] = [0, 0];
  expected.forEach((values, i) => values.forEach((x, k) => ((difference += (found[i][k] - x) ** 2), (size += x ** 2))));
  return Math.sqrt(difference) / Math.max(Math.sqrt(size), 1e-30);
}
