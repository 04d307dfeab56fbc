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
   * @throws FailureError out-of-memory: before anything ran, or with its result thrown away where it took more than the budget all the same
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
    const noted = (): number => {
      const reached = this.meter.peakBytes() - this.baselineBytes;
      this.peak = Math.max(this.peak, reached);
      this.seen.set(compiled.name, { before: Math.max(seen.before, before), reached: Math.max(seen.reached, reached) });
      return reached;
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
      throw new FailureError({ kind: 'out-of-memory', neededBytes: reached, availableBytes: this.limitBytes, micro });
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
