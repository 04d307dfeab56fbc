// What later stages hand back to a stage: for each place it gave, the gradient of the loss sum by its value. Through a BatchNorm layer that is
// dx of formulas.ts, made here, when the sums over the mini-batch that it needs are complete.
import { add, clone, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { inputSlope } from './formulas';
import type { Key } from './keys';
import type { Staging, Tensors } from './stage-function';

export interface Arrivals {
  takes: Key[];
  /** A new tensor: what arrived for a place whose value is x. */
  gradient(place: number, x: Tensor, tensors: Tensors): Tensor;
}

export function arrivalsAt(staging: Staging, s: number): Arrivals {
  const { network, stages, normalizations, kept } = staging;
  const isReadPlain = (place: number): boolean => stages.slice(s + 1).some(({ plain }) => plain.includes(place));
  const through = (place: number): number[] => stages[s].measured.filter((b) => network.nodes[b].inputs[0] === place);

  const takes = stages[s].gives.flatMap((place): Key[] => [
    ...(isReadPlain(place) ? [`cotangent ${place}` as const] : []),
    ...through(place).flatMap((b): Key[] => [
      `cotangent ${b}`,
      `weight ${normalizations.get(b)!.gamma}`,
      `mean ${b}`,
      `variance ${b}`,
      `meanProduct ${b}`,
      `meanSlope ${b}`,
      // With the parked value at hand, a captured stage need not compute it again.
      ...(kept.has(place) ? [`value ${place}` as const] : []),
    ]),
  ]);

  const gradient = (place: number, x: Tensor, tensors: Tensors): Tensor =>
    tidy(() => {
      const parts = through(place).map((b) => {
        const { gamma, epsilon } = normalizations.get(b)!;
        const gathered = {
          gamma: tensors.get(`weight ${gamma}`)!,
          mean: tensors.get(`mean ${b}`)!,
          variance: tensors.get(`variance ${b}`)!,
          meanProduct: tensors.get(`meanProduct ${b}`)!,
          meanSlope: tensors.get(`meanSlope ${b}`)!,
        };
        return inputSlope(tensors.get(`cotangent ${b}`)!, tensors.get(`value ${place}`) ?? x, gathered, epsilon);
      });
      if (isReadPlain(place)) parts.push(clone(tensors.get(`cotangent ${place}`)!));
      return parts.reduce((a, b) => add(a, b));
    });
  return { takes, gradient };
}
