// Starts our own WebAssembly program (native/wasm) in the memory of TF.js's: it has no memory and allocates nothing.
import type { KernelProgram } from '#engine/kernels/wasm/program';
import { KERNELS_BASE64 } from './kernels-binary';

export async function startKernels(memory: WebAssembly.Memory): Promise<KernelProgram> {
  const { instance } = await WebAssembly.instantiate(Buffer.from(KERNELS_BASE64, 'base64'), { env: { memory } });
  return instance.exports as unknown as KernelProgram;
}
