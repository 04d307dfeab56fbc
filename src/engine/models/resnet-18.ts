// ResNet-18 (He et al. 2015): 8 basic blocks, 11,689,512 trainable parameters at 1,000 classes, as in torchvision.
import type { ModelSettings } from '#shared/model-settings';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { residualNetwork } from './residual';

export const resnet18 = (inputShape: Shape, classes: number, options: ModelSettings = {}): Network =>
  residualNetwork(inputShape, classes, { block: 'basic', stages: [2, 2, 2, 2], ...options });
