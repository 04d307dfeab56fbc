// What a person reads where a spec holds a short name.
import { isTable, type DataSort } from '#shared/data-sort';
import { ENGINE_LABELS, type EngineChoice, type EngineReport } from '#shared/engine';
import type { LossName } from '#shared/objective-settings';
import type { BatchNormMode, OptimizerName } from '#shared/run-spec';

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
