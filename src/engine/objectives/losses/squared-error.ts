// Mean squared error.
import { mul, square, sub } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { valueLoss, type ElementwiseSettings } from './elementwise';

export const squaredError = (settings?: ElementwiseSettings): Loss =>
  valueLoss('mean squared error', { value: (y, t) => square(sub(y, t)), slope: (y, t) => mul(sub(y, t), 2) }, settings);
