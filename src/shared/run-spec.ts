// What a person asks for: one run, validated once at the border where it enters a process.
import { locale } from './language';
import * as v from 'valibot';
import { AugmentSchema } from './augment';
import { STOPPING_ENTRIES, stoppingProblem } from './early-stopping';
import { EngineChoiceSchema } from './engine';
import { hasBatchNorm, MODEL_ENTRIES, modelProblem, type ModelSettings } from './model-settings';
import { OBJECTIVE_ENTRIES, objectiveProblem } from './objective-settings';
import { isPretrained, START_ENTRIES, startProblem } from './start-settings';
import { OPTIMIZER_NAMES, UPDATE_ENTRIES, updateProblem, type OptimizerName } from './update-settings';

export const MODEL_NAMES = [
  'small-cnn',
  'mlp',
  'linear',
  'lenet',
  'resnet-8',
  'mobilenet-v2',
  'efficientnet-lite0',
  'resnet-18',
  'resnet-34',
  'resnet-50',
  'resnet-101',
  'amoebanet-d',
  'vit-tiny',
  'u-net',
  'u-net-light',
] as const;
export type CatalogueName = (typeof MODEL_NAMES)[number];
/** A network that a file of a person's own describes. */
export const OWN_MODEL = 'own';
export type ModelName = CatalogueName | typeof OWN_MODEL;
/** Those that take rows of numbers, too. */
export const TABLE_MODELS: readonly ModelName[] = ['mlp', 'linear'];
/** Those that answer with a mask; the others answer with a class or a number. */
export const MASK_MODELS: readonly ModelName[] = ['u-net', 'u-net-light'];
export const CLASS_MODELS: readonly CatalogueName[] = MODEL_NAMES.filter((name) => !MASK_MODELS.includes(name));

export { OPTIMIZER_NAMES, type OptimizerName };

/** Ways to need less memory for activations, from src/engine/savers. */
export const SAVER_NAMES = ['recompute', 'light-layers', 'int8-activations'] as const;
export type SaverName = (typeof SAVER_NAMES)[number];

/**
 * Whose statistics BatchNorm normalizes by in training: each micro-batch's own; the running ones, which then stand still; the whole
 * mini-batch's, whatever the micro-batches.
 */
export const BATCH_NORM_MODES = ['per-micro-batch', 'frozen', 'exact'] as const;
export type BatchNormMode = (typeof BATCH_NORM_MODES)[number];
/** Of a spec that names none and starts from scratch. */
export const DEFAULT_BATCH_NORM: BatchNormMode = 'per-micro-batch';

/** In what numbers the products of a training step are computed; everything else is float32. */
export const PRECISIONS = ['float32', 'bfloat16', 'float16'] as const;
export type Precision = (typeof PRECISIONS)[number];
export const DEFAULT_PRECISION: Precision = 'float32';

export const FINAL_MODELS = ['last', 'best'] as const;

const MAX_BATCH = 1_000_000;

const count = (name: string, most: number) =>
  v.pipe(
    v.number(`${name} must be a number.`),
    v.integer(`${name} must be a whole number.`),
    v.minValue(1, `${name} must be at least 1.`),
    v.maxValue(most, `${name} must be at most ${most.toLocaleString(locale)}.`),
  );

const RunSpecFields = v.object({
  model: v.picklist([...MODEL_NAMES, OWN_MODEL], `The model must be one of: ${MODEL_NAMES.join(', ')}.`),
  /** N_B, the samples of one update. */
  batch: count('The batch size', MAX_BATCH),
  /** N_μ, the samples held in memory at once; 'auto' lets the planner choose. */
  micro: v.union([v.literal('auto'), count('The micro-batch size', MAX_BATCH)], 'The micro-batch size must be a whole number or "auto".'),
  /** Absent: "per-micro-batch" from scratch (as in specs of before), "frozen" from a trained start. */
  batchNorm: v.optional(v.picklist(BATCH_NORM_MODES, `The batch normalization must be one of: ${BATCH_NORM_MODES.join(', ')}.`)),
  /** Bytes the run may use above the loaded engine; absent: what is free. */
  budgetBytes: v.optional(v.pipe(v.number(), v.minValue(1, 'The memory budget must be above zero.'))),
  epochs: count('The number of epochs', 100_000),
  optimizer: v.picklist(OPTIMIZER_NAMES, `The optimizer must be one of: ${OPTIMIZER_NAMES.join(', ')}.`),
  learningRate: v.pipe(
    v.number('The learning rate must be a number.'),
    v.minValue(1e-9, 'The learning rate must be above zero.'),
    v.maxValue(100, 'The learning rate must be at most 100.'),
  ),
  seed: v.pipe(
    v.number('The seed must be a number.'),
    v.integer('The seed must be a whole number.'),
    v.minValue(0, 'The seed must be at least 0.'),
    v.maxValue(0xffffffff, 'The seed must be at most 4,294,967,295.'),
  ),
  /** Share of the samples held out for validation when the data set has no split of its own. */
  validationShare: v.pipe(
    v.number('The validation share must be a number.'),
    v.minValue(0.01, 'The validation share must be at least 0.01.'),
    v.maxValue(0.9, 'The validation share must be at most 0.9.'),
  ),
  /** Share of the last layer's inputs that dropout sets to zero in training; absent: none. */
  dropout: v.optional(
    v.pipe(
      v.number('Dropout must be a number.'),
      v.minValue(0, 'Dropout must be at least 0.'),
      v.maxValue(0.95, 'Dropout must be at most 0.95.'),
    ),
  ),
  /** How training pictures are varied; absent: not at all. */
  augment: v.optional(AugmentSchema),
  /** Pixels of each side that pictures are brought to; absent: as they were packed. */
  inputSize: v.optional(count('The input size', 1024)),
  /** Threads that read and vary pictures ahead of the run; absent: as many as are worth it. They change nothing in the result. */
  workers: v.optional(
    v.pipe(
      v.number('The number of reading threads must be a number.'),
      v.integer('The number of reading threads must be a whole number.'),
      v.minValue(0, 'The number of reading threads must be at least 0.'),
      v.maxValue(16, 'The number of reading threads must be at most 16.'),
    ),
  ),
  engine: EngineChoiceSchema,
  /** How to need less memory for activations; absent: not at all. */
  savers: v.optional(v.array(v.picklist(SAVER_NAMES, `The memory savers are: ${SAVER_NAMES.join(', ')}.`), 'Memory savers are a list.')),
  /** "bfloat16" and "float16" are fast mode: approximate. Absent: "float32". */
  precision: v.optional(v.picklist(PRECISIONS, `The precision must be one of: ${PRECISIONS.join(', ')}.`)),
  /** Which weights the saved model has, however the run ends: those of the epoch with the lowest validation loss, or of the last step; absent: the best. */
  finalModel: v.optional(v.picklist(FINAL_MODELS, `The final model must be one of: ${FINAL_MODELS.join(', ')}.`)),
  ...STOPPING_ENTRIES,
  ...MODEL_ENTRIES,
  ...START_ENTRIES,
  ...UPDATE_ENTRIES,
  ...OBJECTIVE_ENTRIES,
});

