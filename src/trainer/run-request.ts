// What starts a run: its spec, and where its data and results lie.
import type { Cut, MeasuredPoint } from '#shared/plan';
import type { ProcessRecovery } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';

export interface RunRequest {
  spec: RunSpec;
  datasetFolder: string;
  outFolder: string;
  /** Of the run that the spec starts from, or the file of the model. */
  startPath?: string;
  /** The folder of an earlier run whose newest checkpoint is gone on from. */
  resumeFolder?: string;
  /** Gone on from only to end at once: with its model and receipt, as a run that is told to stop. */
  toFinish?: true;
  /** Of the run it repeats. */
  cut?: Cut;
  /** N_μ at most: a larger piece has been the end of a training process. */
  mostMicro?: number;
  /** What an earlier process of this run measured before it died of a size it tried. */
  known?: MeasuredPoint[];
  /** Deaths of training processes that the checkpoint does not know of yet. */
  recoveries?: ProcessRecovery[];
}
