// ResNet-101 (He et al. 2015): 33 bottleneck blocks, 44,549,160 trainable parameters at 1,000 classes, as in torchvision.
import type { ModelSettings } from '#shared/model-settings';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { residualNetwork } from './residual';

export const resnet101 = (inputShape: Shape, classes: number, options: ModelSettings = {}): Network =>
  residualNetwork(inputShape, classes, { block: 'bottleneck', stages: [3, 4, 23, 3], ...options });
