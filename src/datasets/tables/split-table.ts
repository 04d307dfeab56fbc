// Which rows of a table are learnt from and which only measured: a share of every class, or of every tenth of the target's range, drawn by seed.
import type { TableManifest } from '#shared/table';
import type { Split, SplitOptions } from '../split';

/** Parts of a number's range, each with as many rows. */
const STRATA = 10;

interface Rows {
  manifest: Pick<TableManifest, 'task' | 'labels'>;
  targets: Float64Array;
  places: Uint32Array;
}

/**
 * A row's turn depends on the seed and what it holds, not on its place in the file; equal rows stay on one side. At least one row of a class
 * stays in training.
 */
export function splitTable({ manifest, targets, places }: Rows, { validationShare, seed }: SplitOptions): Split {
  const strata = manifest.task === 'classification' ? byClass(targets, manifest.labels.length) : byQuantile(targets);
  const isHeld = new Uint8Array(targets.length);
  for (const members of strata) {
    const turns = turnsOf(members, places, seed);
    const order = members.map((_, i) => i).sort((a, b) => turns[a] - turns[b] || members[a] - members[b]);
    const most = Math.max(0, Math.min(Math.round(members.length * validationShare), members.length - 1));
    let end = most;
    // Rows that are equal have the same turn: a group is not parted, it stays in training whole.
    while (end > 0 && end < order.length && turns[order[end]] === turns[order[end - 1]]) end--;
    for (const i of order.slice(0, end)) isHeld[members[i]] = 1;
  }
  return { train: indicesWhere(isHeld, 0), validation: indicesWhere(isHeld, 1), ownSplit: false };
}

function byClass(targets: Float64Array, classes: number): number[][] {
  const strata = Array.from({ length: classes }, (): number[] => []);
  for (const [row, label] of targets.entries()) strata[label].push(row);
  return strata;
}

/** Equal values lie in one part. */
function byQuantile(targets: Float64Array): number[][] {
  const sorted = targets.slice().sort();
  const bounds = Array.from({ length: STRATA - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / STRATA)]);
  const strata = Array.from({ length: STRATA }, (): number[] => []);
  for (const [row, target] of targets.entries()) strata[bounds.filter((bound) => target >= bound).length].push(row);
  return strata;
}

/** A number below 2⁵³ for each row, from its key and the seed. */
function turnsOf(members: readonly number[], places: Uint32Array, seed: number): Float64Array {
  return Float64Array.from(members, (row) => {
    const [high, low] = [scramble(places[3 * row + 1] ^ seed), scramble(places[3 * row + 2] ^ scramble(seed ^ 0x9e3779b9))];
    return (high >>> 11) * 2 ** 32 + low;
  });
}

/** Every bit of the answer depends on every bit given (Murmur3's finalizer, Appleby). */
function scramble(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function indicesWhere(held: Uint8Array, value: number): Int32Array {
  const indices = new Int32Array(held.length);
  let count = 0;
  for (const [row, isHeld] of held.entries()) if (isHeld === value) indices[count++] = row;
  return indices.slice(0, count);
}
