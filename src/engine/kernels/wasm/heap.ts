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

/** Views of the heap become invalid when it grows: allocate first, look afterwards. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  /** One more tensor has these values. */
  incRef(dataId: object): void;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
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

export const floats = (backend: WasmBackend, info: TensorInfo): Float32Array => backend.typedArrayFromHeap(info) as Float32Array;
