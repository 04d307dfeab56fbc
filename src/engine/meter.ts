// Keeps the budget: every call's need is known from its trial, and one that would pass the budget is refused before it runs,
// because an allocation that fails inside TensorFlow's kernels takes the whole process down (CAPTURE.md, "Memory").
import type { Tensor } from '@tensorflow/tfjs-core';
import { FailureError } from '#shared/failure';
import type { CompiledFunction, Meter } from './runtime';

export class BudgetMeter {
  /** Bytes in use before the run began: every figure here is above it. */
  readonly baselineBytes: number;
  limitBytes = Infinity;
  private peak = 0;
  /** For each function the most that was in use before a call of it, and the most during one. */
  private readonly seen = new Map<string, { before: number; reached: number }>();

  constructor(private readonly meter: Meter) {
    this.baselineBytes = meter.inUseBytes();
  }

  get inUseBytes(): number {
    return this.meter.inUseBytes() - this.baselineBytes;
  }

  get peakBytes(): number {
    return Math.max(this.peak, this.inUseBytes);
  }

  get heapBytes(): number | undefined {
    return this.meter.heapBytes?.();
  }

  resetPeak(): void {
    this.peak = this.inUseBytes;
  }

  /**
   * Runs a compiled function if what it needs still fits.
   * @param micro samples of the piece, for the sentence of the failure
   * @throws FailureError out-of-memory, before anything ran
   */
  call(compiled: CompiledFunction, inputs: Tensor[], micro: number): Tensor[] {
    const before = this.inUseBytes;
    const seen = this.seen.get(compiled.name) ?? { before, reached: before };
    // A function of fixed shapes takes the same each time, but part of it may be there already (filters that WASM packed for an earlier
    // piece): what it reaches is the same then, what it adds is not. More in use than ever before a call of it comes on top.
    const needed = seen.reached + Math.max(0, before - seen.before);
    if (needed > this.limitBytes) {
      throw new FailureError({ kind: 'out-of-memory', neededBytes: needed, availableBytes: this.limitBytes, micro });
    }
    this.peak = Math.max(this.peak, before);
    this.meter.resetPeak();
    try {
      return compiled.call(inputs);
    } catch (error) {
      // An engine that ran out by itself does not know whose call it was.
      if (error instanceof FailureError && error.failure.kind === 'out-of-memory') throw new FailureError({ ...error.failure, micro });
      throw error;
    } finally {
      const reached = this.meter.peakBytes() - this.baselineBytes;
      this.peak = Math.max(this.peak, reached);
      this.seen.set(compiled.name, { before: Math.max(seen.before, before), reached: Math.max(seen.reached, reached) });
    }
  }
}
