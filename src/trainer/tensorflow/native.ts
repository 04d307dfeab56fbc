// Loads the binding and with it TensorFlow's library, once a process: its allocator can be registered with TensorFlow only once.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NativeKind } from '#shared/engine';
import type { NativeBinding } from './binding';
import { checkProcessor } from './processor';

const BINDING_FILE = 'tfjs_binding.node';

/** Read by the library when it is loaded; what the person set goes first. */
const ENVIRONMENT = {
  // Without it processors that lack AVX-512 get no oneDNN convolutions.
  TF_ENABLE_ONEDNN_OPTS: '1',
  TF_CPP_MIN_LOG_LEVEL: '2',
  // One op at a time, each on all cores: then a captured function takes the same peak in every call, to the byte, and a trial tells it.
  TF_NUM_INTEROP_THREADS: '1',
  // The thread that asks for a convolution computes its share: fewer to wake, which costs small ones more than computing (bench/NOTES.md).
  TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD: '1',
  // Otherwise TensorFlow takes nearly all memory of the card at once.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

/** Where waking a second thread would cost more than its share of the work. */
export const ALONE = { TF_NUM_INTRAOP_THREADS: '1' };

let loaded: { folder: string; native: NativeBinding } | undefined;

/**
 * @param alone an op is computed by one thread, for as long as the process lives
 * @throws Error whose message is the reason in one sentence
 */
export function loadNative(folder: string, kind: NativeKind, alone = false): NativeBinding {
  if (loaded) {
    // The CUDA build computes on the processor where it finds no card.
    if (loaded.folder === folder || (kind === 'cpu' && !loaded.native.isUsingGpuDevice())) return loaded.native;
    throw new Error('another build of TensorFlow is loaded already, and a process can hold only one; start Overbatch again to change it');
  }
  const file = join(folder, BINDING_FILE);
  if (!existsSync(file)) throw new Error(`it is not installed (there is no ${file})`);
  checkProcessor();
  for (const [name, value] of Object.entries({ ...ENVIRONMENT, ...(alone && ALONE) })) process.env[name] ??= value;
  const native = createRequire(import.meta.url)(file) as NativeBinding;
  if (typeof native.traceBegin !== 'function')
    throw new Error(`${file} was built for another version of Overbatch; install the engine again`);
  loaded = { folder, native };
  return native;
}
