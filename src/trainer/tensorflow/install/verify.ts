// Loads a built engine and lets it multiply two matrices, where a crash becomes a sentence.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokenEngine, type NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { BINDING_FILE } from './locate';

const run = promisify(execFile);
const MOST_MS = 180_000;
/** Without it processors lacking AVX-512 get no convolutions of oneDNN. */
const ENVIRONMENT = { TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };

interface Checked {
  version: string;
  gpu: boolean;
  values: number[];
}

/** What of the binding the check calls. */
interface CheckedBinding {
  TF_Version: string;
  TF_FLOAT: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_TYPE: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: number[], type: number, values: Float32Array): number;
  executeOp(name: string, attributes: object[], inputs: number[], outputs: number): { id: number }[];
  tensorDataSync(id: number): Float32Array;
}

/** [[1,2,3],[4,5,6]] · its transpose = [[14,32],[32,77]]. Names nothing outside itself: another process is given its text. */
function multiply(binding: CheckedBinding): Checked {
  const matrix = () => binding.createTensor([2, 3], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4, 5, 6]));
  const attributes = [
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: true },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ];
  const [product] = binding.executeOp('MatMul', attributes, [matrix(), matrix()], 1);
  return { version: binding.TF_Version, gpu: binding.isUsingGpuDevice(), values: Array.from(binding.tensorDataSync(product.id)) };
}

/** TensorFlow's version; a FailureError in one sentence when the engine does not work here. */
export async function verifyEngine(kind: NativeKind, folder: string, signal: AbortSignal): Promise<string> {
  const file = join(folder, BINDING_FILE);
  // A packaged app's program is no Node, and there this process is the installation's own: its host hears of a crash.
  const { version, gpu, values } = process.versions.electron ? checkHere(file) : await checkInAnother(file, signal);
  if (values.join() !== '14,32,32,77') {
    throw broken(`it multiplied two small matrices to ${values.join(', ')} instead of 14, 32, 32, 77`);
  }
  // Without its CUDA libraries TensorFlow leaves the card out and says nothing.
  if (kind === 'cuda' && !gpu) {
    throw broken('it found no NVIDIA card it can use. Install the NVIDIA driver (525 or newer), or install the engine for the processor');
  }
  return version;
}

function checkHere(file: string): Checked {
  Object.assign(process.env, ENVIRONMENT);
  try {
    return multiply(createRequire(import.meta.url)(file) as CheckedBinding);
  } catch (error) {
    throw broken(reasonOf(error));
  }
}

async function checkInAnother(file: string, signal: AbortSignal): Promise<Checked> {
  const program = `process.stdout.write('\\n' + JSON.stringify((${multiply.toString()})(require(process.argv[1]))) + '\\n')`;
  try {
    const { stdout } = await run(process.execPath, ['-e', program, file], {
      signal,
      env: { ...process.env, ...ENVIRONMENT },
      timeout: MOST_MS,
    });
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

const broken = (reason: string): FailureError => new FailureError(brokenEngine(reason));
