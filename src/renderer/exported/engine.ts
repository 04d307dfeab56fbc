// Stock TensorFlow.js on its WebAssembly program, which is given as bytes: nothing is asked of any server.
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import startProgram from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { env, ready, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { tfjsFunctions } from '#engine/kernels/wasm/bind';

type Program = BackendWasm['wasm'] & Parameters<typeof tfjsFunctions>[0];

/** @throws where the browser is too old for the program */
export async function startEngine(wasm: Uint8Array<ArrayBuffer>): Promise<void> {
  // A realm that is no browser (an export being tried) has none.
  if (!env().platform) env().setPlatform('exported', PLATFORM);
  const module = await new Promise<Program>((resolve, reject) => {
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      isReady: (instance: WebAssembly.Instance, program: WebAssembly.Module) => void,
    ) => {
      WebAssembly.instantiate(wasm, imports).then(({ instance, module }) => isReady(instance, module), reject);
      return {}; // Tells the program's glue that the answer comes later.
    };
    startProgram({ instantiateWasm }).then((started) => resolve(started as unknown as Program), reject);
  });
  module.tfjs = tfjsFunctions(module);
  removeBackend('wasm');
  registerBackend('wasm', () => new BackendWasm(module));
  await setBackend('wasm');
  await ready();
}

const PLATFORM = {
  fetch: (): Promise<Response> => Promise.reject(new Error('An exported model asks nothing of any server.')),
  now: (): number => performance.now(),
  encode: (text: string): Uint8Array => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array): string => new TextDecoder().decode(bytes),
  setTimeoutCustom: (call: () => void, delay: number): void => void setTimeout(call, delay),
  isTypedArray: (value: unknown): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
    ArrayBuffer.isView(value) && !(value instanceof DataView),
};
