// Where exact BatchNorm cuts a network: into stages, each of which needs no statistics but those of BatchNorm layers whose inputs
// earlier stages made. Found from the graph alone, so skip connections, branches and several readers of one value need nothing special.
import type { Network } from '../network';
import { normalizations, type Normalization } from '../statistics';

/** Place of the network's input. */
export const INPUT = -1;

export interface Stage {
  /** Nodes it runs, in the network's order. BatchNorm nodes are none of them: they are applied where they are read. */
  nodes: number[];
  /** BatchNorm nodes it reads; their inputs are of earlier stages. */
  normalized: number[];
  /** Other places of earlier stages that it reads as they are; INPUT may be one of them in any stage. */
  plain: number[];
  /** Places made here that later stages read. */
  gives: number[];
  /** BatchNorm nodes whose input is made here: their statistics are gathered when this stage runs. */
  measured: number[];
}

export interface StagedNetwork {
  network: Network;
  stages: Stage[];
  /** By the place of the BatchNorm node. */
  normalizations: ReadonlyMap<number, Normalization>;
  /** The stage that makes a place's value; INPUT is there from the first. */
  stageOf(place: number): number;
}

/**
 * Stage of a place: one more than that of the BatchNorm inputs it depends on. A BatchNorm layer that is read by another one (or is the
 * network's last) is made like any other node, one stage after its input.
 */
export function cutIntoStages(network: Network): StagedNetwork {
  const found = new Map(normalizations(network).map((n) => [n.node, n]));
  const { nodes } = network;
  const output = nodes.length - 1;
  const live = ancestors(network, output);
  const level = new Map<number, number>([[INPUT, 0]]);
  /** When a value can be read: a BatchNorm's only when the statistics of its input are complete. */
  const readable = (place: number): number => (found.has(place) ? level.get(nodes[place].inputs[0])! + 1 : level.get(place)!);
  for (const place of live) level.set(place, found.has(place) ? readable(place) : Math.max(...nodes[place].inputs.map(readable)));

  const normalizedAgain = new Set(live.filter((place) => found.has(place)).map((place) => nodes[place].inputs[0]));
  const isMade = (place: number): boolean => !found.has(place) || place === output || normalizedAgain.has(place);
  const stages = Array.from({ length: level.get(output)! + 1 }, (_, s): Stage => {
    const made = live.filter((place) => level.get(place) === s && isMade(place));
    const read = made.flatMap((place) => (found.has(place) ? [place] : nodes[place].inputs));
    const readers = live.filter((place) => level.get(place)! > s);
    return {
      nodes: made.filter((place) => !found.has(place)),
      normalized: unique(read.filter((place) => found.has(place))),
      plain: unique(read.filter((place) => !found.has(place) && (place === INPUT || level.get(place)! < s))),
      gives: made.filter((place) =>
        readers.some((reader) => nodes[reader].inputs.includes(place) && (!found.has(place) || found.has(reader))),
      ),
      measured: readers.filter((place) => found.has(place) && level.get(nodes[place].inputs[0]) === s),
    };
  });
  return { network, stages, normalizations: found, stageOf: (place) => level.get(place)! };
}

const unique = (places: number[]): number[] => [...new Set(places)].sort((a, b) => a - b);

/** A place and all it depends on, in the network's order, without INPUT. */
function ancestors({ nodes }: Network, place: number): number[] {
  const found = new Set<number>();
  const visit = (at: number): void => {
    if (at === INPUT || found.has(at)) return;
    found.add(at);
    nodes[at].inputs.forEach(visit);
  };
  visit(place);
  return [...found].sort((a, b) => a - b);
}
