// What a mini-batch gathers in the engine while it runs stage by stage: sums that every piece adds to, and what follows from them once they
// are whole. Known beforehand, as the order is.
import { statisticsPlaces } from '../statistics';
import { TOTALS, type Key } from './keys';
import type { Step } from './schedule';
import type { Staging } from './stage-function';

/** What it ends with, in the order of step.ts' carry. */
export const carryKeys = ({ network }: Staging): Key[] => [
  TOTALS,
  ...network.weights.flatMap(({ trainable }, i): Key[] => (trainable ? [`gradient ${i}`] : [])),
  ...statisticsPlaces(network).flatMap(({ node }): Key[] => [`mean ${node}`, `squares ${node}`]),
];

/** All that is there from its beginning to its end. */
export const sumKeys = (staging: Staging): Key[] => {
  const { normalizations } = staging;
  const scales = [...normalizations.values()].flatMap(({ gamma, beta }): Key[] => [`gradient ${gamma}`, `gradient ${beta}`]);
  const pooled = [...normalizations.keys()].flatMap((b): Key[] => [`mean ${b}`, `squares ${b}`]);
  return [...new Set([...carryKeys(staging), ...scales, ...pooled])];
};

export interface Division {
  sum: Key;
  mean: Key;
  /** Of a sample. */
  positions: number;
}

/** Sums that are whole before a step, and divided then unless a step before it had them divided. */
export function divisionsBefore({ direction, stage }: Step, { stages, normalizations }: Staging): Division[] {
  const complete = direction === 'forward' ? stages.slice(0, stage) : stages;
  const variances = complete
    .flatMap(({ measured }) => measured)
    .map((b): Division => ({ sum: `squares ${b}`, mean: `variance ${b}`, positions: normalizations.get(b)!.positions }));
  if (direction === 'forward') return variances;
  const slopes = stages[stage].measured.flatMap((b): Division[] => {
    const { gamma, beta, positions } = normalizations.get(b)!;
    return [
      { sum: `gradient ${gamma}`, mean: `meanProduct ${b}`, positions },
      { sum: `gradient ${beta}`, mean: `meanSlope ${b}`, positions },
    ];
  });
  return [...variances, ...slopes];
}
