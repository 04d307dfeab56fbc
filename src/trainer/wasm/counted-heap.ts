// The bytes WebAssembly holds, to the byte asked for: the program tells of every allocation (counted-binary.ts). Its heap itself never shrinks.
import type { Meter } from '#engine/runtime';
import { FailureError } from '#shared/failure';
import { ALLOCATED, EVENT, FREED, POINTER, SIZE } from './counted-binary';

/** What emscripten's glue hands to the program; its functions may be replaced before the program starts. */
export interface WasmImports {
  env: {
    emscripten_get_heap_max(): number;
    /** Grows the heap to at least so many bytes; false when it cannot. */
    emscripten_resize_heap(bytes: number): boolean;
  };
}

export class CountedHeap implements Meter {
  private readonly sizes = new Map<number, number>();
  private inUse = 0;
  private peak = 0;
  private globals?: Record<typeof EVENT | typeof POINTER | typeof SIZE, WebAssembly.Global<'i32'>>;
  private memory?: WebAssembly.Memory;

  /** @param limitBytes most the heap may grow to; 4 GiB less a page is what 32-bit addresses can name */
  constructor(readonly limitBytes = 2 ** 32 - 65536) {}

  inUseBytes(): number {
    return this.inUse;
  }

  peakBytes(): number {
    return this.peak;
  }

  resetPeak(): void {
    this.peak = this.inUse;
  }

  heapBytes(): number {
    return this.memory?.buffer.byteLength ?? 0;
  }

  /** @param heapBytes what the heap would have to grow to */
  outOfMemory(heapBytes: number): FailureError {
    return new FailureError({ kind: 'out-of-memory', neededBytes: heapBytes, availableBytes: this.limitBytes, micro: 0 });
  }

  /**
   * Listens to the program, and makes growing past the limit an exception: left alone, malloc answers 0 and TF.js writes to address 0.
   * The exception passes through the program's frames; its allocator asks for growth before it changes anything.
   */
  connect({ env }: WasmImports): void {
    const { emscripten_get_heap_max: heapMax, emscripten_resize_heap: resize } = env;
    env.emscripten_get_heap_max = () => (this.note() ? 0 : heapMax());
    env.emscripten_resize_heap = (requested) => {
      const bytes = requested >>> 0;
      if (bytes > this.limitBytes || !resize(requested)) throw this.outOfMemory(bytes);
      return true;
    };
  }

  attach(exports: WebAssembly.Exports): void {
    this.globals = exports as unknown as typeof this.globals;
    this.memory = exports.memory as WebAssembly.Memory;
  }

  /** Takes the event the program is telling of, if it is telling one. */
  private note(): boolean {
    const event = this.globals?.[EVENT].value;
    if (!this.globals || !event) return false;
    const pointer = this.globals[POINTER].value;
    if (event === ALLOCATED) {
      const bytes = this.globals[SIZE].value >>> 0;
      this.sizes.set(pointer, bytes);
      this.inUse += bytes;
      if (this.inUse > this.peak) this.peak = this.inUse;
    } else if (event === FREED) {
      this.inUse -= this.sizes.get(pointer) ?? 0;
      this.sizes.delete(pointer);
    }
    return true;
  }
}
