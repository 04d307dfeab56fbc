// What a checkpoint says about itself beside its numbers, checked when it is read: it may be older, newer, damaged or somebody else's file.
import * as v from 'valibot';
import { OwnLayersSchema, type OwnLayer } from './own-layers';
import type { Plan } from './plan';
import type { Metrics, Receipt } from './run-event';
import type { RunSpec } from './run-spec';
import { RunSpecSchema } from './run-spec';
import { ModelSourceSchema, type ModelSource } from './saved-model-facts';
import { SessionSchema, type Session } from './session';

export const CHECKPOINT_FORMAT = 2;

/** The epoch with the lowest validation loss so far. */
export interface BestEpoch {
  epoch: number;
  step: number;
  train: Metrics;
  validation?: Metrics;
}

export interface CheckpointHeader {
  format: typeof CHECKPOINT_FORMAT;
  spec: RunSpec;
  plan: Plan;
  datasetHash: string;
  /** Where the data lay, so that a resumption needs only the run. */
  datasetFolder: string;
  step: number;
  /** Steps whose mini-batch weighed nothing; absent: none. */
  skipped?: number;
  /** Where products are computed in float16. */
  lossScale?: { value: number; since: number };
  /** Sums over the steps of the epoch that is not done yet. */
  epochTotals: { lossSum: number; weightSum: number; samples: number; counts: number[] };
  /** What the last whole epoch came to: the result, where nothing was done after it. */
  lastEpoch?: { train: Metrics; validation?: Metrics };
  best?: BestEpoch;
  /** The run was made longer after this epoch, and waits for a better one from there on; absent: it was not. */
  waitsSince?: number;
  /** What it began with, where that was an earlier run or a model of a person's own: to build it again, and to say so. `weights`: their SHA-256. */
  began?: { layers?: OwnLayer[]; source?: ModelSource; weights?: string };
  recoveries?: Receipt['recoveries'];
  /** What has made it so far, this process last; absent in those of older versions. */
  sessions?: Session[];
  /** What checkpoints have cost so far. */
  saved?: { count: number; seconds: number };
  /** Most counted bytes above the loaded engine that any of its processes has used; absent in those of older versions. */
  peakBytes?: number;
  /** Seconds trained before. */
  seconds: number;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** JSON has no NaN and writes null, which is what a diverged loss or an empty set leaves. */
const reading = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? NaN),
);
const metrics = v.looseObject({ loss: reading, accuracy: reading, samples: count });

const schema = v.looseObject({
  format: v.literal(CHECKPOINT_FORMAT),
  spec: RunSpecSchema,
  plan: v.looseObject({ batch: count, micro: v.pipe(count, v.minValue(1)), pieces: v.pipe(v.array(count), v.minLength(1)) }),
  datasetHash: v.string(),
  datasetFolder: v.string(),
  step: count,
  skipped: v.optional(count),
  lossScale: v.optional(v.object({ value: v.pipe(count, v.minValue(1)), since: count })),
  epochTotals: v.object({ lossSum: reading, weightSum: reading, samples: count, counts: v.array(reading) }),
  lastEpoch: v.optional(v.object({ train: metrics, validation: v.optional(metrics) })),
  best: v.optional(v.object({ epoch: count, step: count, train: metrics, validation: v.optional(metrics) })),
  waitsSince: v.optional(count),
  began: v.optional(
    v.object({ layers: v.optional(OwnLayersSchema), source: v.optional(ModelSourceSchema), weights: v.optional(v.string()) }),
  ),
  recoveries: v.optional(v.array(v.looseObject({ step: count, from: count, micro: count }))),
  sessions: v.optional(v.array(SessionSchema)),
  saved: v.optional(v.object({ count, seconds: v.number() })),
  peakBytes: v.optional(v.number()),
  seconds: v.number(),
});

/** Undefined when it is not a header of this format. */
export function parseCheckpointHeader(value: unknown): CheckpointHeader | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? (result.output as unknown as CheckpointHeader) : undefined;
}
