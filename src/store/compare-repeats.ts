// What repeats in the history say of runs beside a baseline.
import type { ComparedRun } from '#shared/comparison/comparison';
import { areRepeats, repeatVerdicts, type Repeated } from '#shared/comparison/repeats';
import { completedRuns } from './completed-runs';
import type { Database } from './database';
import { findDataset } from './datasets';
import { getRunRow, parseReceipt, runSummary } from './runs';

/** Of each other run, in order. */
export function compareRepeats(db: Database, baselineId: string, otherIds: readonly string[]): Pick<ComparedRun, 'isRepeat' | 'repeats'>[] {
  const [baseline, ...others] = [baselineId, ...otherIds].map((id) => repeatedOf(db, id));
  // Of a version that was never here nobody knows whether its split is its own: then it counts as drawn anew, which claims less.
  const ownSplit = findDataset(db, baseline.data)?.summary.ownSplit ?? false;
  const verdicts = repeatVerdicts(baseline, others, completedRuns(db, baseline.data), ownSplit);
  return others.map((other, i) => ({
    ...(areRepeats(baseline, other) && { isRepeat: true as const }),
    ...(verdicts[i] && { repeats: verdicts[i] }),
  }));
}

function repeatedOf(db: Database, id: string): Repeated {
  const row = getRunRow(db, id);
  return { ...runSummary(row), data: row.dataset_hash ?? parseReceipt(row)?.dataset.contentHash ?? '' };
}
