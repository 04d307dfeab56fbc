// The WebAssembly engine: TF.js's own program, with the gradients it lacks, a heap that is counted and running out that can be caught.
import * as tf from '@tensorflow/tfjs';
import { BackendWasm, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { registerComposedKernels } from '#engine/kernels/composed';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import { registerWasmKernels } from '#engine/kernels/wasm/register';
import type { Runtime } from '#engine/runtime';
import { callDirectly } from '../direct-call';
import { FLOAT32_ONLY } from '../fast-mode';
import { CountedHeap } from './counted-heap';
import { startKernels } from './kernels';
import { startModule } from './module';
import { cleanAfterFailure } from './recover';
import { Rehearsal } from './rehearsal';

/** @param limitBytes most the heap may grow to, if less than 4 GiB */
export async function loadWasm(limitBytes?: number): Promise<Runtime> {
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('This processor lacks SSE4.1, which WebAssembly vectors need.');
  const heap = new CountedHeap(limitBytes);
  const module = await startModule(heap);
  const rehearsal = new Rehearsal(module);
  const backend = Object.assign(new BackendWasm(module), { program: await startKernels(module.asm.memory) });
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend);
  await tf.setBackend('wasm');
  await tf.ready();
  registerComposedKernels('wasm');
  registerWasmKernels();
  replaceSlowGradients();
  heap.resetPeak();
  const clean = cleanAfterFailure(backend, module);
  return {
    precisionProblems: FLOAT32_ONLY,
    report: {
      name: 'wasm',
      version: `WebAssembly, TensorFlow.js ${version_wasm}, SIMD, 1 thread`,
      reason: 'WebAssembly was chosen.',
      skipped: [],
      limitBytes: heap.limitBytes,
    },
    meter: heap,
    compile: (name, fn) => callDirectly(name, fn, clean),
    forecast: (_name, fn, specs) => rehearsal.bytes(backend, fn, specs),
  };
}
