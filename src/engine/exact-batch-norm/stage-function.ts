// What a function of one stage is: a pure function whose tensors have names, and what the functions of both directions share.
import type { Tensor } from '@tensorflow/tfjs-core';
import { normalize } from '../layers/batch-normalization';
import { scaledInput } from '../step';
import { noiseKeys, PICTURE, type Key, type Subject } from './keys';
import { runSlice, slice, type Slice } from './slice';
import { INPUT, type StagedNetwork } from './stages';

export interface StageFunction {
  name: string;
  takes: Key[];
  gives: Key[];
  /** Places it runs forward. */
  runs: number[];
  /** One tensor for each of `gives`. */
  run(tensors: Tensors): Tensor[];
}

export type Tensors = ReadonlyMap<Key, Tensor>;

/** Everything a run of stage functions depends on. */
export interface Staging extends StagedNetwork, Subject {
  /** Places whose values are parked for later stages; the others are computed again from these where they are needed. */
  kept: ReadonlySet<number>;
}

/** What has to run, and from which parked values, before stage s can. */
export const sliceBefore = ({ network, stageOf, kept }: Staging, s: number, wanted: Iterable<number>): Slice =>
  slice(network, wanted, (place) => place === INPUT || (kept.has(place) && stageOf(place) < s));

/** The names of what runSliceOf takes. */
export const sliceKeys = (staging: Staging, { order, takes }: Slice): Key[] => [
  ...takes.map((place): Key => (place === INPUT ? PICTURE : `value ${place}`)),
  ...order.flatMap((place) => nodeKeys(staging, place)),
];

/** Names of what a node takes beside its inputs: weights, statistics, noise. */
export function nodeKeys(staging: Staging, place: number): Key[] {
  const normalization = staging.normalizations.get(place);
  if (normalization) return [`weight ${normalization.gamma}`, `weight ${normalization.beta}`, `mean ${place}`, `variance ${place}`];
  const { layer, firstWeight } = staging.network.nodes[place];
  const noise = noiseKeys(staging).get(layer);
  return [...layer.weights.map((_, i): Key => `weight ${firstWeight + i}`), ...(noise ? [noise] : [])];
}

/** The value of one place from those of its inputs, in training. */
export function caller(staging: Staging, tensors: Tensors): (place: number, inputs: Tensor[]) => Tensor {
  const noise = new Map([...noiseKeys(staging)].flatMap(([layer, key]) => (tensors.has(key) ? [[layer, tensors.get(key)!] as const] : [])));
  return (place, inputs) => {
    const normalization = staging.normalizations.get(place);
    const own = nodeKeys(staging, place).map((key) => tensors.get(key)!);
    const { layer } = staging.network.nodes[place];
    if (!normalization) return layer.call(inputs, own, { training: true, noise, onBatchStatistics: () => {} });
    const [gamma, beta, mean, variance] = own;
    return normalize(inputs[0], gamma, beta, mean, variance, normalization.epsilon);
  };
}

/** Values of the slice's places that it started from or that are wanted. */
export function runSliceOf(staging: Staging, { order, takes }: Slice, tensors: Tensors, wanted: Iterable<number>): Map<number, Tensor> {
  const values = new Map(
    takes.map((place) => [place, place === INPUT ? scaledInput(staging.network, tensors.get(PICTURE)!) : tensors.get(`value ${place}`)!]),
  );
  runSlice(staging.network, order, values, new Set(wanted), caller(staging, tensors));
  return values;
}
