// A person's own network as Overbatch builds it: its layers in order, read from a file of TF.js and written into the models trained from it.
import * as v from 'valibot';

/** More than any network that trains on a desktop has; a file that says more is not read. */
export const MOST_LAYERS = 5_000;
const MOST_SIZE = 1_000_000;

const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const side = whole(1, 1_024);
const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const padding = v.picklist(['same', 'valid']);
/** Places in the list of layers; −1 is the picture. */
const inputs = v.pipe(v.array(whole(-1, MOST_LAYERS)), v.minLength(1));
const edges = v.tuple([whole(0, 1_024), whole(0, 1_024)]);

export const OwnLayerSchema = v.variant('kind', [
  v.object({
    kind: v.literal('conv2d'),
    inputs,
    filters: whole(1, MOST_SIZE),
    kernelSize: v.tuple([side, side]),
    strides: side,
    padding,
    useBias: v.boolean(),
  }),
  v.object({ kind: v.literal('depthwise'), inputs, kernelSize: side, strides: side, padding, useBias: v.boolean() }),
  v.object({ kind: v.literal('dense'), inputs, units: whole(1, MOST_SIZE) }),
  v.object({ kind: v.literal('batch-norm'), inputs }),
  v.object({ kind: v.literal('relu'), inputs }),
  v.object({ kind: v.literal('relu6'), inputs }),
  v.object({ kind: v.literal('max-pool'), inputs, poolSize: side, strides: side, padding }),
  v.object({ kind: v.literal('average-pool'), inputs, poolSize: side, strides: side }),
  v.object({ kind: v.literal('global-average'), inputs }),
  v.object({ kind: v.literal('flatten'), inputs }),
  v.object({ kind: v.literal('add'), inputs }),
  v.object({ kind: v.literal('concatenate'), inputs }),
  v.object({ kind: v.literal('dropout'), inputs, rate: share }),
  v.object({ kind: v.literal('zero-padding'), inputs, rows: edges, columns: edges }),
  v.object({ kind: v.literal('rescaling'), inputs, scale: v.pipe(v.number(), v.finite()), offset: v.pipe(v.number(), v.finite()) }),
]);
export type OwnLayer = v.InferOutput<typeof OwnLayerSchema>;

export const OwnLayersSchema = v.pipe(v.array(OwnLayerSchema), v.minLength(1), v.maxLength(MOST_LAYERS));
