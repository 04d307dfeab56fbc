// Which of a run's settings decide what one step of it computes. The others say how many samples are in it, and what happens between steps.
import type { RunSpec } from './run-spec';

const OUTSIDE: readonly (keyof RunSpec)[] = [
  'batch',
  'micro',
  'budgetBytes',
  'epochs',
  'patience',
  'minEpochs',
  'finalModel',
  'learningRate',
  'schedule',
  'stepEpochs',
  'stepFactor',
  'warmupEpochs',
];

/** In an order of their own, so that equal settings are equal lists. @param without others that are of no weight to who asks */
export const stepSettings = (spec: RunSpec, without: readonly (keyof RunSpec)[] = []): [string, unknown][] =>
  Object.entries(spec)
    .filter(([name, value]) => value !== undefined && ![...OUTSIDE, ...without].includes(name as keyof RunSpec))
    .sort(([a], [b]) => (a < b ? -1 : 1));
