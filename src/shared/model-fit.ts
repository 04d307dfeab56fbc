// Which models suit which data, and what is to be said where one does so only in part.
import { isTable, type DataSort } from './data-sort';
import { MODEL_CARDS } from './model-cards';
import { CLASS_MODELS, MASK_MODELS, OWN_MODEL, TABLE_MODELS, type ModelName } from './run-spec';

const MODELS: Record<DataSort, readonly ModelName[]> = {
  pictures: [...CLASS_MODELS, OWN_MODEL],
  masks: MASK_MODELS,
  classification: TABLE_MODELS,
  regression: TABLE_MODELS,
};

/** Those that answer as this data asks. */
export const modelsFor = (sort: DataSort): readonly ModelName[] => MODELS[sort];

/** Why pictures of this size are no good for it, with the way out; undefined where they are. */
export function sizeProblem(model: ModelName, sort: DataSort, side: { width: number; height: number } | undefined): string | undefined {
  const { smallestSide } = MODEL_CARDS[model];
  if (isTable(sort) || !side || smallestSide === undefined) return undefined;
  const { width, height } = side;
  if (Math.min(width, height) >= smallestSide) return undefined;
  return `Made for ${smallestSide} pixels and more, and these pictures are ${width} × ${height}. Set a larger picture size, or choose a smaller model.`;
}
