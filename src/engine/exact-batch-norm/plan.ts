// A plan with exact BatchNorm: whole where the batch fits in one piece; otherwise stage by stage, and what is parked between stages is part
// of the budget wherever that is host memory.
import { FailureError } from '#shared/failure';
import type { ExactStages, Plan } from '#shared/plan';
import type { Workbench } from '../mbp';
import type { Network } from '../network';
import type { Objective } from '../objectives/objective';
import type { PlanRequest } from '../planner';
import { normalizations } from '../statistics';
import { verdictOf } from '../verdict';
import { exactBatchNorm, type ExactBatchNorm } from './exact';
import { chooseKept, forwardWork } from './keep';

/** Shares of the memory that parked values may take, the next one tried where the rest holds no piece. */
const SHARES = [0.5, 0.25, 0];

/** Why a mini-batch of such a network is not run stage by stage. */
const SAVERS =
  'Exact batch normalization runs the model in stages, which keep no more than one at a time: memory savers have no place in it. Leave them out, or choose frozen batch normalization.';

type Search = (bench: Workbench, request: PlanRequest) => Promise<Plan>;

/**
 * Ways to run a mini-batch stage by stage, each parking less than the one before it.
 * @param memoryBytes of the memory that holds what is parked
 * @param kept what is parked, where an earlier plan settled it
 */
export function* stagings(
  network: Network,
  objective: Objective,
  batch: number,
  memoryBytes: number,
  kept?: readonly number[],
): Generator<ExactBatchNorm> {
  const given = new Set<string>();
  for (const share of SHARES) {
    const most = share === 0 ? 0 : share * memoryBytes;
    const exact = kept ? exactBatchNorm(network, kept, objective) : chooseKept(network, objective, most / batch);
    if (given.has(exact.id)) continue;
    given.add(exact.id);
    yield exact;
  }
}

/**
 * Leaves the workbench as the plan wants it.
 * @throws FailureError out-of-memory
 */
export async function planExactly(bench: Workbench, asked: PlanRequest, search: Search): Promise<Plan> {
  const { network } = bench.learner;
  // What was measured may be of another way to run it.
  const request = { ...asked, known: undefined };
  const { objective } = bench.programs;
  const batch = Math.min(request.batch, request.train);
  bench.exact = undefined;
  if (normalizations(network).length === 0) return search(bench, request);
  const mayBeWhole = !request.kept && (request.micro === 'auto' || request.micro >= batch);
  const whole = mayBeWhole ? await unlessTooLarge(search(bench, request)) : undefined;
  if (whole?.pieces.length === 1) return whole;
  refuseSavers(network);

  const memoryBytes = bench.meter.countsParked ? request.budgetBytes : (request.hostBytes ?? Infinity);
  let refusal: unknown;
  for (const exact of stagings(network, objective, batch, memoryBytes, request.kept)) {
    bench.exact = exact;
    const stages = stagesOf(exact, batch);
    const reserved = bench.meter.countsParked ? stages.parkedBytes : 0;
    try {
      const plan = await search(bench, { ...request, budgetBytes: request.budgetBytes - reserved });
      return {
        ...plan,
        peakBytes: plan.peakBytes + reserved,
        budgetBytes: request.budgetBytes,
        fit: { ...plan.fit, fixedBytes: plan.fit.fixedBytes + reserved },
        wholeBatchBytes: Math.max(plan.peakBytes + reserved, whole?.wholeBatchBytes ?? plan.wholeBatchBytes),
        memory: { ...plan.memory, activations: plan.memory.activations + reserved },
        verdict: verdictOf(network, plan.pieces, stages),
        stages,
      };
    } catch (error) {
      bench.exact = undefined;
      refusal = withParked(error, reserved);
      if (!isOutOfMemory(error)) throw error;
    }
  }
  throw refusal;
}

/** @throws FailureError bad-setting: stages keep no more than one at a time */
export function refuseSavers({ savers }: Network): void {
  if (savers) throw new FailureError({ kind: 'bad-setting', problem: SAVERS });
}

/**
 * A run that was planned in one piece goes on in several: stage by stage, if its BatchNorm is to stay that of the whole mini-batch.
 * @throws FailureError bad-setting with memory savers, which stages have no place for
 */
export function goOnExactly(bench: Workbench, batch: number): void {
  const { network } = bench.learner;
  if (network.batchNorm !== 'exact' || bench.exact || normalizations(network).length === 0) return;
  refuseSavers(network);
  const most = bench.meter.countsParked ? (SHARES[1] * bench.meter.limitBytes) / batch : Infinity;
  bench.exact = chooseKept(network, bench.programs.objective, most);
}

const isOutOfMemory = (error: unknown): boolean => error instanceof FailureError && error.failure.kind === 'out-of-memory';

async function unlessTooLarge(plan: Promise<Plan>): Promise<Plan | undefined> {
  try {
    return await plan;
  } catch (error) {
    if (isOutOfMemory(error)) return undefined;
    throw error;
  }
}

export function stagesOf(exact: ExactBatchNorm, batch: number): ExactStages {
  const { network, stages, kept } = exact.staging;
  const everything = forwardWork(exactBatchNorm(network));
  // Two forward passes: one for the statistics, one with the gradients.
  const onePass = everything / 2;
  return {
    count: stages.length,
    parkedBytes: exact.parkedBytesPerSample * batch,
    kept: [...kept].sort((a, b) => a - b),
    recomputedShare: (forwardWork(exact) - everything) / onePass,
  };
}

/** The need and the budget of the whole, where the search knew of the engine's part alone. */
function withParked(error: unknown, parkedBytes: number): unknown {
  if (!(error instanceof FailureError) || error.failure.kind !== 'out-of-memory') return error;
  const { neededBytes, availableBytes } = error.failure;
  return new FailureError({ ...error.failure, neededBytes: neededBytes + parkedBytes, availableBytes: availableBytes + parkedBytes });
}
