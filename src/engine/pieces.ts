// How a mini-batch is cut: as few pieces as fit, of near-equal size, nothing dropped.

/** Sizes of the pieces of `batch` samples, none above `most`: the first ones one larger where it does not divide. */
export function equalPieces(batch: number, most: number): number[] {
  const count = Math.ceil(batch / most);
  const small = Math.floor(batch / count);
  const larger = batch - small * count;
  return Array.from({ length: count }, (_, i) => (i < larger ? small + 1 : small));
}

/**
 * The size to cut `batch` samples into where none may be above `most` and nobody asked for a size: that of the fewest equal pieces, or of up
 * to one in three more where all are then of one size. One size is one function to compile, and more pieces that can share a call.
 */
export function evenSize(batch: number, most: number): number {
  const fewest = Math.ceil(batch / most);
  for (let count = fewest; 3 * count <= 4 * fewest; count++) if (batch % count === 0) return batch / count;
  return Math.ceil(batch / fewest);
}

/** The mini-batches of an epoch: every index exactly once, the last one short where it does not divide. */
export function miniBatches(indices: Int32Array, batch: number): Int32Array[] {
  const result: Int32Array[] = [];
  for (let start = 0; start < indices.length; start += batch) result.push(indices.subarray(start, start + batch));
  return result;
}

/** Every size of piece that a run of full mini-batches, a short last one and passes over `validation` samples will use. */
export function pieceSizes(train: number, validation: number, batch: number, micro: number): { step: number[]; evaluation: number[] } {
  const full = Math.min(batch, train);
  const sizes = (...counts: number[]) => [...new Set(counts.flatMap((n) => (n > 0 ? equalPieces(n, micro) : [])))];
  return { step: sizes(full, train % full), evaluation: sizes(validation) };
}
