// Keeps the budget: every call's need is known from its trial, and one that would pass the budget is refused before it runs,
// because an allocation that fails inside TensorFlow's kernels takes the whole process down (CAPTURE.md, "Memory").
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { FailureError } from '#shared/failure';
import { outOfMemoryIn } from './out-of-memory';
import type { CompiledFunction, Meter } from './runtime';

export class BudgetMeter {
  /** Bytes in use before the run began: every figure here is above it. */
  readonly baselineBytes: number;
  limitBytes = Infinity;
  private peak = 0;
  private peakSinceAsked = 0;
  private devicePeak = 0;
  /** Host memory that holds parked tensors now. */
  parkedBytes = 0;
  private parkedPeak = 0;
  /** For each function the most that was in use before a call of it, and the most during one. */
  private readonly seen = new Map<string, { before: number; reached: number }>();

  /** @param hostBytes host memory held beside the engine's for as long as the run lasts (samples read ahead) */
  constructor(
    private readonly meter: Meter,
    private readonly hostBytes = 0,
  ) {
    this.baselineBytes = meter.inUseBytes();
  }

  /** Parked bytes included where they are of the same memory. */
  get inUseBytes(): number {
    return this.deviceBytes + this.shared;
  }

  get peakBytes(): number {
    return Math.max(this.peak, this.inUseBytes);
  }

  /** The engine's alone, at its worst moment. */
  get devicePeakBytes(): number {
    return Math.max(this.devicePeak, this.deviceBytes);
  }

  /** Most host memory that held parked tensors at once. */
  get parkedPeakBytes(): number {
    return this.parkedPeak;
  }

  /** Whether parked bytes are of the memory that the budget bounds: everywhere but on a graphics card. */
  get countsParked(): boolean {
    return !this.meter.isDeviceMemory;
  }

  get heapBytes(): number | undefined {
    return this.meter.heapBytes?.();
  }

  /** The worst moment since this was asked last. */
  takePeakBytes(): number {
    const most = Math.max(this.peakSinceAsked, this.inUseBytes);
    this.peakSinceAsked = 0;
    return most;
  }

  resetPeak(): void {
    this.peak = this.inUseBytes;
    this.peakSinceAsked = 0;
    this.devicePeak = this.deviceBytes;
    this.parkedPeak = this.parkedBytes;
  }

  /**
   * Takes bytes of host memory into account before they are taken, until `unpark`.
   * @param micro samples of the piece, for the sentence of the failure
   * @throws FailureError out-of-memory where they are of the budget's memory and would pass it
   */
  park(bytes: number, micro: number): void {
    if (this.countsParked && this.inUseBytes + bytes > this.limitBytes) throw this.refusal(this.inUseBytes + bytes, micro);
    this.parkedBytes += bytes;
    this.parkedPeak = Math.max(this.parkedPeak, this.parkedBytes);
    this.reached(this.inUseBytes);
  }

  unpark(bytes: number): void {
    this.parkedBytes -= bytes;
  }

  private reached(bytes: number): void {
    this.peak = Math.max(this.peak, bytes);
    this.peakSinceAsked = Math.max(this.peakSinceAsked, bytes);
  }

  private get deviceBytes(): number {
    return this.meter.inUseBytes() - this.baselineBytes + this.heldBytes;
  }

  /** Host memory beside the engine's, where it is the same memory. */
  get heldBytes(): number {
    return this.countsParked ? this.hostBytes : 0;
  }

  private get shared(): number {
    return this.countsParked ? this.parkedBytes : 0;
  }

  private refusal(neededBytes: number, micro: number): FailureError {
    return new FailureError({ kind: 'out-of-memory', neededBytes, availableBytes: this.limitBytes, micro });
  }

  /**
   * Runs a compiled function if what it needs still fits.
   * @param micro samples of the piece, for the sentence of the failure
   * @throws FailureError out-of-memory: before anything ran, or with its result thrown away where it took more than the budget all the same
   */
  call(compiled: CompiledFunction, inputs: Tensor[], micro: number): Tensor[] {
    const before = this.deviceBytes;
    const seen = this.seen.get(compiled.name) ?? { before, reached: before };
    // A function of fixed shapes takes the same each time, but part of it may be there already (filters that WASM packed for an earlier
    // piece): what it reaches is the same then, what it adds is not. More in use than ever before a call of it comes on top.
    const needed = seen.reached + Math.max(0, before - seen.before) + this.shared;
    if (needed > this.limitBytes) throw this.refusal(needed, micro);
    this.reached(before + this.shared);
    this.devicePeak = Math.max(this.devicePeak, before);
    this.meter.resetPeak();
    const noted = (): number => {
      const reached = this.meter.peakBytes() - this.baselineBytes + this.heldBytes;
      this.reached(reached + this.shared);
      this.devicePeak = Math.max(this.devicePeak, reached);
      this.seen.set(compiled.name, { before: Math.max(seen.before, before), reached: Math.max(seen.reached, reached) });
      return reached + this.shared;
    };
    let outputs: Tensor[];
    try {
      outputs = compiled.call(inputs);
    } catch (error) {
      noted();
      throw this.named(error, micro) ?? error;
    }
    const reached = noted();
    if (reached > this.limitBytes) {
      dispose(outputs);
      throw this.refusal(reached, micro);
    }
    return outputs;
  }

  /** The failure of a piece of `micro` samples, if running out of memory is what the engine's error means; it does not know whose call it was. */
  named(error: unknown, micro: number): FailureError | undefined {
    const failure = outOfMemoryIn(error, this.inUseBytes, this.limitBytes);
    return failure && new FailureError({ ...failure, micro });
  }

  /** Memory that the engine keeps for its next use goes back to the system, where it keeps any. */
  release(): void {
    this.meter.release?.();
  }
}
