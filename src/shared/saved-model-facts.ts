// What a saved model's network is built from again, as model.json has it: a file that a person may have edited, or a disk damaged.
import * as v from 'valibot';
import { EmbeddedBlockSchema } from './embedding';
import { MODEL_ENTRIES } from './model-settings';
import { OwnLayersSchema } from './own-layers';

/** Where a model of a person's own came from. */
export const ModelSourceSchema = v.object({ name: v.string(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });
export type ModelSource = v.InferOutput<typeof ModelSourceSchema>;

const size = v.pipe(v.number(), v.integer(), v.minValue(1));

const area = v.object({ width: size, height: size });

const SavedModelFacts = v.looseObject({
  options: v.optional(
    v.object({ ...MODEL_ENTRIES, embedded: v.optional(v.array(EmbeddedBlockSchema)), ownLayers: v.optional(OwnLayersSchema) }),
  ),
  labels: v.array(v.string()),
  source: v.optional(ModelSourceSchema),
  inputShape: v.union([v.tuple([size]), v.tuple([size, size, size])]),
  preprocessing: v.optional(v.looseObject({ stored: v.optional(area), files: v.optional(v.object({ usual: area, largest: area })) })),
  output: v.picklist(['probabilities', 'pixel probabilities', 'value']),
});

export const hasModelFacts = (metadata: unknown): boolean => v.is(SavedModelFacts, metadata);
