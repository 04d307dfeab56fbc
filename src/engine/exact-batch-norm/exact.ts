// How one network runs with exact BatchNorm: where it is cut, what is parked, in which order its functions run, and what that costs.
import type { Network } from '../network';
import { CLASSES } from '../objectives/classes';
import type { Objective } from '../objectives/objective';
import { parkedBytesPerSample, scheduleOf, type Step } from './schedule';
import type { Staging } from './stage-function';
import { cutIntoStages, type StagedNetwork } from './stages';

export interface ExactBatchNorm {
  staging: Staging;
  steps: Step[];
  /** Most host memory for each sample of the mini-batch. */
  parkedBytesPerSample: number;
  /** Different for different choices of what is parked. */
  id: string;
}

/**
 * @param kept places whose values are parked; absent: all that later stages read
 * @param staged the network's stages, where they are known
 */
export function exactBatchNorm(
  network: Network,
  kept?: readonly number[],
  objective: Objective = CLASSES,
  staged: StagedNetwork = cutIntoStages(network),
): ExactBatchNorm {
  const places = kept ?? staged.stages.flatMap(({ gives }) => gives);
  const staging: Staging = { ...staged, objective, kept: new Set(places) };
  const steps = scheduleOf(staging);
  return { staging, steps, parkedBytesPerSample: parkedBytesPerSample(staging, steps), id: kept ? `kept_${kept.join('_')}` : 'kept_all' };
}
