// One batch size cut to stay inside the budget, as the planner will cut it, from peaks that are known beforehand.
import { checkStatistics } from '#engine/check-statistics';
import { stepsPerEpoch } from '#engine/course';
import { memoryParts } from '#engine/memory-parts';
import { equalPieces, evenSize } from '#engine/pieces';
import { refuseToCut, verdictOf } from '#engine/verdict';
import type { BatchForecast, TooLarge } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { heldBytes } from './held-bytes';
import type { Measured } from './measured';
import type { Subject } from './subject';

export interface Wanted {
  batch: number;
  micro: RunSpec['micro'];
  budgetBytes: number;
}

/**
 * @param measured what is gone by instead of shapes
 * @throws FailureError bad-setting where the planner would refuse such pieces
 */
export function cut(subject: Subject, wanted: Wanted, measured?: Measured): BatchForecast | TooLarge {
  const { data, network, optimizer } = subject;
  const { budgetBytes } = wanted;
  const peaks = measured?.peaks ?? subject.peaks;
  const train = data.train.length;
  const batch = Math.min(wanted.batch, train);
  const held = heldBytes(subject, { batch, budgetBytes });
  const asked = wanted.micro === 'auto' ? undefined : Math.min(wanted.micro, batch);
  const most = asked ?? peaks.largest(budgetBytes - held, batch);
  if (most === 0) return { batch, neededBytes: peaks.at(1) + held };
  const micro = asked === undefined ? evenSize(batch, most) : Math.max(...equalPieces(batch, asked));
  const peakBytes = peaks.at(micro) + held;
  if (peakBytes > budgetBytes) return { batch, neededBytes: peakBytes };
  const pieces = equalPieces(batch, micro);
  checkStatistics(network, train, batch, { micro });
  refuseToCut(data.objective.loss, pieces.length);
  return {
    batch,
    micro,
    pieces,
    peakBytes,
    wholeBatchBytes: Math.max(peakBytes, peaks.at(batch) + held),
    memory: memoryParts(network, optimizer, peakBytes),
    verdict: verdictOf(network, pieces),
    updatesPerEpoch: stepsPerEpoch(train, batch),
    ...(measured && { secondsPerEpoch: (measured.seconds(micro) * train) / micro }),
  };
}
