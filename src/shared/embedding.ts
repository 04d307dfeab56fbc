// Categories of a table as learnt vectors (entity embeddings, Guo and Berkhahn 2016, arXiv 1604.06737): which columns get one, and how long it is.
import * as v from 'valibot';

/** How a model takes a category: a number for each value (1 for the one it is), or a vector it learns for each value. */
export const CATEGORY_FORMS = ['one-hot', 'embedded'] as const;
export type CategoryForm = (typeof CATEGORY_FORMS)[number];

/** Up to so many values a column stays as it is: a vector would be hardly shorter. */
const FEW_VALUES = 10;

const place = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const EmbeddedBlockSchema = v.object({ from: place, size: v.pipe(place, v.minValue(1)), dimensions: v.pipe(place, v.minValue(1)) });
/** Numbers of a row, from the `from`th on, that are one category's values, and the length of the vector each of them gets. */
export type EmbeddedBlock = v.InferOutput<typeof EmbeddedBlockSchema>;

/** fastai's rule (emb_sz_rule, Howard and Gugger 2020): 6 for 10 values, 14 for 50. */
export const embeddingDimensions = (values: number): number => Math.min(600, Math.round(1.6 * values ** 0.56));

/** @param blocks one each category column: where its values begin in a row, and how many they are */
export const embeddedBlocks = (blocks: readonly Omit<EmbeddedBlock, 'dimensions'>[]): EmbeddedBlock[] =>
  blocks.filter(({ size }) => size > FEW_VALUES).map((block) => ({ ...block, dimensions: embeddingDimensions(block.size) }));
