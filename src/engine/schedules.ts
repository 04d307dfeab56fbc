// The learning rate of each update: a function of its number alone, so that no micro-batch and no interruption can move it.
// Definitions are PyTorch's: StepLR, CosineAnnealingLR to zero, OneCycleLR (rate only), LinearLR in front.
import type { ScheduleName } from '#shared/update-settings';

export interface ScheduleSettings {
  schedule?: ScheduleName;
  stepEpochs?: number;
  stepFactor?: number;
  warmupEpochs?: number;
}

export interface RunLength {
  stepsPerEpoch: number;
  epochs: number;
}

/** OneCycleLR's own numbers: share of the run that rises, the peak over the start, the start over the end. */
const RISING_SHARE = 0.3;
const START_DIVISOR = 25;
const END_DIVISOR = 1e4;
const STEP_FACTOR = 0.1;
/** Falls of the step schedule come after each of so many parts of a run that does not say when. */
const PARTS = 3;

/** When the step schedule falls, and to what share. */
export const stepsOfSchedule = ({ stepEpochs, stepFactor }: ScheduleSettings, epochs: number) => ({
  stepEpochs: stepEpochs ?? epochs / PARTS,
  stepFactor: stepFactor ?? STEP_FACTOR,
});

/** From a to b along half a cosine. */
const cosine = (a: number, b: number, share: number): number => b + ((a - b) / 2) * (1 + Math.cos(Math.PI * share));

function oneCycle(peak: number, index: number, total: number): number {
  const start = peak / START_DIVISOR;
  const top = RISING_SHARE * total - 1;
  if (index <= top) return cosine(start, peak, index / top);
  return cosine(peak, start / END_DIVISOR, (index - top) / (total - 1 - top));
}

/** The rate of update `step` (from 1) of a run whose full rate is `base`. */
export function learningRates(base: number, settings: ScheduleSettings, { stepsPerEpoch, epochs }: RunLength): (step: number) => number {
  const stepsOf = (count: number): number => Math.round(count * stepsPerEpoch);
  const warmup = stepsOf(settings.warmupEpochs ?? 0);
  const total = Math.max(1, stepsPerEpoch * epochs - warmup);
  const { stepEpochs, stepFactor } = stepsOfSchedule(settings, epochs);
  const every = Math.max(1, stepsOf(stepEpochs));
  /** `index` counts from 0 after the warm-up. */
  const scheduled = (index: number): number => {
    switch (settings.schedule ?? 'constant') {
      case 'constant':
        return base;
      case 'step':
        return base * stepFactor ** Math.floor(index / every);
      case 'cosine':
        return cosine(base, 0, index / total);
      case 'one-cycle':
        return oneCycle(base, index, total);
    }
  };
  return (step) => (step <= warmup ? (scheduled(0) * step) / (warmup + 1) : scheduled(step - 1 - warmup));
}
