// From a budget to a plan: measures a few small pieces for real, fits a line, cuts the mini-batch into equal pieces that fit,
// and verifies the chosen size by trial. Running a step changes nothing, so measuring is harmless.
import { FailureError } from '#shared/failure';
import type { MeasuredPoint, MemoryFit, MemoryParts, Plan } from '#shared/plan';
import { equalPieces, pieceSizes } from './pieces';
import { trial } from './trial';
import { verdictOf } from './verdict';
import type { Workbench } from './mbp';
import { weightCount, type Network } from './network';
import type { Optimizer } from './optimizers';

/** Sizes measured to fit the line, smallest first; one sample alone would mislead (BatchNorm, per-call workspace). */
const PROBES = [2, 8] as const;
const MOST_TRIALS = 8;

export interface PlanRequest {
  /** N_B. */
  batch: number;
  micro: number | 'auto';
  budgetBytes: number;
  train: number;
  validation: number;
  /** Awaited between trials, so that a message can come in. */
  pause(): Promise<void>;
  now(): number;
}

/** Least squares over the measured points; one point says nothing about the slope. */
export function fitMemory(points: readonly MeasuredPoint[]): MemoryFit {
  const meanSize = points.reduce((sum, p) => sum + p.micro, 0) / points.length;
  const meanBytes = points.reduce((sum, p) => sum + p.peakBytes, 0) / points.length;
  const spread = points.reduce((sum, p) => sum + (p.micro - meanSize) ** 2, 0);
  const slope = spread > 0 ? points.reduce((sum, p) => sum + (p.micro - meanSize) * (p.peakBytes - meanBytes), 0) / spread : 0;
  return { bytesPerSample: slope, fixedBytes: meanBytes - slope * meanSize };
}

/** The largest piece the fit allows, at least 1. */
const largest = ({ fixedBytes, bytesPerSample }: MemoryFit, budget: number): number =>
  bytesPerSample > 0 ? Math.max(1, Math.floor((budget - fixedBytes) / bytesPerSample)) : Number.MAX_SAFE_INTEGER;

/**
 * @throws FailureError out-of-memory when not even the asked (or the smallest) piece fits the budget; nothing was trained
 */
export async function makePlan(bench: Workbench, request: PlanRequest): Promise<Plan> {
  const { budgetBytes, train, validation, pause, now } = request;
  const batch = Math.min(request.batch, train);
  const measured = new Map<number, MeasuredPoint>();
  const measure = async (micro: number, evaluation: readonly number[] = []): Promise<MeasuredPoint> => {
    await pause();
    const point = await trial(bench, micro, evaluation, now);
    measured.set(micro, point);
    return point;
  };
  const points = (): MeasuredPoint[] => [...measured.values()].sort((a, b) => a.micro - b.micro);

  const asked = request.micro === 'auto' ? undefined : Math.min(request.micro, batch);
  let most = asked ?? batch;
  for (const size of PROBES) {
    const { micro, peakBytes } = await measure(Math.min(size, most));
    if (peakBytes > budgetBytes) most = Math.min(most, Math.max(1, micro - 1));
    if (size >= most) break;
  }

  let micro = Math.max(...equalPieces(batch, asked ?? Math.min(most, largest(fitMemory(points()), budgetBytes))));
  for (let attempt = 0; ; attempt++) {
    const point = await verify({ ...request, batch }, micro, measure);
    if (point.peakBytes <= budgetBytes) break;
    if (asked !== undefined || micro === 1 || attempt >= MOST_TRIALS) {
      throw new FailureError({ kind: 'out-of-memory', neededBytes: point.peakBytes, availableBytes: budgetBytes, micro });
    }
    micro = Math.max(...equalPieces(batch, Math.min(micro - 1, largest(fitMemory(points()), budgetBytes))));
  }

  const fit = fitMemory(points());
  const pieces = equalPieces(batch, micro);
  const chosen = measured.get(micro)!;
  const sizes = pieceSizes(train, validation, batch, micro).step;
  const peakBytes = Math.max(...sizes.map((size) => measured.get(size)!.peakBytes));
  return {
    batch: request.batch,
    micro,
    pieces,
    peakBytes,
    budgetBytes,
    wholeBatchBytes: Math.max(peakBytes, fit.fixedBytes + fit.bytesPerSample * batch),
    fit,
    measured: points(),
    memory: memoryParts(bench.learner.network, bench.learner.optimizer, peakBytes),
    verdict: verdictOf(bench.learner.network, pieces.length),
    secondsPerEpoch: ((chosen.milliseconds / 1000) * train) / micro,
  };
}

/** Tries every size the run will use; answers the worst. */
async function verify(
  { train, validation, batch }: PlanRequest,
  micro: number,
  measure: (micro: number, evaluation: readonly number[]) => Promise<MeasuredPoint>,
): Promise<MeasuredPoint> {
  const { step, evaluation } = pieceSizes(train, validation, batch, micro);
  const points: MeasuredPoint[] = [];
  for (const size of step) points.push(await measure(size, points.length === 0 ? evaluation : []));
  return points.reduce((worst, point) => (point.peakBytes > worst.peakBytes ? point : worst));
}

function memoryParts(network: Network, optimizer: Optimizer, peakBytes: number): MemoryParts {
  const trainable = 4 * weightCount(network, true);
  const parameters = 4 * weightCount(network);
  // The gradient sum exists twice while a piece is worked: as it was, and with the piece added.
  const accumulator = 2 * trainable;
  const slots = optimizer.slots.length * trainable;
  return { parameters, accumulator, optimizer: slots, activations: Math.max(0, peakBytes - parameters - accumulator - slots) };
}
