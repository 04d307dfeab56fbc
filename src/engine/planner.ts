// From a budget to a plan: measures a few small pieces for real, fits a line, cuts the mini-batch into equal pieces that fit,
// and verifies the chosen size by trial. Running a step changes nothing, so measuring is harmless.
import { FailureError } from '#shared/failure';
import type { MeasuredPoint, MemoryFit, Plan } from '#shared/plan';
import { planExactly } from './exact-batch-norm/plan';
import { checkStatistics } from './check-statistics';
import { memoryParts } from './memory-parts';
import { equalPieces, evenSize, pieceSizes } from './pieces';
import { trial, tryEvaluation } from './trial';
import { refuseToCut, verdictOf } from './verdict';
import type { Workbench } from './mbp';

/** The first size measured; one sample alone would mislead (BatchNorm, per-call workspace). */
const FIRST_PROBE = 2;
/** A trial is at most this many times larger than one that was measured: a line is not trusted further. */
export const GROWTH = 4;
const MOST_TRIALS = 8;
/** So often a smaller size is taken from the line; then halves are tried, which come to one sample soon. */
const MOST_BY_LINE = 3;

export interface PlanRequest {
  /** N_B. */
  batch: number;
  micro: number | 'auto';
  /** N_μ at most, whatever would fit; absent: no limit. */
  mostMicro?: number;
  budgetBytes: number;
  train: number;
  validation: number;
  /** Host memory for parked tensors where that is not the budget's; absent: any amount. */
  hostBytes?: number;
  /** What exact BatchNorm parks, as an earlier plan of the run had it. */
  kept?: readonly number[];
  /** Measured before, by a process of the same plan that died of a larger size. */
  known?: readonly MeasuredPoint[];
  /** Told before a size is tried, which may be the end of the process, and when it was measured. */
  onTrial?(micro: number): void;
  onMeasured?(point: MeasuredPoint): void;
  /** Awaited between trials, so that a message can come in. */
  pause(): Promise<void>;
  now(): number;
}

type Measured = Pick<MeasuredPoint, 'micro' | 'peakBytes'>;

/** Least squares over the measured points; one point says nothing about the slope. */
export function fitMemory(points: readonly Measured[]): MemoryFit {
  const meanSize = points.reduce((sum, p) => sum + p.micro, 0) / points.length;
  const meanBytes = points.reduce((sum, p) => sum + p.peakBytes, 0) / points.length;
  const spread = points.reduce((sum, p) => sum + (p.micro - meanSize) ** 2, 0);
  const slope = spread > 0 ? points.reduce((sum, p) => sum + (p.micro - meanSize) * (p.peakBytes - meanBytes), 0) / spread : 0;
  return { bytesPerSample: slope, fixedBytes: meanBytes - slope * meanSize };
}

/** The line through the two largest sizes: below them the peak may lie elsewhere, e.g. in the update. */
export const localFit = (points: readonly Measured[]): MemoryFit => fitMemory(points.slice(-2));

/** The largest piece the fit allows, at least 1. */
export const largestPiece = ({ fixedBytes, bytesPerSample }: MemoryFit, budget: number): number =>
  bytesPerSample > 0 ? Math.max(1, Math.floor((budget - fixedBytes) / bytesPerSample)) : Number.MAX_SAFE_INTEGER;

/**
 * @throws FailureError out-of-memory when not even the asked (or the smallest) piece fits the budget; nothing was trained
 * @throws FailureError bad-setting where BatchNorm would have a single value per channel to normalize
 */
export async function makePlan(bench: Workbench, request: PlanRequest): Promise<Plan> {
  const plan = await (bench.learner.network.batchNorm === 'exact' ? planExactly(bench, request, cutToFit) : cutToFit(bench, request));
  checkStatistics(bench.learner.network, request.train, Math.min(request.batch, request.train), plan);
  return plan;
}

