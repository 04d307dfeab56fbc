// What repeats in the history say of runs beside a baseline.
import { repeatVerdicts } from '#shared/comparison/repeats';
import type { RepeatsVerdict } from '#shared/comparison/comparison';
import { completedRuns } from './completed-runs';
import type { Database } from './database';
import { getDataset } from './datasets';
import { getRunRow, runSummary } from './runs';

/** Of each other run, in order; undefined where there are no two pairs of repeats. */
export function compareRepeats(db: Database, baselineId: string, otherIds: readonly string[]): (RepeatsVerdict | undefined)[] {
  const [baseline, ...others] = [baselineId, ...otherIds].map((id) => runSummary(getRunRow(db, id)));
  // Of data that was never here nothing tells whether it is the same.
  if (baseline.datasetId === '') return others.map(() => undefined);
  const { ownSplit } = getDataset(db, baseline.datasetId).summary;
  return repeatVerdicts(baseline, others, completedRuns(db, baseline.datasetId), ownSplit);
}
