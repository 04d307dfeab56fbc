// What a person reads where a spec holds a short name.
import { isTable, type DataSort } from '#shared/data-sort';
import { ENGINE_LABELS, type EngineChoice, type EngineReport } from '#shared/engine';
import type { LossName } from '#shared/objective-settings';
import { CLASS_MODELS, MASK_MODELS, TABLE_MODELS, type BatchNormMode, type ModelName, type OptimizerName } from '#shared/run-spec';

export const MODEL_LABELS: Record<ModelName, string> = {
  'small-cnn': 'Small CNN',
  mlp: 'MLP',
  linear: 'Linear model',
  lenet: 'LeNet-5',
  'resnet-8': 'ResNet-8',
  'mobilenet-v2': 'MobileNetV2',
  'resnet-18': 'ResNet-18',
  'u-net': 'U-Net',
};

const MODEL_HELP: Record<ModelName, string> = {
  'small-cnn': 'A small convolutional network: quick, and enough for small, simple pictures such as digits.',
  mlp: 'Two hidden layers that ignore where things are in the picture: the quickest, for very small pictures.',
  linear: 'A weighted sum for every answer (logistic or linear regression): the quickest, and hard to beat on small tables.',
  lenet: 'The classic for handwritten characters: small and quick, for simple pictures of about 28 pixels.',
  'resnet-8': 'A small residual network: for pictures of about 32 pixels that the small CNN finds too hard.',
  'mobilenet-v2': 'Deep and yet light, made for phones: for photographs, and a small file in the end.',
  'resnet-18': 'A deeper network for photographs: slower, and it needs more memory and more pictures.',
  'u-net': 'Gives every pixel a class: looks at the picture small and large. Sides must be multiples of 16.',
};

/** Of tables, where they differ from pictures. */
const TABLE_MODEL_HELP: Partial<Record<ModelName, string>> = {
  mlp: 'Two hidden layers: also learns bends, and what columns mean together.',
};

export const modelHelp = (model: ModelName, sort: DataSort): string =>
  (isTable(sort) ? TABLE_MODEL_HELP[model] : undefined) ?? MODEL_HELP[model];

const MODELS: Record<DataSort, readonly ModelName[]> = {
  pictures: CLASS_MODELS,
  masks: MASK_MODELS,
  classification: TABLE_MODELS,
  regression: TABLE_MODELS,
};
export const modelsFor = (sort: DataSort): readonly ModelName[] => MODELS[sort];

/** What is learnt from, many of it. */
export const samplesNoun = (sort: DataSort): string => (isTable(sort) ? 'rows' : 'pictures');

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

export const BATCH_NORM_LABELS: Record<BatchNormMode, string> = {
  'per-micro-batch': 'By each piece',
  frozen: 'Frozen',
  exact: 'Exact: by the whole batch',
};

export const BATCH_NORM_HELP: Record<BatchNormMode, string> = {
  'per-micro-batch': 'Quickest. In models with batch normalization (ResNet, U-Net) the result then depends on the pieces.',
  frozen: 'Keeps the statistics the model has, so pieces change nothing. For models that were trained before.',
  exact: 'The same result as the whole batch, whatever the pieces; it takes more time, and memory between the stages.',
};

export const engineLabel = (choice: EngineChoice): string => (choice === 'auto' ? 'Automatic' : ENGINE_LABELS[choice]);

/** "TensorFlow on the processor (TensorFlow 2.21.0)", "WebAssembly, SIMD, 1 thread". */
export function engineWords({ name, version }: EngineReport): string {
  const label = ENGINE_LABELS[name];
  return version.startsWith(label) ? version : `${label} (${version})`;
}
