// Starts TF.js's WebAssembly program by its own glue, with our heap behind it. TF.js's loader would leave no room for that.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { tfjsFunctions } from '#engine/kernels/wasm/bind';
import { countAllocations } from './counted-binary';
import type { CountedHeap, WasmImports } from './counted-heap';

type WasmModule = BackendWasm['wasm'];

/** Of emscripten's module, what TF.js's declarations leave out. */
export type EmscriptenModule = WasmModule & {
  asm: { memory: WebAssembly.Memory; malloc(bytes: number): number; stackSave(): number; stackRestore(pointer: number): void };
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  cwrap<F>(name: string, result: string | null, parameters: string[]): F;
};

interface Settings {
  instantiateWasm(imports: WasmImports, ready: (instance: WebAssembly.Instance) => void): object;
  print(text: string): void;
  printErr(text: string): void;
}

/** The folder of the installed package, wherever Node finds it from here; in a packaged app Electron's fs reads inside the archive. */
export function wasmPackageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
}

export async function startModule(heap: CountedHeap): Promise<EmscriptenModule> {
  const folder = join(wasmPackageFolder(), 'wasm-out');
  const binary = countAllocations(await readFile(join(folder, 'tfjs-backend-wasm-simd.wasm')));
  const factory = createRequire(import.meta.url)(join(folder, 'tfjs-backend-wasm.js')) as (s: Settings) => Promise<EmscriptenModule>;

  const restore = rememberListeners();
  const module = await new Promise<EmscriptenModule>((resolve, reject) => {
    const instantiateWasm: Settings['instantiateWasm'] = (imports, ready) => {
      heap.connect(imports);
      WebAssembly.instantiate(binary, imports as unknown as WebAssembly.Imports).then(({ instance }) => {
        heap.attach(instance.exports);
        ready(instance);
      }, reject);
      return {}; // Tells the glue that the answer comes later.
    };
    // What the program prints are warnings before it fails; the failure itself is thrown.
    factory({ instantiateWasm, print: () => {}, printErr: () => {} }).then(resolve, reject);
  }).finally(restore);

  module.tfjs = tfjsFunctions(module);
  throwWhenExhausted(module, heap);
  return module;
}

/** The glue adds listeners that rethrow every uncaught error, so that nobody else's handler would be heard. The answer takes them away. */
function rememberListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.rawListeners(event)));
  return () =>
    events.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i].has(listener)) process.removeListener(event, listener as () => void);
      }
    });
}

/**
 * Growth that fails throws already (counted-heap.ts); left are requests no heap could hold, whose sizes the program's 32-bit numbers would
 * take for small ones. emscripten binds _malloc at its first call: make that first.
 */
function throwWhenExhausted(module: EmscriptenModule, heap: CountedHeap): void {
  module._free(module._malloc(1));
  module._malloc = (bytes) => {
    const pointer = bytes > heap.limitBytes ? 0 : module.asm.malloc(bytes);
    if (pointer === 0) throw heap.outOfMemory(heap.inUseBytes() + bytes);
    return pointer;
  };
}
