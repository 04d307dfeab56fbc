// An engine without its capture: what captured functions are compared with.
import { tidy } from '@tensorflow/tfjs-core';
import type { Runtime } from '#engine/runtime';

export const opByOp = (runtime: Runtime): Runtime => ({
  ...runtime,
  compile: (name, fn) => ({ name, call: (inputs) => tidy(() => fn(inputs)), dispose: () => undefined }),
});
