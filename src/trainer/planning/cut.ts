// One batch size cut to stay inside the budget, as the planner will cut it, from peaks that are known beforehand.
import { checkStatistics } from '#engine/check-statistics';
import { stepsPerEpoch } from '#engine/course';
import { refuseSavers, stagesOf } from '#engine/exact-batch-norm/plan';
import { memoryParts } from '#engine/memory-parts';
import { equalPieces, evenSize } from '#engine/pieces';
import { normalizations } from '#engine/statistics';
import { refuseToCut, verdictOf } from '#engine/verdict';
import { fits, type BatchForecast, type TooLarge } from '#shared/forecast';
import type { ExactStages } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { heldBytes } from './held-bytes';
import type { EpochClock } from './epoch-clock';
import type { Measured } from './measured';
import type { Peaks } from './peaks';
import { stagedWays } from './staged-ways';
import type { Subject } from './subject';

export interface Wanted {
  batch: number;
  micro: RunSpec['micro'];
  budgetBytes: number;
  /** N_μ at most, where a larger one was the end of a process. */
  mostMicro?: number;
  /** What exact BatchNorm parks, where that is settled. */
  kept?: readonly number[];
}

/** How the pieces of a mini-batch are run: its peaks, and the stages of exact BatchNorm where it needs them. */
interface Way {
  peaks: Peaks;
  stages?: ExactStages;
}

/**
 * @param measured what is gone by instead of shapes, where the mini-batch does not run stage by stage
 * @param clock says how long an epoch takes
 * @throws FailureError bad-setting where the planner would refuse such pieces
 */
export function cut(subject: Subject, wanted: Wanted, measured?: Measured, clock = measured?.clock): BatchForecast | TooLarge {
  const { data, network } = subject;
  const ordinary: Way = { peaks: measured?.peaks ?? subject.peaks };
  if (network.batchNorm !== 'exact' || normalizations(network).length === 0) return cutWith(subject, wanted, ordinary, clock);
  const batch = Math.min(wanted.batch, data.train.length);
  const mayBeWhole = wanted.micro === 'auto' || wanted.micro >= batch;
  let row = mayBeWhole ? cutWith(subject, { ...wanted, micro: batch }, ordinary, clock) : { batch, neededBytes: Infinity };
  if (fits(row)) return row;
  refuseSavers(network);
  for (const { exact, peaks } of stagedWays(subject, { ...wanted, batch })) {
    row = cutWith(subject, wanted, { peaks, stages: stagesOf(exact, batch) }, clock);
    if (fits(row)) break;
  }
  return row;
}

function cutWith(subject: Subject, wanted: Wanted, { peaks, stages }: Way, clock?: EpochClock): BatchForecast | TooLarge {
  const { data, network, optimizer, runtime } = subject;
  const { budgetBytes, mostMicro = Infinity } = wanted;
  const train = data.train.length;
  const batch = Math.min(wanted.batch, train);
  const parked = runtime.meter.isDeviceMemory ? 0 : (stages?.parkedBytes ?? 0);
  const held = heldBytes(subject, { batch, budgetBytes }) + parked;
  const asked = wanted.micro === 'auto' ? undefined : Math.min(wanted.micro, batch);
  const most = asked ?? peaks.largest(budgetBytes - held, Math.min(batch, mostMicro));
  if (most === 0) return { batch, neededBytes: peaks.at(1) + held };
  const micro = asked === undefined ? evenSize(batch, most) : Math.max(...equalPieces(batch, asked));
  const peakBytes = peaks.at(micro) + held;
  if (peakBytes > budgetBytes) return { batch, neededBytes: peakBytes };
  const pieces = equalPieces(batch, micro);
  checkStatistics(network, train, batch, { micro, stages });
  refuseToCut(data.objective.loss, pieces.length);
  return {
    batch,
    micro,
    pieces,
    peakBytes,
    wholeBatchBytes: Math.max(peakBytes, (stages ? subject.peaks : peaks).at(batch) + held - parked),
    memory: memoryParts(network, optimizer, peakBytes),
    verdict: verdictOf(network, pieces, stages),
    ...(stages && { stages }),
    updatesPerEpoch: stepsPerEpoch(train, batch),
    ...clock?.({ batch, micro, stages }),
  };
}
