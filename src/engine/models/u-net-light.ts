// Light U-Net: the U-Net of u-net.ts with the separable convolutions of Xception (Chollet 2016, arXiv 1610.02357), a depthwise 3 × 3 and a
// 1 × 1 across channels each.
import type { ModelSettings } from '#shared/model-settings';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { uNet } from './u-net';

const FILTERS = 16;

/** @throws RangeError when height or width is no multiple of 16 */
export const uNetLight = (inputShape: Shape, outputs: number, options: ModelSettings = {}): Network =>
  uNet(inputShape, outputs, FILTERS, { ...options, separable: true });