async function cutToFit(bench: Workbench, request: PlanRequest): Promise<Plan> {
  const { budgetBytes, train, validation, pause, now } = request;
  const batch = Math.min(request.batch, train);
  const measured = new Map((request.known ?? []).map((point) => [point.micro, point]));
  /** Peak above what was in use when the trial began. */
  const above = new Map<number, number>();
  /** What the engine said when it ran out by itself, below the budget. */
  let exhausted: FailureError | undefined;
  /** All that a run does with pieces of this size, or what of it was not tried before: nothing takes long twice. */
  const attempt = async (micro: number, evaluation: readonly number[], before: number): Promise<MeasuredPoint> => {
    const steps = above.get(micro);
    if (steps !== undefined) {
      const evaluated = evaluation.length > 0 ? await tryEvaluation(bench, evaluation) : 0;
      return { ...measured.get(micro)!, peakBytes: Math.max(before + steps, evaluated) };
    }
    const smaller = points().findLast((point) => point.micro <= micro);
    const expectedMs = smaller ? (smaller.milliseconds * micro) / smaller.micro : 0;
    return trial(bench, micro, evaluation, now, expectedMs);
  };
  /** Peak of a trial; a size that the engine cannot hold is above every budget. */
  const measure = async (micro: number, evaluation: readonly number[] = []): Promise<number> => {
    request.onTrial?.(micro);
    await pause();
    const before = bench.meter.inUseBytes;
    try {
      const point = await attempt(micro, evaluation, before);
      request.onMeasured?.(point);
      measured.set(micro, point);
      above.set(micro, point.peakBytes - before);
      return point.peakBytes;
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'out-of-memory') throw error;
      exhausted = new FailureError({ ...error.failure, micro });
      return Infinity;
    }
  };
  /** What was compiled for other sizes holds constants, which a run with these pieces does not have. */
  const keepOnly = (...micros: number[]): void => {
    const sizes = micros.map((micro) => pieceSizes(train, validation, batch, micro));
    bench.programs.keepSizes(
      sizes.flatMap(({ step }) => step),
      sizes.flatMap(({ evaluation }) => evaluation),
    );
  };
  /** Tries every size a run with this piece will use, the largest first; answers its peak, or the first that does not fit. */
  const verify = async (micro: number): Promise<number> => {
    const { step, evaluation } = pieceSizes(train, validation, batch, micro);
    for (const [i, size] of step.entries()) {
      const peakBytes = await measure(size, i === 0 ? evaluation : []);
      if (peakBytes > budgetBytes) return peakBytes;
    }
    // Functions compiled later keep their constants in memory: the run starts from more than the trials did.
    return bench.meter.inUseBytes + Math.max(...step.map((size) => above.get(size)!));
  };
  const points = (): MeasuredPoint[] => [...measured.values()].sort((a, b) => a.micro - b.micro);

  const asked = request.micro === 'auto' ? undefined : Math.min(request.micro, batch);
  const cap = Math.min(batch, request.mostMicro ?? batch);
  const most = await probe(asked ?? cap, asked !== undefined, budgetBytes, measure, points);
  let micro =
    asked === undefined
      ? evenSize(batch, Math.min(cap, most, largestPiece(localFit(points()), budgetBytes)))
      : Math.max(...equalPieces(batch, asked));
  let peakBytes: number;
  for (let attempt = 0; ; attempt++) {
    keepOnly(micro);
    peakBytes = await verify(micro);
    if (peakBytes <= budgetBytes) break;
    if (asked !== undefined || micro === 1) {
      if (peakBytes === Infinity && exhausted) throw exhausted;
      throw new FailureError({ kind: 'out-of-memory', neededBytes: peakBytes, availableBytes: budgetBytes, micro });
    }
    // Where the engine ends no line tells.
    const isHalved = peakBytes === Infinity || attempt >= MOST_BY_LINE;
    const less = isHalved ? Math.floor(micro / 2) : Math.min(micro - 1, largestPiece(localFit(points()), budgetBytes));
    micro = evenSize(batch, less);
  }
  // The line may have stood on a step of the curve. Where what was verified shows a flatter one, a larger size is tried.
  let refused = Infinity;
  for (let attempt = 0; asked === undefined && attempt < MOST_TRIALS; attempt++) {
    const allowed = Math.min(cap, most, GROWTH * micro, refused - 1, largestPiece(localFit(points()), budgetBytes));
    const larger = evenSize(batch, allowed);
    if (larger <= micro) break;
    keepOnly(micro, larger);
    const peak = await verify(larger);
    if (peak <= budgetBytes) [micro, peakBytes] = [larger, peak];
    else refused = larger;
  }

  keepOnly(micro);
  const fit = localFit(points());
  const pieces = equalPieces(batch, micro);
  refuseToCut(bench.programs.objective.loss, pieces.length);
  const chosen = measured.get(micro)!;
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
    verdict: verdictOf(bench.learner.network, pieces),
    secondsPerEpoch: ((chosen.milliseconds / 1000) * train) / micro,
    heldBytes: bench.meter.heldBytes,
  };
}

/** Measures growing sizes up to `most` until the line says where the budget ends; answers the largest size still in question. */
async function probe(
  most: number,
  isAsked: boolean,
  budgetBytes: number,
  measure: (micro: number) => Promise<number>,
  points: () => MeasuredPoint[],
): Promise<number> {
  /** Nothing is known between two sizes that need the same: what grows with them is still hidden below what does not, e.g. the update. */
  const isLine = (): boolean => localFit(points()).bytesPerSample > 0;
  const next = (size: number, peak: number): number => {
    // Memory grows at most in proportion, so this size is inside the budget before it is tried (or one sample past what was).
    const proportion = Math.max(size + 1, Math.min(GROWTH * size, Math.floor((size * budgetBytes) / peak)));
    if (size <= FIRST_PROBE) return Math.min(most, proportion);
    // Where little of it grows that comes to no end: the line, which had ended the search otherwise, says that much more fits.
    return Math.min(most, Math.max(proportion, (isLine() ? GROWTH : 2) * size));
  };
  let size = points().at(-1)?.micro ?? Math.min(FIRST_PROBE, most);
  let peakBytes = points().at(-1)?.peakBytes ?? (await measure(size));
  for (;;) {
    if (peakBytes > budgetBytes) return Math.max(1, size - 1);
    if (size >= most || (isAsked && size > FIRST_PROBE)) return most;
    if (size > FIRST_PROBE && largestPiece(localFit(points()), budgetBytes) <= GROWTH * size) return most;
    size = next(size, peakBytes);
    peakBytes = await measure(size);
  }
}
