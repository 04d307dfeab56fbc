// A pure function run op by op: what engines that cannot capture make of it.
import { tidy } from '@tensorflow/tfjs-core';
import type { CompiledFunction, TensorFunction } from '#engine/runtime';

/** @param around runs the call, and cleans up after one that failed, where the backend needs it */
export function callDirectly(name: string, fn: TensorFunction, around: <T>(call: () => T) => T = (call) => call()): CompiledFunction {
  return { name, call: (inputs) => around(() => tidy(() => fn(inputs))), dispose: () => {} };
}
