// The engine on TF.js's plain JavaScript backend, called directly: always there, slow, independent of what is installed.
import * as tf from '@tensorflow/tfjs';
import { registerComposedKernels } from '#engine/kernels/composed';
import { registerCpuEightBits } from '#engine/kernels/eight-bits-cpu';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import type { Runtime } from '#engine/runtime';

let peak = 0;

export async function directRuntime(): Promise<Runtime> {
  await tf.setBackend('cpu');
  if (!tf.getKernel('OverbatchReluGrad', 'cpu')) registerComposedKernels('cpu');
  registerCpuEightBits();
  replaceSlowGradients();
  return {
    precisionProblems: {},
    report: { name: 'js', version: tf.version.tfjs, reason: 'a test', skipped: [] },
    meter: {
      inUseBytes: () => tf.memory().numBytes,
      peakBytes: () => Math.max(peak, tf.memory().numBytes),
      resetPeak: () => (peak = tf.memory().numBytes),
    },
    compile: (name, fn) => ({ name, call: (inputs) => tf.tidy(() => fn(inputs)), dispose: () => {} }),
  };
}
