// The row of a run that trains: as the history knows it, and how far it has come since.
import type { EpochReading, RunSummary } from '#shared/run-record';

interface Course {
  plan?: { micro: number };
  epochs: readonly Pick<EpochReading, 'epoch' | 'validationLoss' | 'validationAccuracy' | 'scores'>[];
  steps: readonly { seconds: number }[];
  progress?: { memory: { peakBytes: number } };
}

export function liveRow(run: RunSummary, { plan, epochs, steps, progress }: Course): RunSummary {
  const [epoch, step] = [epochs.at(-1), steps.at(-1)];
  const peakBytes = progress && Math.max(run.peakBytes ?? 0, progress.memory.peakBytes);
  return {
    ...run,
    ...(plan && { micro: plan.micro }),
    ...(epoch && {
      epochsDone: epoch.epoch,
      validationLoss: known(epoch.validationLoss),
      validationAccuracy: known(epoch.validationAccuracy),
    }),
    ...(epoch?.scores?.validation && { validationScores: epoch.scores.validation }),
    ...(step && { seconds: step.seconds }),
    ...(peakBytes !== undefined && { peakBytes }),
  };
}

/** Nothing where no samples are held out. */
const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
