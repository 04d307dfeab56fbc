// What our kernels need of TF.js's WebAssembly backend, and how kernels of ours take the place of stock ones.
import {
  getKernel,
  registerKernel,
  unregisterKernel,
  type DataType,
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { KernelProgram } from './program';

/** Views of the heap become invalid when it grows: allocate first, look afterwards. Pointers stay valid. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  /** One more tensor has these values. */
  incRef(dataId: object): void;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  wasm: { _malloc(bytes: number): number; _free(pointer: number): void };
  /** Ours, in the same heap. */
  program: KernelProgram;
}

export type Kernel<Inputs extends string, Attributes> = (
  inputs: Record<Inputs, Tensor>,
  attributes: Attributes,
  backend: WasmBackend,
) => Tensor | TensorInfo | TensorInfo[];

const BACKEND = 'wasm';

/** Registers a kernel in place of the stock one, which it is made from and may fall back on. */
export function registerWasmKernel<Inputs extends string, Attributes>(
  kernelName: string,
  make: (stock: KernelFunc) => Kernel<Inputs, Attributes>,
): void {
  const stock = getKernel(kernelName, BACKEND);
  const kernel = make(stock?.kernelFunc ?? missing(kernelName));
  if (stock) unregisterKernel(kernelName, BACKEND);
  registerKernel({
    kernelName,
    backendName: BACKEND,
    setupFunc: stock?.setupFunc,
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Record<Inputs, Tensor>, (attrs ?? {}) as NamedAttrMap as Attributes, backend as WasmBackend),
  });
}

const missing =
  (kernelName: string): KernelFunc =>
  () => {
    throw new Error(`TensorFlow.js has no ${kernelName} for WebAssembly.`);
  };

export const BYTES = 4;

export const floats = (backend: WasmBackend, info: TensorInfo): Float32Array => backend.typedArrayFromHeap(info) as Float32Array;

/** Where a tensor's values begin. */
export const pointer = (backend: WasmBackend, { dataId }: { dataId: object }): number => backend.dataIdMap.get(dataId).memoryOffset;

/** Lends `use` room for so many floats each, and takes it back whatever happens; nothing is taken for 0. */
export function withScratch<T>(backend: WasmBackend, sizes: readonly number[], use: (...pointers: number[]) => T): T {
  const pointers: number[] = [];
  try {
    for (const size of sizes) pointers.push(size > 0 ? backend.wasm._malloc(BYTES * size) : 0);
    return use(...pointers);
  } finally {
    for (const taken of pointers) if (taken !== 0) backend.wasm._free(taken);
  }
}
