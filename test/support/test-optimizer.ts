// Optimizers as the exactness tests want them (METHOD.md, row 1): an ε that keeps adaptive rules from making ±rate out of a gradient's
// rounding, and a rate that moves weights well above it.
import { createOptimizer, type Optimizer, type OptimizerSettings } from '#engine/optimizers';
import type { OptimizerName } from '#shared/run-spec';

export const isAdaptive = (name: OptimizerName): boolean => ['adam', 'adamw', 'rmsprop'].includes(name);

export const testRate = (name: OptimizerName): number => (isAdaptive(name) ? 0.01 : 0.1);

export const testOptimizer = (name: OptimizerName, settings: OptimizerSettings = {}): Optimizer =>
  createOptimizer(name, { epsilon: 1e-3, ...settings });
