// A mini-batch stage by stage: every stage runs for all micro-batches before the next does, forward and then backward, so each BatchNorm
// is the whole mini-batch's. It ends with what mbp.ts' own accumulate gives: totals, gradient sums, pooled statistics.
import { dispose, div, fill, scalar, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { PieceReader, Workbench } from '../mbp';
import { compiledStage } from './compiled-stage';
import { carryKeys, divisionsBefore, sumKeys } from './gathered';
import { isParked, SEEN, specOf, type Key } from './keys';
import { Parking } from './parking';
import { parkedSamples, type Step } from './schedule';
import type { ExactBatchNorm } from './exact';

/**
 * The caller disposes of the answer.
 * @throws FailureError out-of-memory before a call that does not fit; nothing parked, no partial sum is left then
 */
export function accumulateExactly(bench: Workbench, exact: ExactBatchNorm, pieces: readonly number[], readPiece: PieceReader): Tensor[] {
  const run = new MiniBatch(bench, exact);
  try {
    const total = pieces.reduce((sum, size) => sum + size, 0);
    const passes = exact.steps.length;
    for (const [pass, step] of exact.steps.entries()) {
      run.complete(step, pieces);
      let start = 0;
      for (const [piece, size] of pieces.entries()) {
        const samples = step === exact.steps[0] ? readPiece(start, size) : [];
        try {
          run.call(step, piece, start, size, samples);
        } finally {
          dispose(samples);
        }
        start += size;
        bench.onPiece?.({ step: bench.learner.step + 1, done: start, samples: total, pass: pass + 1, passes });
      }
    }
    return run.take(carryKeys(exact.staging));
  } finally {
    run.end();
  }
}

/** The tensors of one mini-batch: sums and statistics in the engine, the rest parked. */
class MiniBatch {
  private readonly sums = new Map<Key, Tensor>();
  private readonly parking: Parking;

  constructor(
    private readonly bench: Workbench,
    private readonly exact: ExactBatchNorm,
  ) {
    this.parking = new Parking(bench.meter);
    for (const key of sumKeys(exact.staging))
      this.sums.set(
        key,
        tidy(() => fill(specOf(exact.staging, key, 1).shape, 0)),
      );
  }

  /** Before a step: what the steps before it gathered is whole now, and is divided by the mini-batch's positions. */
  complete(step: Step, pieces: readonly number[]): void {
    const samples = pieces.reduce((a, b) => a + b, 0);
    for (const { sum, mean, positions } of divisionsBefore(step, this.exact.staging))
      if (!this.sums.has(mean)) this.sums.set(mean, div(this.sums.get(sum)!, positions * samples));
  }

  /** One stage function for one piece. */
  call({ fn, drops, parks }: Step, piece: number, start: number, size: number, samples: Tensor[]): void {
    const { learner, meter, programs } = this.bench;
    const made: Tensor[] = [];
    let given: Tensor[] = [];
    const upload = (tensor: Tensor): Tensor => {
      made.push(tensor);
      return tensor;
    };
    try {
      if (samples.length > 0)
        for (const key of parkedSamples(this.exact.steps)) this.parking.put(key, piece, samples[Number(key.slice(7))]);
      const inputs = fn.takes.map((key) => {
        if (key === SEEN) return upload(scalar(start));
        if (key.startsWith('weight ')) return learner.weights[Number(key.slice(7))];
        if (key.startsWith('sample ') && samples.length > 0) return samples[Number(key.slice(7))];
        return isParked(key) ? upload(this.parking.take(key, piece)) : this.sums.get(key)!;
      });
      const compiled = compiledStage(programs, this.exact, fn, size);
      given = meter.call(compiled, inputs, size);
      for (const key of drops) this.parking.drop(key, piece);
      for (const [i, key] of fn.gives.entries()) {
        if (parks.includes(key)) this.parking.put(key, piece, given[i]);
        if (isParked(key)) continue;
        this.sums.get(key)!.dispose();
        this.sums.set(key, given[i]);
      }
    } finally {
      dispose(made);
      const kept = new Set(this.sums.values());
      dispose(given.filter((tensor) => !kept.has(tensor)));
    }
  }

  /** Hands tensors over to the caller. */
  take(keys: Key[]): Tensor[] {
    return keys.map((key) => {
      const tensor = this.sums.get(key)!;
      this.sums.delete(key);
      return tensor;
    });
  }

  end(): void {
    dispose([...this.sums.values()]);
    this.parking.clear();
  }
}
