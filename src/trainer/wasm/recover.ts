// After a call that ran out of memory: gives back what stock kernels were holding when the exception passed through them.
import { engine } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { EmscriptenModule } from './module';

/** Runs a call; if it throws, the heap afterwards holds what it held before. */
export function cleanAfterFailure(backend: BackendWasm, { asm }: EmscriptenModule): <T>(call: () => T) => T {
  let made: object[] | undefined;
  const { move, makeOutput } = backend;
  backend.move = function (dataId, ...rest) {
    move.call(this, dataId, ...rest);
    made?.push(dataId);
  };
  backend.makeOutput = function (...args) {
    const info = makeOutput.apply(this, args);
    made?.push(info.dataId);
    return info;
  };

  return (call) => {
    const outer = made;
    const own: object[] = (made = []);
    const stack = asm.stackSave();
    try {
      return call();
    } catch (error) {
      // No program frame is left, and none of them came to give its stack back.
      asm.stackRestore(stack);
      // Data TF.js's engine knows of belong to tensors, which the engine's scopes dispose of; the rest has lost its owner.
      const owned = engine().state.tensorInfo;
      for (const dataId of own) if (!owned.has(dataId)) backend.disposeData(dataId, true);
      throw error;
    } finally {
      made = outer;
    }
  };
}
