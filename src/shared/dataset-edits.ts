// What a person changes in a version to make the next one of it.
import * as v from 'valibot';

/** The longest name a file system gives a folder. */
const MOST_CHARACTERS = 255;

export const ClassNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A class needs a name.'),
  v.maxLength(MOST_CHARACTERS, `The name of a class has at most ${MOST_CHARACTERS} characters.`),
);

/** New names by old ones; two of one name are merged, null leaves the class out. A class that is not named stays as it is. */
export const ClassMapSchema = v.record(v.string(), v.nullable(ClassNameSchema));
export type ClassMap = v.InferOutput<typeof ClassMapSchema>;

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

export const DatasetEditsSchema = v.object({
  /** Done first. */
  classes: v.optional(ClassMapSchema),
  /** Samples by their index in the version, and the class each gets, known or new. */
  relabel: v.optional(v.array(v.object({ samples: v.array(index), label: ClassNameSchema }))),
  drop: v.optional(v.array(index)),
});
export type DatasetEdits = v.InferOutput<typeof DatasetEditsSchema>;
