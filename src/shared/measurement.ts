// What a plan measured, as it is remembered: the next forecast of such a run begins from it.
import type { DatasetSummary } from './dataset';
import type { Pace } from './pace';
import type { MeasuredPoint, MemoryFit, Plan } from './plan';
import { batchNormOf, OWN_MODEL, type RunSpec } from './run-spec';
import { stepSettings } from './step-settings';

export interface Measurement {
  /** Name and version: engines need different memory, and so may the next version of one. */
  engine: string;
  /** What was planned: memory that is held for reading ahead depends on both, and is part of what was measured. */
  batch: number;
  budgetBytes: number;
  points: MeasuredPoint[];
  fit: MemoryFit;
  /** The size that was tried for the plan, with everything a run does. */
  verified: { micro: number; peakBytes: number };
  /** What an epoch's time is put together of; absent in measurements of older versions. */
  pace?: Pace;
  /** ISO. */
  at: string;
}

/** What cannot be told from the plan of a run stage by stage: its memory depends on the batch, too. */
export const canBeRemembered = ({ stages, secondsBefore, measured }: Plan): boolean =>
  stages === undefined && secondsBefore === undefined && measured.length > 0;

export const measurementOf = (
  { batch, budgetBytes, measured, fit, micro, peakBytes, pace }: Plan,
  engine: string,
  at: string,
): Measurement => ({
  engine,
  batch,
  budgetBytes,
  points: measured,
  fit,
  verified: { micro, peakBytes },
  ...(pace && { pace }),
  at,
});

/** Of no weight for what a piece needs: which samples are held out, and what they are drawn by. */
const UNMEASURED: readonly (keyof RunSpec)[] = ['seed', 'validationShare', 'engine', 'workers'];

/** The same for runs whose pieces need the same on the same engine and device. */
export function measuredSettings(spec: RunSpec, data: DatasetSummary): string {
  // The start decides through the layers of a model of a person's own alone.
  const start = spec.model === OWN_MODEL ? spec.start : undefined;
  return JSON.stringify([stepSettings({ ...spec, start, batchNorm: batchNormOf(spec) }, UNMEASURED), shapeOf(data)]);
}

/** How wide a row is depends on what its columns hold. */
const shapeOf = (data: DatasetSummary): unknown[] =>
  data.kind === 'table' ? [data.contentHash] : [data.kind, data.width, data.height, data.channels, data.labels.length];
