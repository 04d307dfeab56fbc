// The plain JavaScript engine: TF.js's cpu backend. Slow, and there wherever Node runs.
import * as tf from '@tensorflow/tfjs';
import { registerComposedKernels } from '#engine/kernels/composed';
import { registerCpuEightBits } from '#engine/kernels/eight-bits-cpu';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import type { Runtime } from '#engine/runtime';
import { callDirectly } from './direct-call';
import { FLOAT32_ONLY } from './fast-mode';
import { countBytes, type CountableBackend } from './js-meter';

export async function loadJs(): Promise<Runtime> {
  await tf.setBackend('cpu');
  await tf.ready();
  const backend = tf.backend() as unknown as CountableBackend & { firstUse: boolean };
  backend.firstUse = false; // At its first use it would print an advertisement.
  registerComposedKernels('cpu');
  registerCpuEightBits();
  replaceSlowGradients();
  return {
    precisionProblems: FLOAT32_ONLY,
    report: { name: 'js', version: `JavaScript, TensorFlow.js ${tf.version.tfjs}`, reason: 'Plain JavaScript was chosen.', skipped: [] },
    meter: countBytes(backend),
    compile: (name, fn) => callDirectly(name, fn),
  };
}
