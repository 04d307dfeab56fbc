// The settings of what a model is trained for: the loss and what it makes of classes. All optional: absent, a spec trains as before.
import * as v from 'valibot';

export const CLASS_LOSSES = ['softmax-cross-entropy', 'focal'] as const;
export const NUMBER_LOSSES = ['squared-error', 'absolute-error', 'huber'] as const;
/** Of masks alone, each class by itself: how much found and true overlap. */
export const OVERLAP_LOSSES = ['bce-dice', 'dice'] as const;
/** The cross-entropy of masks is each pixel's. */
export const MASK_LOSSES = [...CLASS_LOSSES, ...OVERLAP_LOSSES] as const;
export const LOSS_NAMES = [...CLASS_LOSSES, ...OVERLAP_LOSSES, ...NUMBER_LOSSES] as const;
export type LossName = (typeof LOSS_NAMES)[number];

export const CLASS_WEIGHTS = ['none', 'auto'] as const;

export const OBJECTIVE_ENTRIES = {
  /** Absent: softmax cross-entropy of classes, the squared error of numbers. */
  loss: v.optional(v.picklist(LOSS_NAMES, `The loss must be one of: ${LOSS_NAMES.join(', ')}.`)),
  /** Softmax cross-entropy: share of the target that is spread evenly over all classes; absent: none. */
  labelSmoothing: v.optional(
    v.pipe(
      v.number('The label smoothing must be a number.'),
      v.minValue(0, 'The label smoothing must be at least 0.'),
      v.ltValue(1, 'The label smoothing must be below 1.'),
    ),
  ),
  /** "auto" lets every class weigh the same in sum, however many pictures it has: samples ÷ (classes × pictures of the class). Absent: none. */
  classWeights: v.optional(v.picklist(CLASS_WEIGHTS, `The class weights must be one of: ${CLASS_WEIGHTS.join(', ')}.`)),
  /** Focal loss: how little counts what is already right; absent: 2. */
  focalGamma: v.optional(
    v.pipe(
      v.number('The gamma of the focal loss must be a number.'),
      v.minValue(1, 'The gamma of the focal loss must be at least 1.'),
      v.maxValue(10, 'The gamma of the focal loss must be at most 10.'),
    ),
  ),
};

type ObjectiveField = keyof typeof OBJECTIVE_ENTRIES;
export type ObjectiveSettings = { [K in ObjectiveField]?: v.InferOutput<(typeof OBJECTIVE_ENTRIES)[K]> };

/** A setting that the chosen loss has no use for: the field and a sentence. */
export function objectiveProblem({
  loss,
  labelSmoothing,
  focalGamma,
  classWeights,
}: ObjectiveSettings): { field: ObjectiveField; message: string } | undefined {
  if (NUMBER_LOSSES.some((name) => name === loss)) {
    const field = labelSmoothing !== undefined ? 'labelSmoothing' : classWeights !== undefined ? 'classWeights' : undefined;
    if (field)
      return {
        field,
        message: `The loss ${loss} is of numbers and knows no classes. Leave out what is said of classes, or choose another loss.`,
      };
  }
  if (OVERLAP_LOSSES.some((name) => name === loss)) {
    const field = labelSmoothing !== undefined ? 'labelSmoothing' : classWeights === 'auto' ? 'classWeights' : undefined;
    if (field)
      return {
        field,
        message: `The loss ${loss} weighs every class alike and has no use for this. Leave it out, or choose softmax-cross-entropy.`,
      };
  }
  if (loss === 'focal' && labelSmoothing !== undefined) {
    return { field: 'labelSmoothing', message: 'The focal loss has no label smoothing. Leave it out, or choose softmax-cross-entropy.' };
  }
  if (loss !== 'focal' && focalGamma !== undefined) {
    return { field: 'focalGamma', message: 'Only the focal loss has a gamma. Leave it out, or choose the loss focal.' };
  }
  return undefined;
}
