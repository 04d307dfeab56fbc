// Gaussian error linear unit, exact.
import { gelu as activate } from '../kernels/transformer';
import type { LayerFactory } from './layer';

export const gelu =
  (): LayerFactory =>
  ([shape]) => ({
    className: 'Activation',
    config: { activation: 'gelu' },
    weights: [],
    isCheap: true,
    outputShape: shape,
    call: ([x]) => activate(x),
  });
