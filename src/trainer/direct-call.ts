// A pure function run op by op: what engines that cannot capture make of it.
import { dispose, engine, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { CompiledFunction, TensorFunction } from '#engine/runtime';

/** @param around runs the call, and cleans up after one that failed, where the backend needs it */
export function callDirectly(name: string, fn: TensorFunction, around: <T>(call: () => T) => T = (call) => call()): CompiledFunction {
  return { name, call: (inputs) => around(() => cleanly(() => tidy(() => fn(inputs)))), dispose: () => {} };
}

/**
 * What a gradient saves for its backward pass is kept from every scope, and TF.js disposes of it only when that pass comes to its end;
 * of an op that fails while it saves, nobody ever does. So what a failed call kept is let go here.
 */
function cleanly<T>(call: () => T): T {
  const target = engine();
  const { keep } = target;
  const kept: Tensor[] = [];
  target.keep = function (tensor) {
    kept.push(tensor);
    return keep.call(target, tensor) as typeof tensor;
  };
  try {
    return call();
  } catch (error) {
    dispose(kept);
    const { state } = target;
    if (state.gradientDepth === 0) state.activeTape = undefined as unknown as typeof state.activeTape;
    throw error;
  } finally {
    target.keep = keep;
  }
}
