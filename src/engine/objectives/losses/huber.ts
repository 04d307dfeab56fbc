// Huber's loss (1964): half the square of errors up to δ, then a straight line of slope δ.
import { abs, clipByValue, mul, sub } from '@tensorflow/tfjs-core';
import type { Loss } from '../objective';
import { valueLoss, type ElementwiseSettings } from './elementwise';

/** @param delta δ above 0, in the targets' unit */
export const huber = ({ delta = 1, ...settings }: ElementwiseSettings & { delta?: number } = {}): Loss =>
  valueLoss(
    'Huber loss',
    {
      value: (y, t) => {
        const error = abs(sub(y, t));
        const near = clipByValue(error, 0, delta);
        return mul(near, sub(error, mul(near, 0.5)));
      },
      slope: (y, t) => clipByValue(sub(y, t), -delta, delta),
    },
    settings,
  );
