// Mean absolute error; its slope at no error is 0.
import { abs, sign, sub } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { valueLoss, type ElementwiseSettings } from './elementwise';

export const absoluteError = (settings?: ElementwiseSettings): Loss =>
  valueLoss('mean absolute error', { value: (y, t) => abs(sub(y, t)), slope: (y, t) => sign(sub(y, t)) }, settings);
