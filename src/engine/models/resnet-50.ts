// ResNet-50 (He et al. 2015): 16 bottleneck blocks, 25,557,032 trainable parameters at 1,000 classes, as in torchvision.
import type { ModelSettings } from '#shared/model-settings';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { residualNetwork } from './residual';

export const resnet50 = (inputShape: Shape, classes: number, options: ModelSettings = {}): Network =>
  residualNetwork(inputShape, classes, { block: 'bottleneck', stages: [3, 4, 6, 3], ...options });
