// The native binding as JavaScript sees it: what TF.js's backend calls, and what native/ adds.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** An op's attribute; `type` is one of the binding's TF_ATTR_… numbers. */
export interface OpAttribute {
  name: string;
  type: number;
  value: boolean | number | object | string | number[];
}

/** A tensor of the binding: id ≥ 0; in a trace: id < 0. `dtype` is one of the binding's TF_… numbers. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** The part TF.js's backend uses, and may be given another object for. */
export interface BackendBinding {
  createTensor(shape: number[], dtype: number, values: ArrayBufferView | Uint8Array[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): TensorMetadata[];
  isUsingGpuDevice(): boolean;
  /** Handles that live. */
  getNumOfTensors(): number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_Version: string;
  /** Columns of a product that our ops for convolutions compute at a time: of two of the processor's registers. */
  readonly tileColumns: number;
}

/** Opaque. */
export type Trace = object & { readonly trace: unique symbol };

/** Bytes counted by the CPU allocator, and the arena behind it. */
export interface HostMemory {
  inUse: number;
  peak: number;
  /** Bytes of the arena's pages that are there, and those of them that wait for their next use. */
  resident: number;
  kept: number;
  /** Blocks so far that needed fresh pages. */
  grown: number;
}

export interface NativeBinding extends BackendBinding {
  /** Always copies, unlike createTensor, which may share the buffer. */
  uploadTensor(shape: number[], dtype: number, values: ArrayBufferView): number;
  /** Full name of the device whose memory holds the tensor. */
  tensorDevice(id: number): string;
  /** The trace holds memory until traceFree. */
  traceBegin(): Trace;
  traceInput(trace: Trace, dtype: number, shape: number[]): TensorMetadata;
  traceOp(trace: Trace, name: string, attributes: OpAttribute[], inputs: number[], outputs: number): TensorMetadata[];
  traceEnd(trace: Trace, name: string, inputs: number[], outputs: number[]): void;
  /** Bytes above the inputs that a call of the function would need, from shapes alone. */
  traceForecast(trace: Trace, outputs: number[]): number;
  traceFree(trace: Trace): void;
  removeFunction(name: string): void;
  memory(): HostMemory;
  /** Of the graphics card; undefined without one. */
  deviceMemory(): { inUse: number; peak: number; limit: number } | undefined;
  resetPeak(): void;
  /** Gives back all that is kept. */
  releasePool(): void;
  /** Most bytes that may be kept for their next use; 0: none. */
  limitPool(bytes: number): void;
}

/** TF.js's backend, with the members its type hides. */
export interface TensorFlowBackend {
  binding: BackendBinding;
  createOutputTensor(metadata: TensorMetadata): Tensor;
  getInputTensorIds(tensors: TensorInfo[]): number[];
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: TensorInfo[], outputs: number): Tensor[];
  numDataIds(): number;
}

/** What the backend works with: the native binding, with uploads that copy. */
export function copyingBinding(native: NativeBinding): BackendBinding {
  return Object.create(native, {
    createTensor: {
      value: (shape: number[], dtype: number, values: ArrayBufferView | Uint8Array[]) =>
        ArrayBuffer.isView(values) ? native.uploadTensor(shape, dtype, values) : native.createTensor(shape, dtype, values),
    },
  }) as BackendBinding;
}
