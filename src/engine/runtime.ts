// What the engine asks of a backend: run a pure function of tensors, and count bytes. One such object a process.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { EngineReport } from '#shared/engine';
import type { Precision } from '#shared/run-spec';

export interface TensorSpec {
  shape: number[];
  dtype: 'float32' | 'int32';
}

/**
 * Tensors in, tensors out: no reads, no state, nothing that changes from call to call closed over.
 * Every returned tensor is new (never one of the inputs). A function may name inputs that it spends (kernels/accumulate.ts): their memory may
 * be that of a result afterwards, and their values are gone.
 */
export type TensorFunction = (inputs: Tensor[]) => Tensor[];

/** A function made ready for inputs of fixed shapes. The caller owns inputs and outputs; temporaries are gone on return. */
export interface CompiledFunction {
  readonly name: string;
  call(inputs: Tensor[]): Tensor[];
  dispose(): void;
}

/** Bytes the backend holds, counted by itself. */
export interface Meter {
  /** The bytes are a graphics card's: what JavaScript's own arrays hold is elsewhere. */
  readonly isDeviceMemory?: true;
  inUseBytes(): number;
  /** Highest inUseBytes since the last resetPeak. */
  peakBytes(): number;
  resetPeak(): void;
  /** WASM: bytes of its heap, which never shrinks. */
  heapBytes?(): number;
  /** Gives memory that waits for its next use back to the system. */
  release?(): void;
}

export interface Runtime {
  readonly report: EngineReport;
  /** A compiled function is one call of the engine, however much is in it. */
  readonly captures?: boolean;
  /** It has kernels for kernels/pooled-convolution.ts. */
  readonly poolsConvolutions?: boolean;
  /** BatchNorm and what follows it are one kernel of it (fused-normalizations.ts). */
  readonly fusesNormalizations?: boolean;
  /** An op of it is computed by all cores. */
  readonly isParallel?: boolean;
  /** It has kernels for kernels/max-pool.ts. */
  readonly codesPooling?: boolean;
  readonly meter: Meter;
  /** Why it is not to compute products in these numbers, as a clause; absent where it may. */
  readonly precisionProblems: Partial<Record<Precision, string>>;
  /** Captured as one TensorFlow function where the backend can, called directly elsewhere: same result, bit for bit, in float32. */
  compile(name: string, fn: TensorFunction, inputs: TensorSpec[], precision?: Precision): CompiledFunction;
  /** Bytes above its inputs that a call would need at once: an estimate from shapes, nothing is computed. Absent where an engine cannot tell. */
  forecast?(name: string, fn: TensorFunction, inputs: TensorSpec[], precision?: Precision): number;
}
