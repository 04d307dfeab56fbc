// Loads a built engine in a process of its own and lets it multiply two matrices: a crash there is a sentence here.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { BINDING_FILE } from './locate';

const run = promisify(execFile);
const MOST_MS = 180_000;

/** Runs in the child. [[1,2,3],[4,5,6]] · its transpose = [[14,32],[32,77]]. */
const CHECK = `
const binding = require(process.argv[1]);
const matrix = () => binding.createTensor([2, 3], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4, 5, 6]));
const attributes = [
  { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: true },
  { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
];
const [product] = binding.executeOp('MatMul', attributes, [matrix(), matrix()], 1);
const values = Array.from(binding.tensorDataSync(product.id));
process.stdout.write('\\n' + JSON.stringify({ version: binding.TF_Version, gpu: binding.isUsingGpuDevice(), values }) + '\\n');
`;

interface Checked {
  version: string;
  gpu: boolean;
  values: number[];
}

/** TensorFlow's version; a FailureError in one sentence when the engine does not work here. */
export async function verifyEngine(kind: NativeKind, folder: string, signal: AbortSignal): Promise<string> {
  const { version, gpu, values } = await runCheck(join(folder, BINDING_FILE), signal);
  if (values.join() !== '14,32,32,77') {
    throw broken(`it multiplied two small matrices to ${values.join(', ')} instead of 14, 32, 32, 77`);
  }
  // Without its CUDA libraries TensorFlow leaves the card out and says nothing.
  if (kind === 'cuda' && !gpu) {
    throw broken('it found no NVIDIA card it can use. Install the NVIDIA driver (525 or newer), or install the engine for the processor');
  }
  return version;
}

async function runCheck(binding: string, signal: AbortSignal): Promise<Checked> {
  // In Electron there is no node beside us: its own program is one when asked.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  try {
    const { stdout } = await run(process.execPath, ['-e', CHECK, binding], { signal, env, timeout: MOST_MS });
    return JSON.parse(stdout.trim().split('\n').pop() ?? '') as Checked;
  } catch (error) {
    signal.throwIfAborted();
    throw broken(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const { signal, killed, stderr = '' } = error as { signal?: string; killed?: boolean; stderr?: string };
  if (signal === 'SIGILL') return 'this processor lacks instructions it was built for (AVX at least)';
  if (killed) return `it gave no answer within ${MOST_MS / 1000} seconds`;
  if (signal) return `it crashed with ${signal}`;
  const line = stderr.split('\n').find((text) => /Error|error|cannot/.test(text));
  return (line ?? (error instanceof Error ? error.message : String(error))).trim().slice(0, 300);
}

function broken(reason: string): FailureError {
  return new FailureError({ kind: 'engine-install', problem: `The engine was built but does not work here: ${reason}.` });
}
