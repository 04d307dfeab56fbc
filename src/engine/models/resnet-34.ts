// ResNet-34 (He et al. 2015): 16 basic blocks, 21,797,672 trainable parameters at 1,000 classes, as in torchvision.
import type { ModelSettings } from '#shared/model-settings';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { residualNetwork } from './residual';

export const resnet34 = (inputShape: Shape, classes: number, options: ModelSettings = {}): Network =>
  residualNetwork(inputShape, classes, { block: 'basic', stages: [3, 4, 6, 3], ...options });
