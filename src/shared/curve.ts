// Points of a training curve as the window gets them: each step, or where there are too many, the extremes of every stretch of steps and its mean.
import * as v from 'valibot';

export interface StepPoint {
  step: number;
  epoch: number;
  loss: number;
  accuracy: number;
  seconds: number;
  /** Of the stretch this step stands for, shared by all that stand for it; absent: it stands for itself. */
  mean?: StretchMean;
}

/** A smoothed curve is made of these: an average of extremes would be none of the steps. */
export interface StretchMean {
  steps: number;
  loss: number;
  accuracy: number;
}

const step = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Which steps of a curve, both ends among them, and into how many stretches they are told apart: as many as there are pixels. */
export const CurvePartSchema = v.object({
  from: v.optional(step),
  to: v.optional(step),
  stretches: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(4_000))),
});
export type CurvePart = v.InferOutput<typeof CurvePartSchema>;
