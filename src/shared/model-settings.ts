// What is chosen of a model beside its name.
import { listed } from './language';
import * as v from 'valibot';
import { CATEGORY_FORMS, type CategoryForm, type EmbeddedBlock } from './embedding';
import { MODEL_CARDS } from './model-cards';
import type { OwnLayer } from './own-layers';
import type { ModelName } from './run-spec';

/** What normalizes where a model has BatchNorm: by the batch, or by groups of channels of each sample alone. */
export const NORMALIZATIONS = ['batch', 'group'] as const;
export type Normalization = (typeof NORMALIZATIONS)[number];

export const MODEL_ENTRIES = {
  /** Absent: "batch". */
  normalization: v.optional(v.picklist(NORMALIZATIONS, `The normalization must be one of: ${NORMALIZATIONS.join(', ')}.`)),
  /** Filters of the model as a share of the published ones; absent: 1. */
  width: v.optional(
    v.pipe(
      v.number('The width must be a number.'),
      v.minValue(0.05, 'The width must be at least 0.05.'),
      v.maxValue(1, 'The width must be at most 1.'),
    ),
  ),
  /** How a model takes the categories of a table that have many values; absent: "one-hot". */
  categories: v.optional(v.picklist(CATEGORY_FORMS, `Categories must be one of: ${CATEGORY_FORMS.join(', ')}.`)),
};

/** Models that can learn a vector for each value of a category: in a linear one it would be the same sum over again. */
export const EMBEDDING_MODELS: readonly ModelName[] = ['mlp'];

export interface ModelSettings {
  normalization?: Normalization;
  width?: number;
}

/** What a network was built with, and is built with again. */
export interface BuiltWith extends ModelSettings {
  embedded?: EmbeddedBlock[];
  /** Of a model of a person's own. */
  ownLayers?: OwnLayer[];
}

/** Whether a run has BatchNorm at all. */
export const hasBatchNorm = ({ model, normalization = 'batch' }: ModelSettings & { model: ModelName }): boolean =>
  MODEL_CARDS[model].normalizes === true && normalization === 'batch';

/** The setting that the model has no use for, and why. */
export function modelProblem({ model, normalization, width, categories }: ModelSettings & { model: ModelName; categories?: CategoryForm }) {
  const { label, normalizes, scales } = MODEL_CARDS[model];
  if (normalization === 'group' && !normalizes) {
    const message = `${label} has no batch normalization that groups could take the place of. Leave the normalization out.`;
    return { field: 'normalization', message } as const;
  }
  if (normalization === 'group' && model === 'own') {
    const message = `A model of your own is built with the layers of its file. Leave the normalization out.`;
    return { field: 'normalization', message } as const;
  }
  if (categories === 'embedded' && !EMBEDDING_MODELS.includes(model)) {
    const message = `${label} learns no vectors for categories. Choose one-hot, or the model ${listed(EMBEDDING_MODELS, 'disjunction')}.`;
    return { field: 'categories', message } as const;
  }
  if (width !== undefined && !scales) return { field: 'width', message: `${label} comes in one width only. Leave the width out.` } as const;
  return undefined;
}
