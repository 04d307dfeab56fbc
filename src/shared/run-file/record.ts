// A run as its file tells of it: its row of the history without what is of one computer only, and its rows of numbers and sentences as lines.
import * as v from 'valibot';
import type { MainScores } from '../metric-words';
import type { Receipt } from '../run-event';
import { MOST_NOTE_LETTERS, TagsSchema } from '../run-marks';
import { LONGEST_NAME } from '../run-name';
import { RunSpecSchema } from '../run-spec';
import { count, EngineSchema, PlanSchema, reading, ReceiptSchema, text, time } from './told';

const finite = v.pipe(v.number(), v.finite());
const scores = v.union([v.object({ r2: finite, off: finite }), v.object({ iou: finite, dice: finite })]) satisfies v.GenericSchema<
  unknown,
  MainScores
>;

/** As every run gets one: it names a folder, in which capitals may not count. */
const runId = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/** A run that trains is not given away. */
export const TOLD_STATES = ['completed', 'stopped', 'failed', 'interrupted'] as const;

const RecordSchema = v.object({
  id: runId,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_NAME)),
  state: v.picklist(TOLD_STATES),
  spec: RunSpecSchema,
  datasetName: v.pipe(text, v.minLength(1)),
  /** SHA-256 of the content of its data, where it is known; of a run that came to an end it stands in the receipt, too. */
  dataHash: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  startedAt: time,
  finishedAt: v.nullable(time),
  engine: v.nullable(EngineSchema),
  plan: v.nullable(PlanSchema),
  peakBytes: v.nullable(count),
  seconds: v.nullable(finite),
  trainLoss: v.nullable(finite),
  validationLoss: v.nullable(finite),
  validationAccuracy: v.nullable(finite),
  scores: v.nullable(scores),
  failure: v.nullable(text),
  repeatOf: v.nullable(runId),
  tags: TagsSchema,
  note: v.pipe(v.string(), v.maxLength(MOST_NOTE_LETTERS)),
});
export type RunRecord = v.InferOutput<typeof RecordSchema>;

const read = <Schema extends v.GenericSchema>(schema: Schema, line: string): v.InferOutput<Schema> | undefined => {
  try {
    const result = v.safeParse(schema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

/** Undefined: it is none. */
export const parseRecord = (json: string): RunRecord | undefined => read(RecordSchema, json);
export const parseReceipt = (json: string): Receipt | undefined => read(ReceiptSchema, json);

const scoresOfEpoch = v.object({ train: v.optional(scores), validation: v.optional(scores) });

/** A line each is one of these, its fields in this order; a measured number that is none is null. */
export const ROWS = {
  'steps.jsonl': {
    fields: ['step', 'epoch', 'loss', 'accuracy', 'samples', 'seconds', 'learningRate', 'memoryBytes'],
    schema: v.strictTuple([count, count, reading, reading, count, finite, v.nullable(finite), v.nullable(finite)]),
  },
  'epochs.jsonl': {
    fields: ['epoch', 'step', 'trainLoss', 'trainAccuracy', 'validationLoss', 'validationAccuracy', 'scores', 'seconds'],
    schema: v.strictTuple([count, count, reading, reading, reading, reading, v.nullable(scoresOfEpoch), finite]),
  },
  'events.jsonl': {
    fields: ['at', 'kind', 'message'],
    schema: v.strictTuple([time, v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)), text]),
  },
} as const;
export type RowsName = keyof typeof ROWS;
export const ROWS_NAMES = Object.keys(ROWS) as RowsName[];
export type Row<Name extends RowsName> = v.InferOutput<(typeof ROWS)[Name]['schema']>;

/** Above any line that was ever written: a file without an end of line is not read into memory. */
export const MOST_LINE_LETTERS = 65_536;

/** Undefined: it is none. */
export const parseRow = <Name extends RowsName>(name: Name, line: string): Row<Name> | undefined =>
  read(ROWS[name].schema, line) as Row<Name> | undefined;
