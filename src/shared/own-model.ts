// A model of a person's own that the app has taken in: what it is to the window, and what lies beside its files.
import * as v from 'valibot';
import { MODEL_NAMES, OWN_MODEL } from './run-spec';

/** A start in a spec may say anything: only this names a folder. */
export const OwnModelIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'This model is not known here. Choose its file again.'));
export const isOwnModelId = (text: string): boolean => v.is(OwnModelIdSchema, text);

export const OwnModelSchema = v.object({
  /** Half the SHA-256 of the files in its folder: the same model is taken in once. */
  id: OwnModelIdSchema,
  name: v.string(),
  /** Of the files that it was read from. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** "own", or the model of the catalogue that Overbatch wrote. */
  model: v.picklist([...MODEL_NAMES, OWN_MODEL]),
  /** Height, width, channels. */
  inputShape: v.array(v.number()),
  outputs: v.number(),
  parameters: v.number(),
});
export type OwnModel = v.InferOutput<typeof OwnModelSchema>;

/** Undefined where it is not that. */
export function parseOwnModel(text: string): OwnModel | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), OwnModelSchema), text);
  return result.success ? result.output : undefined;
}

/** In its folder, beside model.json and weights.bin. */
export const ABOUT_OWN_MODEL = 'about.json';
