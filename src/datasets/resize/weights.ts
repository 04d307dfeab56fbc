// How much each neighbour counts in a resized picture: a Lanczos filter of three lobes in fixed point, bit for bit as fast_image_resize has it,
// which resizes where ours does not.
const LOBES = 3;
/** Weights have 16 bits and a sign; sums of them and values 32. */
const WEIGHT_LIMIT = 1 << 15;
const MOST_PRECISION = 21;
/** Of a data set's pictures: those of one axis, 4,000 to 224, take 51 kB. */
const MOST_KEPT_BYTES = 4e6;

/** Of one axis: for each place of the result where its neighbours begin (32 bits), then their weights (16 bits each), in pairs. */
export interface Weights {
  table: Uint8Array;
  pairs: number;
  /** Bits behind the point. */
  precision: number;
}

const known = new Map<string, Weights>();
let knownBytes = 0;

/** `multiple`: what the number of pairs is to be divisible by. Most data sets have few sizes, so they are kept. */
export function weightsFor(from: number, to: number, multiple: number): Weights {
  const key = `${from} ${to} ${multiple}`;
  let weights = known.get(key);
  if (!weights) {
    weights = inFixedPoint(neighboursOf(from, to), multiple);
    knownBytes += weights.table.length;
    if (knownBytes > MOST_KEPT_BYTES) {
      known.clear();
      knownBytes = weights.table.length;
    }
    known.set(key, weights);
  }
  return weights;
}

interface Neighbours {
  begin: number;
  /** Their sum is 1. */
  weights: number[];
}

function neighboursOf(from: number, to: number): Neighbours[] {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const end = Math.min(from, Math.ceil(centre + LOBES * stretch));
    let begin = Math.max(0, Math.floor(centre - LOBES * stretch));
    const weights: number[] = [];
    for (let x = begin; x < end; x++) {
      const weight = lanczos((x - (centre - 0.5)) * (1 / stretch));
      if (weight === 0 && weights.length === 0) begin++;
      else weights.push(weight);
    }
    const sum = weights.reduce((a, b) => a + b, 0);
    return { begin, weights: weights.map((weight) => weight / sum) };
  });
}

const lanczos = (x: number): number => (x >= -LOBES && x < LOBES ? sinc(x) * sinc(x / LOBES) : 0);
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

function inFixedPoint(neighbours: readonly Neighbours[], multiple: number): Weights {
  let [largest, most] = [0, 0];
  for (const { weights } of neighbours) {
    most = Math.max(most, weights.length);
    for (const weight of weights) largest = Math.max(largest, weight);
  }
  let precision = 0;
  while (precision < MOST_PRECISION && away(largest * 2 ** (precision + 1)) < WEIGHT_LIMIT) precision++;
  const pairs = multiple * Math.ceil(most / (2 * multiple));
  const bytes = 4 + 4 * pairs;
  const table = new DataView(new ArrayBuffer(bytes * neighbours.length));
  neighbours.forEach(({ begin, weights }, place) => {
    table.setInt32(place * bytes, begin, true);
    weights.forEach((weight, i) => table.setInt16(place * bytes + 4 + 2 * i, away(weight * 2 ** precision), true));
  });
  return { table: new Uint8Array(table.buffer), pairs, precision };
}

/** A half is rounded away from zero. */
const away = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));
