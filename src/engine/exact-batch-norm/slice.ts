// The part of a network that gives some wanted values, starting from values that are there; and running such a part.
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../network';

export interface Slice {
  /** Places to run, in the network's order. */
  order: number[];
  /** Places whose values it starts from. */
  takes: number[];
}

export function slice(network: Network, wanted: Iterable<number>, isThere: (place: number) => boolean): Slice {
  const order = new Set<number>();
  const takes = new Set<number>();
  const visit = (place: number): void => {
    if (isThere(place)) return void takes.add(place);
    if (order.has(place)) return;
    order.add(place);
    network.nodes[place].inputs.forEach(visit);
  };
  for (const place of wanted) visit(place);
  const sorted = (places: Set<number>): number[] => [...places].sort((a, b) => a - b);
  return { order: sorted(order), takes: sorted(takes) };
}

/**
 * Adds the values of `order` to `values`. What is not `wanted` is let go once its last reader ran; what was there before stays.
 * @param call the value of a place from those of its inputs
 */
export function runSlice(
  network: Network,
  order: readonly number[],
  values: Map<number, Tensor>,
  wanted: ReadonlySet<number>,
  call: (place: number, inputs: Tensor[]) => Tensor,
): void {
  const readsLeft = new Map<number, number>(order.map((place) => [place, 0]));
  const readsOf = (place: number): number | undefined => readsLeft.get(place);
  for (const place of order)
    for (const input of network.nodes[place].inputs) {
      const reads = readsOf(input);
      if (reads !== undefined) readsLeft.set(input, reads + 1);
    }
  for (const place of order) {
    const { inputs } = network.nodes[place];
    const taken = inputs.map((input) => values.get(input)!);
    values.set(
      place,
      tidy(() => call(place, taken)),
    );
    for (const input of inputs) {
      const reads = readsOf(input);
      if (reads === undefined) continue;
      readsLeft.set(input, reads - 1);
      if (reads > 1 || wanted.has(input)) continue;
      values.get(input)!.dispose();
      values.delete(input);
    }
  }
}
