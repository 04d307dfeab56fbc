// What a call would need of WebAssembly's memory, said without computing: its kernels run as always, but the program's functions do nothing
// meanwhile, and room that is asked for is counted and not taken. So tensors live and die exactly as in the call itself.
import { engine, tidy, type DataType, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { tfjsFunctions } from '#engine/kernels/wasm/bind';
import type { KernelProgram } from '#engine/kernels/wasm/program';
import type { TensorFunction, TensorSpec } from '#engine/runtime';
import type { EmscriptenModule } from './module';

/** Values of a tensor that has none: there is nothing to read, and what is written is gone. */
class NoValues extends Float32Array {
  override set(): void {}

  /** A concatenation asks for a part of each input at every pixel: millions of new objects for a large batch, and none holds anything. */
  override subarray(): this {
    return this;
  }
}

const IDLE = new Proxy({} as KernelProgram, { get: () => () => {} });

export class Rehearsal {
  private isOn = false;
  private inUse = 0;
  private peak = 0;
  private pointers = 1;
  private readonly sizes = new Map<number, number>();

  /** To be made before TF.js binds its kernels to the program's functions. */
  constructor(module: EmscriptenModule) {
    const { cwrap, _malloc, _free } = module;
    module.cwrap = <F>(...given: Parameters<typeof cwrap>): F => {
      const bound = cwrap<(...values: unknown[]) => unknown>(...given);
      return ((...values: unknown[]) => (this.isOn ? 0 : bound(...values))) as F;
    };
    module.tfjs = tfjsFunctions(module);
    module._malloc = (bytes) => (this.isOn ? this.take(bytes) : _malloc(bytes));
    module._free = (pointer) => (this.sizes.has(pointer) ? this.giveBack(pointer) : _free(pointer));
  }

  /** Most bytes above its inputs that `fn` would have in use. */
  bytes(backend: BackendWasm & { program: KernelProgram }, fn: TensorFunction, specs: readonly TensorSpec[]): number {
    const { move, readSync, typedArrayFromHeap, program } = backend;
    const noValues = (): NoValues => new NoValues(0);
    this.isOn = true;
    Object.assign(backend, {
      move: (id: object, _values: unknown, shape: number[], dtype: DataType, refCount: number) =>
        move.call(backend, id, null as never, shape, dtype, refCount),
      readSync: noValues,
      typedArrayFromHeap: noValues,
      program: IDLE,
    });
    try {
      return tidy(() => {
        const inputs = specs.map(({ shape, dtype }) => tensorOf(backend, backend.makeOutput(shape, dtype)));
        const before = (this.peak = this.inUse);
        fn(inputs);
        return this.peak - before;
      });
    } finally {
      this.isOn = false;
      Object.assign(backend, { move, readSync, typedArrayFromHeap, program });
    }
  }

  private take(bytes: number): number {
    // The program's own blocks are aligned: none of them lies at an odd place.
    const pointer = (this.pointers += 2);
    this.sizes.set(pointer, bytes);
    this.inUse += bytes;
    this.peak = Math.max(this.peak, this.inUse);
    return pointer;
  }

  private giveBack(pointer: number): void {
    this.inUse -= this.sizes.get(pointer)!;
    this.sizes.delete(pointer);
  }
}

const tensorOf = (backend: KernelBackend, info: TensorInfo): Tensor => engine().makeTensorFromTensorInfo(info, backend) as Tensor;
