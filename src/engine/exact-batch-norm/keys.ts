// Names of the tensors that pass between a mini-batch's stage functions: what it is, and of which place, weight or sample tensor.
import type { Layer } from '../layers/layer';
import type { Network } from '../network';
import { noiseByLayer, noiseSpecs } from '../noise';
import type { Objective } from '../objectives/objective';
import type { TensorSpec } from '../runtime';
import { sampleSpecs, totalsSpec } from '../step';
import { INPUT } from './stages';

export type Role =
  /** [x, ...targets, weights, ...noise] of a piece, as the reader hands them over. */
  | 'sample'
  /** Of a place, for a piece: its value; the gradient of the loss sum by it. A BatchNorm node's is the gradient at its output. */
  | 'value'
  | 'cotangent'
  /** Of a weight: itself, and its gradient summed over the pieces so far. */
  | 'weight'
  | 'gradient'
  /** Of a BatchNorm node: pooled over the pieces so far (mean, squares); complete (variance, meanProduct, meanSlope: formulas.ts). */
  | 'mean'
  | 'squares'
  | 'variance'
  | 'meanProduct'
  | 'meanSlope'
  /** Samples in the pieces before this one, and the totals of totals.ts. */
  | 'seen'
  | 'totals';
export type Key = `${Role} ${number}`;

export const SEEN: Key = 'seen 0';
export const TOTALS: Key = 'totals 0';

export function splitKey(key: Key): { role: Role; at: number } {
  const [role, at] = key.split(' ');
  return { role: role as Role, at: Number(at) };
}

/** Parked in host memory between calls, one for each piece; the rest stays in the engine, one for the mini-batch. */
export const isParked = (key: Key): boolean => ['sample', 'value', 'cotangent'].includes(splitKey(key).role);

/** What the shapes of everything follow from. */
export interface Subject {
  network: Network;
  objective: Objective;
}

/** The picture of a piece. */
export const PICTURE: Key = 'sample 0';

/** Names of what the loss takes of a piece: its targets, and last the sample weights. */
export const lossKeys = ({ network, objective }: Subject): Key[] =>
  sampleSpecs(network, 1, objective).flatMap((_, i): Key[] => (i === 0 ? [] : [`sample ${i}`]));

/** Names of the noise of each layer that wants some. */
export function noiseKeys({ network, objective }: Subject): ReadonlyMap<Layer, Key> {
  const first = sampleSpecs(network, 1, objective).length;
  const layers = noiseByLayer(network, []).keys();
  return new Map([...layers].map((layer, i) => [layer, `sample ${first + i}`]));
}

export function specOf({ network, objective }: Subject, key: Key, n: number): TensorSpec {
  const { role, at } = splitKey(key);
  const float = (shape: readonly number[]): TensorSpec => ({ shape: [...shape], dtype: 'float32' });
  switch (role) {
    case 'sample':
      return [...sampleSpecs(network, n, objective), ...noiseSpecs(network, n)][at];
    case 'value':
    case 'cotangent':
      return float([n, ...(at === INPUT ? network.inputShape : network.nodes[at].layer.outputShape)]);
    case 'weight':
    case 'gradient':
      return float(network.weights[at].shape);
    case 'seen':
      return float([]);
    case 'totals':
      return totalsSpec(network, objective.stepMetrics);
    default:
      return float([network.nodes[at].layer.statisticsChannels!]);
  }
}

/** Bytes of one piece of n samples; float32 and int32 take four each. */
export const bytesOf = (subject: Subject, key: Key, n: number): number => 4 * specOf(subject, key, n).shape.reduce((a, b) => a * b, 1);
