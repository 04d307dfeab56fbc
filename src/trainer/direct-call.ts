// A pure function run op by op: what engines that cannot capture make of it.
import { engine, tidy } from '@tensorflow/tfjs-core';
import type { CompiledFunction, TensorFunction } from '#engine/runtime';

/** @param around runs the call, and cleans up after one that failed, where the backend needs it */
export function callDirectly(name: string, fn: TensorFunction, around: <T>(call: () => T) => T = (call) => call()): CompiledFunction {
  const call: CompiledFunction['call'] = (inputs) =>
    around(() => {
      try {
        return tidy(() => fn(inputs));
      } catch (error) {
        dropTape();
        throw error;
      }
    });
  return { name, call, dispose: () => {} };
}

/** What a gradient saved for its backward pass is kept from every scope; TF.js disposes of it only when that pass comes to its end. */
function dropTape(): void {
  const { state } = engine();
  if (state.gradientDepth > 0 || !state.activeTape) return;
  for (const { saved } of state.activeTape) for (const tensor of saved ?? []) tensor.dispose();
  state.activeTape = undefined as unknown as typeof state.activeTape;
}
