// The settings of what acts once a mini-batch: learning-rate schedule, penalties, clipping, averaged weights, an optimizer's own numbers.
// All optional: a spec without them trains as it did before they existed.
import { listed, locale } from './language';
import * as v from 'valibot';

export const OPTIMIZER_NAMES = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop'] as const;
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number];

export const SCHEDULE_NAMES = ['constant', 'step', 'cosine', 'one-cycle'] as const;
export type ScheduleName = (typeof SCHEDULE_NAMES)[number];

const above = (name: string, most: number) =>
  v.pipe(
    v.number(`${name} must be a number.`),
    v.gtValue(0, `${name} must be above zero.`),
    v.maxValue(most, `${name} must be at most ${most.toLocaleString(locale)}.`),
  );

const atLeastZero = (name: string, most: number) =>
  v.pipe(
    v.number(`${name} must be a number.`),
    v.minValue(0, `${name} must be at least 0.`),
    v.maxValue(most, `${name} must be at most ${most.toLocaleString(locale)}.`),
  );

const belowOne = (name: string) =>
  v.pipe(v.number(`${name} must be a number.`), v.minValue(0, `${name} must be at least 0.`), v.ltValue(1, `${name} must be below 1.`));

export const UPDATE_ENTRIES = {
  /** How the learning rate goes from update to update; absent: constant. */
  schedule: v.optional(v.picklist(SCHEDULE_NAMES, `The schedule must be one of: ${SCHEDULE_NAMES.join(', ')}.`)),
  /** Epochs from one fall of the step schedule to the next; absent: a third of the run. */
  stepEpochs: v.optional(above('The epochs of the step schedule', 100_000)),
  /** What each fall of the step schedule multiplies the learning rate by; absent: 0.1. */
  stepFactor: v.optional(v.pipe(above('The factor of the step schedule', 1))),
  /** Epochs, also parts of one, in which the learning rate rises from near zero before its schedule begins. */
  warmupEpochs: v.optional(atLeastZero('The warm-up', 100_000)),
  /** λ of the penalty λ/2 · Σ w², whose gradient λ · w is added to a mini-batch's once. */
  l2: v.optional(atLeastZero('The L2 penalty', 10)),
  /** Decoupled weight decay: each update first shrinks weights by learning rate × this; absent: 0.01 with adamw, else 0. */
  weightDecay: v.optional(atLeastZero('The weight decay', 10)),
  /** The most the norm of a mini-batch's whole gradient may be; longer ones are scaled down to it. */
  clipNorm: v.optional(above('The gradient norm to clip at', 1e9)),
  /** Share of the averaged weights kept at each update; where given, validation and the saved model use the averages. */
  ema: v.optional(v.pipe(belowOne('The decay of averaged weights'), v.gtValue(0, 'The decay of averaged weights must be above zero.'))),
  /** Momentum and Nesterov: share of the last direction kept; absent: 0.9. */
  momentum: v.optional(belowOne('The momentum')),
  /** Adam and AdamW: shares of the running mean and mean square kept; absent: 0.9 and 0.999. */
  beta1: v.optional(belowOne('Beta 1')),
  beta2: v.optional(belowOne('Beta 2')),
  /** RMSprop: share of the running mean square kept; absent: 0.99. */
  alpha: v.optional(belowOne('Alpha')),
  /** Adam, AdamW and RMSprop: added to the denominator; absent: 1e-8. */
  epsilon: v.optional(above('Epsilon', 1)),
};

/** Which optimizers use a setting at all. */
const USED_BY: Partial<Record<keyof typeof UPDATE_ENTRIES, readonly OptimizerName[]>> = {
  momentum: ['momentum', 'nesterov'],
  beta1: ['adam', 'adamw'],
  beta2: ['adam', 'adamw'],
  alpha: ['rmsprop'],
  epsilon: ['adam', 'adamw', 'rmsprop'],
};

type UpdateField = keyof typeof UPDATE_ENTRIES;
type Update = { [K in UpdateField]?: v.InferOutput<(typeof UPDATE_ENTRIES)[K]> };

/** Settings that would change nothing, or no run: the field and a sentence. */
export function updateProblem(
  spec: Update & { optimizer: OptimizerName; epochs: number },
): { field: UpdateField; message: string } | undefined {
  for (const [key, names] of Object.entries(USED_BY)) {
    const field = key as UpdateField;
    if (spec[field] === undefined || names.includes(spec.optimizer)) continue;
    return {
      field,
      message: `The optimizer ${spec.optimizer} has no setting "${field}"; ${listed(names)} have. Leave it out, or choose one of them.`,
    };
  }
  for (const field of ['stepEpochs', 'stepFactor'] as const) {
    if (spec[field] === undefined || spec.schedule === 'step') continue;
    return { field, message: `"${field}" belongs to the step schedule. Choose that schedule, or leave it out.` };
  }
  if ((spec.warmupEpochs ?? 0) >= spec.epochs)
    return { field: 'warmupEpochs', message: `The warm-up must be shorter than the run of ${spec.epochs} epochs.` };
  return undefined;
}
