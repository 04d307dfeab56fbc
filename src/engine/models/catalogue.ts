// Every architecture a run can name: one line here, one file beside, its card in shared/model-cards.ts.
import type { BuiltWith } from '#shared/model-settings';
import type { ModelName } from '#shared/run-spec';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { amoebaNetD } from './amoebanet-d';
import { efficientNetLite0 } from './efficientnet-lite0';
import { lenet } from './lenet';
import { linear } from './linear';
import { mlp } from './mlp';
import { mobileNetV2 } from './mobilenet-v2';
import { ownNetwork } from './own';
import { resnet101 } from './resnet-101';
import { resnet18 } from './resnet-18';
import { resnet34 } from './resnet-34';
import { resnet50 } from './resnet-50';
import { resnet8 } from './resnet-8';
import { smallCnn } from './small-cnn';
import { uNet } from './u-net';
import { uNetLight } from './u-net-light';
import { vitTiny } from './vit-tiny';

export interface Architecture {
  /** @param outputs classes (of each pixel, where it answers with masks), or 1 for a number */
  build(inputShape: Shape, outputs: number, options?: BuiltWith): Network;
}

export const CATALOGUE: Record<ModelName, Architecture> = {
  'small-cnn': { build: smallCnn },
  mlp: { build: (inputShape, outputs, options) => mlp(inputShape, outputs, undefined, options) },
  linear: { build: linear },
  lenet: { build: lenet },
  'resnet-8': { build: resnet8 },
  'mobilenet-v2': { build: mobileNetV2 },
  'efficientnet-lite0': { build: efficientNetLite0 },
  'resnet-18': { build: resnet18 },
  'resnet-34': { build: resnet34 },
  'resnet-50': { build: resnet50 },
  'resnet-101': { build: resnet101 },
  'amoebanet-d': { build: amoebaNetD },
  'vit-tiny': { build: (inputShape, classes) => vitTiny(inputShape, classes) },
  'u-net': { build: (inputShape, classes, options) => uNet(inputShape, classes, undefined, options) },
  'u-net-light': { build: uNetLight },
  own: { build: (inputShape, outputs, options = {}) => ownNetwork(inputShape, outputs, options) },
};
