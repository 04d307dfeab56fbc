// Loads the TensorFlow engine from the folder it is installed in: the library, TF.js's backend over it, and a product as proof.
import { findBackend, registerBackend, setBackend, type KernelBackend } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import type { NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import { replaceSlowGradients } from '#engine/kernels/gradients';
import { registerTensorFlowKernels } from '#engine/kernels/tensorflow';
import { registerTensorFlowEightBits } from '#engine/kernels/tensorflow-eight-bits';
import { registerTensorFlowPooledConvolution } from '#engine/kernels/tensorflow-pooled-convolution';
import { registerConvolutions } from '#engine/kernels/tensorflow-convolution';
import type { Runtime } from '#engine/runtime';
import { copyingBinding, type BackendBinding, type NativeBinding, type TensorFlowBackend } from './binding';
import { capture, forecastBytes } from './capture';
import { deviceMeter, hostMeter } from './meter';
import { loadNative } from './native';
import { hasBfloat16 } from './processor';
import { restoreUtilTests } from './node-compat';
import { prove } from './proof';

const BACKEND = 'tensorflow';

const precisionProblems = (kind: NativeKind): Runtime['precisionProblems'] =>
  kind === 'cuda'
    ? { bfloat16: 'float16 is what graphics cards are fast with' }
    : {
        ...(hasBfloat16() ? {} : { bfloat16: 'this processor has no arithmetic for it' }),
        float16: 'it is for graphics cards, and processors are slower with it',
      };

export interface TensorFlowRuntime extends Runtime {
  readonly native: NativeBinding;
  /** Gives memory that waits for its next use back to the system: when a run pauses or ends. */
  releaseMemory(): void;
}

/**
 * Makes TensorFlow the backend of TF.js.
 * @param folder holds tfjs_binding.node and lib/
 * @param alone an op is computed by one thread, for as long as the process lives
 * @throws FailureError engine-unavailable, with the reason in one sentence
 */
export async function loadTensorFlow(folder: string, kind: NativeKind, alone = false): Promise<TensorFlowRuntime> {
  try {
    const native = loadNative(folder, kind, alone);
    const backend = await startBackend(native, kind);
    prove(native, kind);
    return createRuntime(native, backend, kind, alone);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FailureError({ kind: 'engine-unavailable', engine: `tensorflow-${kind}`, reason: oneSentence(reason) });
  }
}

/** Kernels and backend come from the package; its index would look for a binding of its own. */
async function startBackend(native: NativeBinding, kind: NativeKind): Promise<TensorFlowBackend> {
  if (!findBackend(BACKEND)) {
    restoreUtilTests();
    const require = createRequire(import.meta.url);
    require('@tensorflow/tfjs-node/dist/register_all_kernels.js');
    const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js') as {
      NodeJSKernelBackend: new (binding: BackendBinding, packageName: string) => KernelBackend;
    };
    registerTensorFlowKernels(kind);
    registerTensorFlowEightBits();
    if (kind === 'cpu') registerConvolutions();
    registerTensorFlowPooledConvolution();
    replaceSlowGradients();
    registerBackend(BACKEND, () => new NodeJSKernelBackend(copyingBinding(native), '@tensorflow/tfjs-node'));
  }
  if (!(await setBackend(BACKEND))) throw new Error('TensorFlow.js could not start it.');
  return findBackend(BACKEND) as unknown as TensorFlowBackend;
}

function createRuntime(native: NativeBinding, backend: TensorFlowBackend, kind: NativeKind, alone: boolean): TensorFlowRuntime {
  const limitBytes = kind === 'cuda' ? native.deviceMemory()?.limit : undefined;
  return {
    report: {
      name: `tensorflow-${kind}`,
      version: `TensorFlow ${native.TF_Version}`,
      reason: kind === 'cuda' ? 'TensorFlow computed a product on the graphics card.' : 'TensorFlow is installed and loaded.',
      skipped: [],
      ...(limitBytes ? { limitBytes } : {}),
    },
    captures: true,
    poolsConvolutions: kind === 'cpu',
    fusesNormalizations: kind === 'cpu',
    codesPooling: kind === 'cpu',
    precisionProblems: precisionProblems(kind),
    isParallel: kind === 'cpu' && !alone,
    meter: kind === 'cuda' ? deviceMeter(native) : hostMeter(native),
    compile: (name, fn, specs, precision) => capture(native, backend, name, fn, specs, precision),
    forecast: (name, fn, specs, precision = DEFAULT_PRECISION) => forecastBytes(native, backend, { name, fn, specs, precision }),
    native,
    releaseMemory: () => native.releasePool(),
  };
}

/** What libraries say fills several lines; the first tells the cause. */
function oneSentence(text: string): string {
  const first = text.split('\n')[0].trim();
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
