// What normalizes behind a convolution: a model has one kind everywhere.
import type { Normalization } from '#shared/model-settings';
import { batchNormalization } from './batch-normalization';
import { groupNormalization } from './group-normalization';
import type { LayerFactory } from './layer';

export const normalization = (kind: Normalization = 'batch'): LayerFactory =>
  kind === 'group' ? groupNormalization() : batchNormalization();