/** Settings that do not go together: the field and a sentence. */
function precisionProblem({ precision, batchNorm }: Pick<v.InferOutput<typeof RunSpecFields>, 'precision' | 'batchNorm'>) {
  if (precision !== 'float16' || batchNorm !== 'exact') return undefined;
  const message = 'Exact batch normalization computes in float32. Leave fast mode off, or choose another batch normalization.';
  return { field: 'precision', message } as const;
}

export const RunSpecSchema = v.pipe(
  RunSpecFields,
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed
      ? (modelProblem(dataset.value) ??
        startProblem(dataset.value) ??
        precisionProblem(dataset.value) ??
        updateProblem(dataset.value) ??
        objectiveProblem(dataset.value) ??
        stoppingProblem(dataset.value))
      : undefined;
    if (!problem) return;
    const input = dataset.value as Record<string, unknown>;
    addIssue({
      message: problem.message,
      path: [{ type: 'object', origin: 'value', input, key: problem.field, value: input[problem.field] }],
    });
  }),
);
export type RunSpec = v.InferOutput<typeof RunSpecSchema>;

/** What a spec means where it names no batch normalization: statistics that a trained start brings are kept. */
export const batchNormOf = (spec: Pick<RunSpec, 'batchNorm' | 'start'>): BatchNormMode =>
  spec.batchNorm ?? (isPretrained(spec) ? 'frozen' : DEFAULT_BATCH_NORM);

/**
 * Whether the best epoch is saved. Where nothing is held out none is known, unless the run waits for a lower training loss.
 * @param validation samples held out
 */
export const keepsBest = ({ finalModel, patience }: Pick<RunSpec, 'finalModel' | 'patience'>, validation: number): boolean =>
  finalModel !== 'last' && (validation > 0 || patience !== undefined);

/** Validation normalizes by running statistics, which move with training, a little behind it. */
export const trailsAtFirst = (spec: ModelSettings & Pick<RunSpec, 'model' | 'batchNorm' | 'start'>): boolean =>
  hasBatchNorm(spec) && batchNormOf(spec) !== 'frozen';

/** What every run has; default-spec.ts says what is usual of which. */
export const DEFAULT_SPEC: RunSpec = {
  model: 'small-cnn',
  batch: 256,
  micro: 'auto',
  epochs: 15,
  optimizer: 'adam',
  learningRate: 0.005,
  seed: 1,
  validationShare: 0.2,
  engine: 'auto',
};

/** Whether a value is one of this setting, whatever the others are. */
export const isSetting = (field: keyof RunSpec, value: unknown): boolean => v.is(RunSpecSchema.entries[field], value);

/** What is wrong with a spec, by field, in one sentence each; empty when nothing is. */
export function specProblems(given: { [K in keyof RunSpec]?: unknown }): Partial<Record<keyof RunSpec, string>> {
  const result = v.safeParse(RunSpecSchema, given);
  const problems: Partial<Record<keyof RunSpec, string>> = {};
  for (const { path, message } of result.issues ?? []) {
    const field = path?.[0].key as keyof RunSpec | undefined;
    if (field) problems[field] ??= message;
  }
  return problems;
}

/** The piece that a person asked for, if one did. */
export const pieceOf = ({ micro }: Pick<RunSpec, 'micro'>): number | undefined => (micro === 'auto' ? undefined : micro);
