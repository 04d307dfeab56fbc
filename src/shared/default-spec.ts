// What a run is unless something else is asked for: by what is learnt from, by the model, and by what it starts with. Chosen by measuring: the
// table is in bench/NOTES.md ("Defaults").
import type { DataSort } from './data-sort';
import type { ModelName, RunSpec } from './run-spec';
import { DEFAULT_SPEC } from './run-spec';
import { isPretrained, type Start, type TrainedPart } from './start-settings';

/** What decides which settings are usual. */
export interface Asked {
  model?: ModelName;
  start?: Start;
  trains?: TrainedPart;
}

type Usual = Partial<Omit<RunSpec, 'model' | 'start' | 'trains'>>;

/** Every pixel of a mask teaches, so few pictures an update are enough; rows are small and few beside pictures. */
const OF_SORT: Record<DataSort, Usual & { model: ModelName }> = {
  pictures: { model: 'small-cnn' },
  masks: { model: 'u-net', batch: 8, epochs: 20, learningRate: 0.003, schedule: 'cosine', finalModel: 'best' },
  classification: { model: 'mlp', batch: 32, epochs: 60, learningRate: 0.003, patience: 10 },
  regression: { model: 'linear', batch: 32, epochs: 100, learningRate: 0.01, patience: 10 },
};

/** Small networks without convolutions, or with few. */
const SMALL: Usual = { batch: 64, epochs: 30, learningRate: 0.003, patience: 8 };

/** Of the models that learn better otherwise than the first one of their sort. */
const OF_MODEL: Partial<Record<DataSort, Partial<Record<ModelName, Usual>>>> = {
  pictures: {
    mlp: SMALL,
    lenet: SMALL,
    linear: { batch: 64, epochs: 40, learningRate: 0.02, schedule: 'cosine' },
  },
  classification: { mlp: { categories: 'embedded' } },
  regression: { mlp: { epochs: 60, learningRate: 0.001, categories: 'embedded' } },
};

/** Of a trained start: where more than the last layer is trained, what is there already is moved little. A rule of thumb, not measured here. */
const OF_PART: Record<TrainedPart, Usual> = {
  head: {},
  'last-stages': { learningRate: 0.001 },
  everything: { learningRate: 0.001 },
};

export function defaultSpec(sort: DataSort, { model, start, trains = 'everything' }: Asked = {}): RunSpec {
  const chosen = model ?? OF_SORT[sort].model;
  return {
    ...DEFAULT_SPEC,
    ...OF_SORT[sort],
    ...OF_MODEL[sort]?.[chosen],
    ...(isPretrained({ start }) && OF_PART[trains]),
    model: chosen,
  };
}
