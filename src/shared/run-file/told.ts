// What a run says of itself in plans and receipts, checked where it comes from another computer: what the window and the history read of it has the
// type that they take it for, and what they do not know stays outside.
import * as v from 'valibot';
import { ENGINE_NAMES, type EngineReport } from '../engine';
import type { Plan } from '../plan';
import type { Metrics, Receipt } from '../run-event';
import { PRECISIONS, RunSpecSchema } from '../run-spec';
import { ModelSourceSchema } from '../saved-model-facts';

const MOST_LETTERS = 10_000;
/** Of lists that grow with what goes wrong, and of those that are as long as a batch has pieces or data have classes. */
const MOST_ITEMS = 10_000;
const MOST_MEMBERS = 100_000;

export const text = v.pipe(v.string(), v.maxLength(MOST_LETTERS));
/** A text as a file may have it. */
export const shortened = (long: string): string => long.slice(0, MOST_LETTERS);
const number = v.pipe(v.number(), v.finite());
const list = <Schema extends v.GenericSchema>(of: Schema, most = MOST_ITEMS) => v.pipe(v.array(of), v.maxLength(most));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const samples = v.pipe(count, v.minValue(1));
/** JSON has no NaN and writes null. */
export const reading = v.nullable(number) as unknown as v.GenericSchema<unknown, number>;
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const time = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check((at) => !Number.isNaN(Date.parse(at))),
);

const engineName = v.picklist(ENGINE_NAMES);
export const EngineSchema = v.object({
  name: engineName,
  version: text,
  reason: text,
  skipped: list(v.object({ name: engineName, reason: text })),
  limitBytes: v.optional(number),
}) satisfies v.GenericSchema<unknown, EngineReport>;

const work = v.object({
  calls: number,
  convolutions: number,
  products: number,
  depthwise: number,
  attention: number,
  normalized: number,
  values: number,
  weights: number,
});

const pace = v.object({
  piece: number,
  micro: number,
  update: number,
  validation: number,
  reading: number,
  between: v.optional(number),
  epoch: v.optional(number),
  beginning: v.optional(list(number)),
  work,
  isParallel: v.boolean(),
  precision: v.optional(v.picklist(PRECISIONS)),
});

const verdict = v.variant('kind', [
  v.object({ kind: v.literal('identical'), because: v.optional(text) }),
  v.object({ kind: v.literal('not-identical'), because: text, remedy: text }),
]);

export const PlanSchema = v.object({
  batch: samples,
  micro: samples,
  pieces: v.pipe(list(samples, MOST_MEMBERS), v.minLength(1)),
  peakBytes: number,
  budgetBytes: number,
  wholeBatchBytes: number,
  fit: v.object({ fixedBytes: number, bytesPerSample: number }),
  measured: list(v.object({ micro: samples, peakBytes: number, milliseconds: number })),
  memory: v.object({ parameters: number, accumulator: number, optimizer: number, activations: number }),
  verdict,
  gradientEffect: v.optional(reading),
  stages: v.optional(v.object({ count, parkedBytes: number, kept: list(count), recomputedShare: number })),
  secondsPerEpoch: reading,
  pace: v.optional(pace),
  disturbed: v.optional(number),
  besideBytes: v.optional(number),
  heldBytes: v.optional(number),
  onFeatures: v.optional(v.literal(true)),
  secondsBefore: v.optional(number),
}) satisfies v.GenericSchema<unknown, Plan>;

const score = v.object({ value: v.nullable(number), each: v.optional(list(v.nullable(number), MOST_MEMBERS)), within: v.optional(number) });
const metrics = v.object({
  loss: reading,
  accuracy: reading,
  samples: count,
  scores: v.optional(v.record(text, score)),
}) satisfies v.GenericSchema<unknown, Metrics>;

const final = v.object({ train: metrics, validation: v.optional(metrics), test: v.optional(metrics) });
const kept = { of: v.picklist(['last step', 'best epoch']), epoch: v.optional(count), step: count };
const machine = v.object({ system: text, processor: text, threads: count, memoryBytes: number, graphics: v.optional(list(text)) });
const smaller = { step: count, from: count, micro: count, changesResult: v.boolean() };
const recovery = v.variant('during', [
  v.object({ during: v.picklist(['training', 'validation', 'test']), neededBytes: number, availableBytes: number, ...smaller }),
  v.object({ during: v.picklist(['process']), ...smaller }),
  v.object({ during: v.picklist(['resumed']), ...smaller }),
]);
export const earlyEnd = v.object({ epoch: count, waited: count, best: v.optional(count) });

const dataset = v.object({
  kind: v.optional(v.picklist(['image-classes', 'segmentation', 'table'])),
  name: text,
  contentHash: hash,
  labels: list(text, MOST_MEMBERS),
  target: v.optional(text),
  train: count,
  validation: count,
  test: v.optional(count),
});

export const ReceiptSchema = v.object({
  format: v.literal(1),
  spec: RunSpecSchema,
  plan: PlanSchema,
  engine: EngineSchema,
  versions: v.object({ overbatch: text, tfjs: text, node: text, electron: v.optional(text) }),
  machine: v.optional(machine),
  dataset,
  parameters: count,
  trained: v.optional(count),
  batch: samples,
  microBatch: samples,
  pieces: samples,
  budgetBytes: number,
  baselineBytes: number,
  peakBytes: number,
  seed: count,
  reason: v.picklist(['completed', 'stopped']),
  endedEarly: v.optional(earlyEnd),
  source: v.optional(ModelSourceSchema),
  startWeights: v.optional(hash),
  extendedAfter: v.optional(count),
  recoveries: v.optional(list(recovery)),
  madeBefore: v.optional(list(v.object({ engine: v.object({ name: engineName, version: text }), machine }))),
  done: v.optional(v.object({ epochs: count, steps: count })),
  model: v.optional(v.object(kept)),
  other: v.optional(v.object({ ...kept, final })),
  weights: v.optional(hash),
  testScoresBefore: v.optional(count),
  checkpoints: v.optional(v.object({ count, seconds: number, share: reading })),
  final,
  startedAt: time,
  finishedAt: time,
  seconds: number,
}) satisfies v.GenericSchema<unknown, Receipt>;
