// The gradient of a network's loss, segment by segment where activations are to be recomputed (gradient checkpointing, Chen et al. 2016,
// arXiv 1604.06174): the forward pass keeps what crosses from one segment into the next; each segment but the last runs again, with the
// tape on, when the gradient comes to it. Without segments the network is one, and runs once. What lies before the first wanted weight is a
// segment of its own to which no gradient comes: it runs once, without the tape, and keeps nothing.
import { dispose, scalar, tidy, zerosLike, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { CallContext } from './layers/layer';
import { lastReaders, runNodes, type LayerObserver, type Network } from './network';
import { Keeper } from './savers/keeper';
import { backpropagate, record, type Arriving } from './tape';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Which nodes' outputs depend on the weights at those places. */
function dependOn({ nodes }: Network, wanted: ReadonlySet<number>): boolean[] {
  const depends: boolean[] = [];
  for (const { layer, inputs, firstWeight } of nodes) {
    const own = range(firstWeight, firstWeight + layer.weights.length).some((place) => wanted.has(place));
    depends.push(own || inputs.some((place) => place >= 0 && depends[place]));
  }
  return depends;
}

/**
 * Loss and its gradient with respect to some of the weights. The bits do not depend on the segments.
 * @param makeInput the network's input, through which no gradient goes; made again where it is read again
 * @param wanted places in `weights`
 * @param lossOf the network's output → the loss, differentiable
 * @param lossGradient what the gradient of the loss itself is; other than 1, all are as many times as large
 */
export function networkGradients(
  network: Network,
  makeInput: () => Tensor,
  weights: Tensor[],
  wanted: readonly number[],
  context: CallContext,
  lossOf: (output: Tensor) => Scalar,
  lossGradient: () => Tensor = () => scalar(1),
): { value: Scalar; grads: Tensor[] } {
  const { nodes } = network;
  const last = lastReaders(network);
  const asksGradient = dependOn(network, new Set(wanted));
  const firstAsked = asksGradient.indexOf(true);
  const cuts = (network.savers?.cuts ?? []).filter((cut) => cut > firstAsked);
  // Outputs before it that are computed again may not be handed on: what crosses is kept.
  const isHandedOn = nodes.slice(0, firstAsked).some((_, place) => !network.savers?.recomputed[place]);
  const ends = [...(isHandedOn ? [firstAsked] : []), ...cuts, nodes.length];
  const segments = ends.map((to, i) => [i === 0 ? 0 : ends[i - 1], to] as const);
  const repeated: CallContext = { ...context, onBatchStatistics: () => {} };
  /** What the nodes from `at` on read of earlier ones. */
  const crossing = (at: number): number[] => range(0, at).filter((place) => last[place] >= at);
  const weightsOf = ([from, to]: readonly [number, number]): number[] => {
    const begin = nodes[from].firstWeight;
    const end = to < nodes.length ? nodes[to].firstWeight : network.weights.length;
    return wanted.filter((place) => place >= begin && place < end);
  };

  return tidy(() => {
    const activations = new Map<number, Tensor>();
    const run = (segment: readonly [number, number], ...[calls, observe]: [CallContext, LayerObserver?]): Map<number, Tensor> => {
      const lastReader = nodes.slice(0, segment[1]).findLastIndex(({ inputs }) => inputs.includes(-1));
      if (lastReader < segment[0]) return runNodes(network, segment, activations, weights, calls, observe);
      const input = makeInput();
      return runNodes(network, segment, new Map(activations).set(-1, input), weights, calls, (place, ...layer) => {
        observe?.(place, ...layer);
        if (place === lastReader) input.dispose();
      });
    };
    for (const segment of segments.slice(0, -1)) {
      for (const [place, output] of run(segment, context)) activations.set(place, output);
    }

    const arriving = new Map<number, Tensor>();
    const found = new Map<number, Tensor>();
    let value: Scalar | undefined;
    for (const segment of [...segments].reverse()) {
      const [from, to] = segment;
      const isLast = to === nodes.length;
      const own = weightsOf(segment);
      const before = crossing(from).filter((place) => asksGradient[place]);
      if (!isLast) for (const place of crossing(to)) if (place >= from) dispose(activations.get(place)!);
      if (!isLast && own.length === 0 && before.length === 0) continue;

      const keeper = new Keeper(network, weights, repeated, makeInput);
      try {
        let made = new Map<number, Tensor>();
        const recording = record((tape) => {
          made = run(segment, isLast ? context : repeated, keeper.watch(tape));
          return isLast ? [lossOf(made.get(nodes.length - 1)!)] : [...made.values()];
        });
        if (isLast) value = recording.outputs[0] as Scalar;
        const arrivals: Arriving[] = isLast
          ? [[value!, lossGradient()]]
          : crossing(to).flatMap((place): Arriving[] => {
              const gradient = arriving.get(place);
              arriving.delete(place);
              return gradient ? [[made.get(place) ?? activations.get(place)!, gradient]] : [];
            });
        if (!isLast) dispose(recording.outputs);
        const ownWeights = own.map((place) => weights[place]);
        const xs = [...before.map((place) => activations.get(place)!), ...ownWeights];
        const gradients = backpropagate(recording, arrivals, xs, ownWeights);
        gradients.forEach((gradient, i) => {
          if (!gradient) return;
          if (i < before.length) arriving.set(before[i], gradient);
          else found.set(own[i - before.length], gradient);
        });
      } finally {
        keeper.dispose();
      }
    }
    return { value: value!, grads: wanted.map((place) => found.get(place) ?? zerosLike(weights[place])) };
  });
}
