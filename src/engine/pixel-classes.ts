// From probabilities of every pixel to its class, and from classes to their shares.

/** The most probable of `classes` at `count` pixels, the first of equals. @param values [pixels, classes], or sums of them */
export function mostProbable(values: ArrayLike<number>, classes: number, into: Uint8Array): void {
  for (let i = 0; i < into.length; i++) {
    const at = i * classes;
    let best = 0;
    for (let label = 1; label < classes; label++) if (values[at + label] > values[at + best]) best = label;
    into[i] = best;
  }
}

export function maskOf(probabilities: ArrayLike<number>, classes: number): Uint8Array {
  const mask = new Uint8Array(probabilities.length / classes);
  mostProbable(probabilities, classes, mask);
  return mask;
}

/** Of all pixels, the share of each class. */
export function sharesOf(mask: Uint8Array, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (const label of mask) counts[label]++;
  return Float32Array.from(counts, (count) => count / mask.length);
}
