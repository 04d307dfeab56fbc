// What a person reads where a spec holds a short name.
import type { RunSummary } from '#shared/run-record';
import { isTable, type DataSort } from '#shared/data-sort';
import { ENGINE_LABELS, type EngineChoice } from '#shared/engine';
import type { LossName } from '#shared/objective-settings';
import type { OwnModel } from '#shared/own-model';
import { OWN_MODEL, type BatchNormMode, type ModelName, type OptimizerName } from '#shared/run-spec';
import { PRETRAINED_MODELS, START_NAMES, startModel, startRun, type Start, type StartName, type TrainedPart } from '#shared/start-settings';

export const LOSS_LABELS: Record<LossName, string> = {
  'softmax-cross-entropy': 'Cross-entropy',
  focal: 'Focal loss',
  'bce-dice': 'Cross-entropy + Dice',
  dice: 'Dice loss',
  'squared-error': 'Squared error',
  'absolute-error': 'Absolute error',
  huber: 'Huber loss',
};

export const OPTIMIZER_LABELS: Record<OptimizerName, string> = {
  sgd: 'SGD',
  momentum: 'SGD with momentum',
  nesterov: 'Nesterov momentum',
  adam: 'Adam',
  adamw: 'AdamW',
  rmsprop: 'RMSprop',
};

export const OPTIMIZER_HELP: Record<OptimizerName, string> = {
  sgd: 'The plainest rule and the least memory; it wants a learning rate near 0.1.',
  momentum: 'SGD that keeps some of its last direction; it wants a learning rate near 0.05.',
  nesterov: 'Momentum that looks one step ahead; it wants a learning rate near 0.05.',
  adam: 'Adapts the step of every weight; a safe first choice.',
  adamw: 'Adam that also keeps weights small, which often helps on new pictures.',
  rmsprop: 'Adapts the step of every weight by its recent size.',
};

const START_LABELS: Record<StartName, string> = {
  scratch: 'Nothing',
  imagenet: 'ImageNet photographs',
};

const START_HELP: Record<StartName, string> = {
  scratch: 'Everything is learnt from your pictures. For many pictures, or such as are no photographs.',
  imagenet: 'It already knows a million photographs. The choice for few pictures; nothing is downloaded.',
};

export interface KnownStarts {
  runs: readonly RunSummary[];
  /** Of a person's own. */
  models: readonly OwnModel[];
}

/** What a model may start from: earlier runs of it, newest first; files; weights that ship. Rows of a table are scaled by each run for itself. */
export function startsFor(model: ModelName, sort: DataSort, { runs, models }: KnownStarts): Start[] {
  if (isTable(sort)) return ['scratch'];
  const earlier = runs.filter((run) => run.hasModel && run.spec.model === model && !isTable(run.sort));
  const files = models.filter((own) => own.model === model).map(({ id }): Start => `model:${id}`);
  return [
    ...(model === OWN_MODEL ? [] : (['scratch'] as const)),
    ...(PRETRAINED_MODELS.includes(model) ? (['imagenet'] as const) : []),
    ...files,
    ...earlier.map(({ id }): Start => `run:${id}`),
  ];
}

const isNamed = (start: Start): start is StartName => START_NAMES.some((name) => name === start);

export function startLabel(start: Start, { runs, models }: KnownStarts = { runs: [], models: [] }): string {
  if (isNamed(start)) return START_LABELS[start];
  const [run, file] = [startRun(start), startModel(start)];
  if (file !== undefined) return `File: ${models.find(({ id }) => id === file)?.name ?? 'a model of your own'}`;
  const name = runs.find(({ id }) => id === run)?.name;
  return name === undefined ? 'An earlier run' : `Run: ${name}`;
}

export function startHelp(start: Start): string {
  if (isNamed(start)) return START_HELP[start];
  return startRun(start) === undefined
    ? 'It goes on from what that model learnt. For other classes the last layer begins anew.'
    : 'It goes on from what that run learnt. For other classes the last layer begins anew.';
}

/** What a model of a person's own gets; one that was made for other numbers begins as nonsense. */
export const OWN_RANGE_HELP =
  'It sees pictures as numbers from 0 to 1, or as bytes where it begins with a Rescaling that makes them small.';

export const TRAINED_LABELS: Record<TrainedPart, string> = {
  head: 'Only the last layer',
  'last-stages': 'The last stages',
  everything: 'Everything',
};

export const TRAINED_HELP: Record<TrainedPart, string> = {
  head: 'Quickest, and the least memory: the rest looks at each picture once, then epochs take seconds.',
  'last-stages': 'Also what sees whole things, for pictures unlike photographs. It wants a learning rate near 0.001.',
  everything: 'The most time and memory, and the most to gain with many pictures. It wants a learning rate near 0.001.',
};

export const VARIED_HEAD_HELP = 'Varied pictures look new each time, so all of the model runs in every step. Without, epochs take seconds.';

export const BATCH_NORM_LABELS: Record<BatchNormMode, string> = {
  'per-micro-batch': 'By each piece',
  frozen: 'Frozen',
  exact: 'Exact: by the whole batch',
};

export const BATCH_NORM_HELP: Record<BatchNormMode, string> = {
  'per-micro-batch': 'Quickest. In models with batch normalization (ResNet, U-Net) the result then depends on the pieces.',
  frozen: 'Goes by what the model learnt before, so pieces change nothing. For models that were trained before.',
  exact: 'The same result as the whole batch, whatever the pieces; it takes more time, and some more memory.',
};

export const engineLabel = (choice: EngineChoice): string => (choice === 'auto' ? 'Automatic' : ENGINE_LABELS[choice]);
