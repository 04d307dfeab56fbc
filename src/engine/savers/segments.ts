// Where to cut a network for recomputation, by bytes instead of the square root of the number of layers: the cuts for which the largest
// sum of what crosses the cuts so far and what one segment keeps while the gradient passes through it is least. Extra time does not
// depend on how many segments there are: every one but the last runs twice.
import { lastReaders, type Network } from '../network';
import { sizeOf } from '../layers/layer';
import { firstTrained } from '../trained-part';
import { heldValues } from './held-values';

/** A code of 8 bits and its share of a scale, next to a float. */
const BYTE_SHARE = 0.26;

/** The best way to cut what lies before a place. */
interface Prefix {
  /** Values that cross its cuts. */
  crossed: number;
  /** First place of its last segment. */
  from: number;
}

/**
 * First places of the segments after the first; empty when no cut lowers the peak. Sizes are relative, values of one sample.
 * @param eightBits what a segment keeps is kept in 8 bits; what crosses a cut is not
 */
export function chooseCuts(network: Network, recomputed: readonly boolean[], eightBits = false): number[] {
  const { nodes } = network;
  const end = nodes.length;
  // What lies before keeps nothing, cut or not.
  const begin = Math.max(0, firstTrained(network));
  const sizes = nodes.map(({ layer }) => sizeOf(layer.outputShape));
  const last = lastReaders(network);
  const { kept, passing } = heldValues(network, recomputed, eightBits ? BYTE_SHARE : 1);

  /** By first and past-the-last place of a segment: its peak while the gradient goes through it, and the values made in it that later ones read. */
  const peak: number[][] = [];
  const crossing: number[][] = [];
  for (let from = 0; from < end; from++) {
    let [held, worst] = [0, 0];
    peak.push([]);
    crossing.push([]);
    for (let to = from + 1; to <= end; to++) {
      const place = to - 1;
      worst = Math.max(worst, held + passing[place]);
      held += kept[place];
      peak[from][to] = worst;
      let values = 0;
      for (let made = from; made < to; made++) if (last[made] >= to) values += sizes[made];
      crossing[from][to] = to < end ? values : 0;
    }
  }

  /** Cuts whose peak stays within `most`, with the fewest values crossing; undefined when there are none. */
  const within = (most: number): number[] | undefined => {
    const best: (Prefix | undefined)[] = [];
    best[begin] = { crossed: 0, from: -1 };
    for (let to = begin + 1; to <= end; to++) {
      for (let from = begin; from < to; from++) {
        const start = best[from];
        if (!start || start.crossed + peak[from][to] > most) continue;
        const crossed = start.crossed + crossing[from][to];
        if (crossed < (best[to]?.crossed ?? Infinity)) best[to] = { crossed, from };
      }
    }
    const found = best[end];
    if (!found) return undefined;
    const cuts: number[] = [];
    for (let at = found.from; at > begin; at = best[at]?.from ?? begin) cuts.unshift(at);
    return cuts;
  };

  let [low, high] = [0, peak[begin][end]];
  let cuts = within(high) ?? [];
  while (high - low > Math.max(1, high / 1000)) {
    const middle = (low + high) / 2;
    const found = within(middle);
    if (found) [high, cuts] = [middle, found];
    else low = middle;
  }
  return cuts;
}
